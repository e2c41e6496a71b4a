//! The generated half of the ui: `ui/src/wire/`, written by the app crate from its wire types.
//!
//! Invariant: what is committed is what the Rust types say; `check` compares a fresh copy byte for byte.

use std::{collections::BTreeMap, fs, path::Path};

use crate::shell::{Done, command, root, run, target};

const COMMITTED: &str = "ui/src/wire";

/// Writes the types where they are committed.
pub fn write() -> Done {
    export(&root().join(COMMITTED))
}

/// Fails when the committed types are not the ones the Rust code gives.
pub fn check() -> Done {
    let fresh = target().join("wire");
    // A file left by a type that is gone must not count.
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(|cause| format!("{}: {cause}", fresh.display()))?;
    }
    export(&fresh)?;
    let differing = differences(&read(&root().join(COMMITTED))?, &read(&fresh)?);
    if differing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{COMMITTED} is not what the Rust types say ({}): run `cargo xtask types` and commit",
        differing.join(", ")
    ))
}

fn export(folder: &Path) -> Done {
    fs::create_dir_all(folder).map_err(|cause| format!("{}: {cause}", folder.display()))?;
    // Built for the whole workspace, like all the rest: another set of features would compile everything twice.
    run(command(
        "cargo",
        &[
            "build",
            "--quiet",
            "--workspace",
            "--example",
            "export_types",
        ],
    ))?;
    let program = target().join("debug/examples/export_types");
    run(command(
        &program.to_string_lossy(),
        &[&folder.to_string_lossy()],
    ))
}

fn read(folder: &Path) -> Done<BTreeMap<String, String>> {
    let fault = |cause: std::io::Error| format!("{}: {cause}", folder.display());
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        files.insert(
            entry.file_name().to_string_lossy().into_owned(),
            fs::read_to_string(entry.path()).map_err(fault)?,
        );
    }
    Ok(files)
}

/// Names of the files that are missing, too many or different.
fn differences(
    committed: &BTreeMap<String, String>,
    fresh: &BTreeMap<String, String>,
) -> Vec<String> {
    let mut names: Vec<String> = committed.keys().chain(fresh.keys()).cloned().collect();
    names.sort();
    names.dedup();
    names.retain(|name| committed.get(name) != fresh.get(name));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_a_missing_and_a_left_over_file_are_named() {
        let folder = |files: &[(&str, &str)]| {
            files
                .iter()
                .map(|(a, b)| (a.to_string(), b.to_string()))
                .collect()
        };
        let committed = folder(&[("commands.ts", "a"), ("gone.ts", "b"), ("types.ts", "c")]);
        let fresh = folder(&[("commands.ts", "a"), ("new.ts", "b"), ("types.ts", "d")]);
        assert_eq!(
            differences(&committed, &fresh),
            ["gone.ts", "new.ts", "types.ts"],
            "each kind of difference fails the check, an equal file does not"
        );
    }
}
