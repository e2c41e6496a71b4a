//! What a fresh Debian lacks, installed: system packages and npm packages.
//!
//! Invariant: only what is missing is installed, only through apt-get and npm, and when that is not possible
//! the exact command to type is given. Left out on purpose: Rust, Node and git, which the reader already has;
//! and `tauri-driver`, since on Linux it only hands sessions over to WebKitWebDriver, which is asked directly.

use std::{fs, path::Path};

use crate::shell::{Done, command, output, root, run};

/// To build and open the window, and to drive it without a display.
const PACKAGES: &[&str] = &[
    "build-essential",
    "dbus",
    "gnome-keyring",
    "libdbus-1-dev",
    "libfaketime",
    "libwebkit2gtk-4.1-dev",
    "make",
    "perl",
    "pkg-config",
    "python3-venv",
    "webkit2gtk-driver",
    "xvfb",
];

/// Vite's own floor.
const NODE: u32 = 20;

/// Everything, for building the application.
pub fn all() -> Done {
    system()?;
    npm()
}

fn system() -> Done {
    let missing = match installed() {
        Some(installed) => lacking(&installed),
        None => {
            println!(
                "This is not a Debian: make sure that you have the equivalents of {}.",
                PACKAGES.join(", ")
            );
            return Ok(());
        }
    };
    if missing.is_empty() {
        return Ok(());
    }
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&missing);
    println!("Installing {}", missing.join(", "));
    if answers("id", &["-u"]).is_some_and(|id| id == "0") {
        run(command("apt-get", &["update"]))?;
        // No package asks a question of a machine that nobody sits at.
        let mut install = command("apt-get", &install);
        install.env("DEBIAN_FRONTEND", "noninteractive");
        run(install)
    } else if answers("sudo", &["--version"]).is_some() {
        run(command("sudo", &["apt-get", "update"]))?;
        // sudo leaves the environment behind.
        install.splice(0..0, ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        run(command("sudo", &install))
    } else {
        Err(format!(
            "system packages are missing and this account is neither root nor has sudo. As root, type:\n  apt-get update && apt-get install --yes {}",
            missing.join(" ")
        ))
    }
}

/// What dpkg knows of our packages, one `name status` a line; `None` where there is no dpkg.
fn installed() -> Option<String> {
    let mut query = vec!["--show", "--showformat=${Package} ${db:Status-Status}\n"];
    query.extend(PACKAGES);
    // It fails when one package was never heard of, and still lists the others.
    let listed = command("dpkg-query", &query).output().ok()?;
    Some(String::from_utf8_lossy(&listed.stdout).into_owned())
}

fn lacking(installed: &str) -> Vec<&'static str> {
    PACKAGES
        .iter()
        .copied()
        .filter(|package| {
            !installed
                .lines()
                .any(|line| line == format!("{package} installed"))
        })
        .collect()
}

/// The ui's packages, when the lock file is newer than what is there.
pub fn npm() -> Done {
    let version = answers("node", &["--version"]).ok_or_else(|| {
        format!("Node is missing: install Node {NODE} or newer (https://nodejs.org)")
    })?;
    if major(&version).is_none_or(|major| major < NODE) {
        return Err(format!(
            "Node {version} is too old: install Node {NODE} or newer (https://nodejs.org)"
        ));
    }
    let ui = root().join("ui");
    if is_newer(
        &ui.join("node_modules/.package-lock.json"),
        &ui.join("package-lock.json"),
    ) {
        return Ok(());
    }
    let mut install = command("npm", &["ci", "--no-audit", "--no-fund"]);
    install.current_dir(ui);
    run(install)
}

fn major(version: &str) -> Option<u32> {
    version
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn is_newer(made: &Path, from: &Path) -> bool {
    let changed = |path| fs::metadata(path).and_then(|about| about.modified());
    matches!((changed(made), changed(from)), (Ok(made), Ok(from)) if made >= from)
}

/// The first line a program answers; `None` when it is not there or refuses.
fn answers(program: &str, arguments: &[&str]) -> Option<String> {
    output(command(program, arguments))
        .ok()
        .map(|text| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{PACKAGES, lacking, major};

    #[test]
    fn a_removed_package_counts_as_missing() {
        let mut listed: Vec<String> = PACKAGES
            .iter()
            .map(|name| format!("{name} installed"))
            .collect();
        assert!(
            lacking(&listed.join("\n")).is_empty(),
            "nothing to install when dpkg lists all"
        );
        listed.retain(|line| !line.starts_with("xvfb"));
        listed.push("xvfb config-files".into());
        assert_eq!(
            lacking(&listed.join("\n")),
            ["xvfb"],
            "left-over configuration is not the program"
        );
    }

    #[test]
    fn node_is_read_by_its_major_number() {
        assert_eq!(major("v20.20.2"), Some(20), "what `node --version` prints");
        assert_eq!(
            major("nightly"),
            None,
            "an unreadable version is not taken for a good one"
        );
    }
}
