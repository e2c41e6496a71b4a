//! The boundaries of ARCHITECTURE.md, verified: who may depend on whom, and what stands at the top level.
//!
//! Invariant: an arrow or a library that is not written here fails the check. Dev-dependencies are free,
//! since tests may look at a crate from anywhere; only the shell's `tauri` is closed to them too.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use crate::shell::{Done, command, none, output, root};

/// The only arrows between crates of the product. `app` composes: it picks the adapter, hence `platform`, and
/// opens the training mode, hence `sandbox`.
const ARROWS: &[(&str, &[&str])] = &[
    ("relais", &["app"]),
    (
        "app",
        &[
            "convention",
            "intake",
            "outbox",
            "platform",
            "reports",
            "sandbox",
            "store",
        ],
    ),
    ("outbox", &["platform", "store"]),
    ("convention", &[]),
    ("intake", &[]),
    ("platform", &[]),
    ("reports", &[]),
    ("sandbox", &[]),
    ("store", &[]),
    ("xtask", &[]),
];

/// Not part of the product: it looks at every crate.
const FREE: &str = "tests";

/// Libraries that one crate alone may name. A trailing `*` stands for a family.
const OWNED: &[(&str, &str)] = &[
    ("async-imap", "platform"),
    ("keyring", "app"),
    ("lettre", "platform"),
    ("minisign", "convention"),
    ("reqwest", "platform"),
    ("rusqlite", "store"),
    ("rust_xlsxwriter", "reports"),
    ("tauri*", "relais"),
    ("ts-rs", "app"),
    ("typst*", "reports"),
];

/// Everything that may stand at the top level; `.git` and `target` are not of the tree.
const TOP: &[&str] = &[
    ".cargo",
    ".ci",
    ".git",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "icons",
    "src-tauri",
    "target",
    "tests",
    "ui",
];

/// Checks crates and top level; gives every fault at once.
pub fn check() -> Done {
    let text = output(command(
        "cargo",
        &["metadata", "--no-deps", "--format-version", "1"],
    ))?;
    let metadata: Value =
        serde_json::from_str(&text).map_err(|cause| format!("cargo metadata: {cause}"))?;
    let mut faults = crate_faults(&packages(&metadata));
    let entries =
        fs::read_dir(root()).map_err(|cause| format!("the root cannot be read: {cause}"))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !TOP.contains(&name.as_str()) {
            faults.push(format!("{name}: nothing else may stand at the top level"));
        }
    }
    none(faults)
}

/// What one crate names in its Cargo.toml.
struct Named {
    library: String,
    /// Only for its own tests.
    dev: bool,
}

fn packages(metadata: &Value) -> BTreeMap<String, Vec<Named>> {
    let list = |value: &Value, key: &str| {
        value
            .get(key)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let word = |value: &Value, key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    list(metadata, "packages")
        .iter()
        .map(|package| {
            let named = list(package, "dependencies")
                .iter()
                .map(|dependency| Named {
                    library: word(dependency, "name"),
                    dev: word(dependency, "kind") == "dev",
                })
                .collect();
            (word(package, "name"), named)
        })
        .collect()
}

fn crate_faults(packages: &BTreeMap<String, Vec<Named>>) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, dependencies) in packages {
        let arrows = ARROWS
            .iter()
            .find(|(from, _)| from == name)
            .map(|(_, to)| *to);
        if arrows.is_none() && name != FREE {
            faults.push(format!(
                "{name}: a crate that xtask/src/boundaries.rs does not know"
            ));
        }
        for Named { library, dev } in dependencies {
            if let Some((_, owner)) = OWNED.iter().find(|(pattern, _)| matches(pattern, library))
                && owner != name
                && (!dev || *owner == "relais")
            {
                faults.push(format!("{name} names {library}: only {owner} may"));
            }
            let inside = packages.contains_key(library);
            if inside && !dev && arrows.is_some_and(|arrows| !arrows.contains(&library.as_str())) {
                faults.push(format!(
                    "{name} depends on {library}: there is no such arrow"
                ));
            }
        }
    }
    faults
}

fn matches(pattern: &str, library: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(family) => library.starts_with(family),
        None => library == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(crates: &[(&str, &[(&str, bool)])]) -> BTreeMap<String, Vec<Named>> {
        let named = |(library, dev): &(&str, bool)| Named {
            library: library.to_string(),
            dev: *dev,
        };
        crates
            .iter()
            .map(|(name, libraries)| (name.to_string(), libraries.iter().map(named).collect()))
            .collect()
    }

    #[test]
    fn the_arrows_of_the_design_pass() {
        let faults = crate_faults(&tree(&[
            (
                "relais",
                &[("app", false), ("tauri", false), ("tauri-build", false)],
            ),
            (
                "app",
                &[
                    ("store", false),
                    ("outbox", false),
                    ("sandbox", false),
                    ("ts-rs", false),
                ],
            ),
            (
                "outbox",
                &[("store", false), ("platform", false), ("sandbox", true)],
            ),
            ("platform", &[("reqwest", false)]),
            ("store", &[("rusqlite", false)]),
            ("sandbox", &[("reqwest", true)]),
            (
                "tests",
                &[("app", false), ("store", false), ("thirtyfour", false)],
            ),
        ]));
        assert!(faults.is_empty(), "none of these is forbidden: {faults:?}");
    }

    #[test]
    fn a_forbidden_arrow_or_library_is_named() {
        let faults = crate_faults(&tree(&[
            ("convention", &[("store", false), ("minisign", false)]),
            ("outbox", &[("tauri-plugin-opener", true)]),
            ("relais", &[("app", false), ("minisign", false)]),
            ("stats", &[]),
            ("store", &[("rusqlite", false)]),
            ("tests", &[("rusqlite", false)]),
        ]));
        assert_eq!(
            faults,
            [
                "convention depends on store: there is no such arrow",
                "outbox names tauri-plugin-opener: only relais may",
                "relais names minisign: only convention may",
                "stats: a crate that xtask/src/boundaries.rs does not know",
                "tests names rusqlite: only store may",
            ],
            "each fault says who does what"
        );
    }
}
