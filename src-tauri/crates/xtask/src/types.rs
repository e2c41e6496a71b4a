//! What is generated from Rust types: `ui/src/wire/` from those of the wire, and the JSON Schemas of a pack's files
//! from those that the loader reads with.
//!
//! Invariant: what is committed is what the Rust types say; `check` compares a fresh copy byte for byte.

use std::{collections::BTreeMap, fs, path::Path};

use crate::shell::{Done, command, none, root, run, target};

/// The example that writes, and the folder where what it writes is committed.
const GENERATED: &[(&str, &str)] = &[
    ("export_types", "ui/src/wire"),
    ("export_schemas", "assets/pack/schemas"),
];

/// Writes the types where they are committed.
pub fn write() -> Done {
    build()?;
    GENERATED
        .iter()
        .try_for_each(|(example, committed)| export(example, &root().join(committed)))
}

/// Fails when the committed types are not the ones the Rust code gives.
pub fn check() -> Done {
    build()?;
    let mut faults = Vec::new();
    for (example, committed) in GENERATED {
        let fresh = target().join(example);
        // A file left by a type that is gone must not count.
        if fresh.exists() {
            fs::remove_dir_all(&fresh).map_err(|cause| format!("{}: {cause}", fresh.display()))?;
        }
        export(example, &fresh)?;
        let differing = differences(&read(&root().join(committed))?, &read(&fresh)?);
        if !differing.is_empty() {
            faults.push(format!(
                "{committed} is not what the Rust types say ({}): run `cargo xtask types` and commit",
                differing.join(", ")
            ));
        }
    }
    none(faults)
}

fn build() -> Done {
    // Built for the whole workspace, like all the rest: another set of features would compile everything twice.
    let mut arguments = vec!["build", "--quiet", "--workspace"];
    for (example, _) in GENERATED {
        arguments.extend(["--example", example]);
    }
    run(command("cargo", &arguments))
}

fn export(example: &str, folder: &Path) -> Done {
    fs::create_dir_all(folder).map_err(|cause| format!("{}: {cause}", folder.display()))?;
    let program = target().join("debug/examples").join(example);
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
