//! The boundaries inside ui/src: who may import what.
//!
//! Invariant: the host alone speaks to Tauri, and imports go down the three tiers, views → features → shared,
//! never up. The frame, App.tsx and main.tsx, sees everything. Left out on purpose: imports between
//! files of one tier, which Biome already lints.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use crate::shell::{Done, none, root};

/// Checks every source file of the ui; gives every fault at once.
pub fn check() -> Done {
    let source = root().join("ui/src");
    let mut files = Vec::new();
    collect(&source, &mut files)?;
    let mut faults = Vec::new();
    for file in files {
        let text =
            fs::read_to_string(&file).map_err(|cause| format!("{}: {cause}", file.display()))?;
        let inside = file.strip_prefix(&source).unwrap_or(&file);
        faults.extend(file_faults(inside, &text));
    }
    none(faults)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Done {
    let fault = |cause: std::io::Error| format!("{}: {cause}", folder.display());
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|ending| ending == "ts" || ending == "tsx")
        {
            files.push(path);
        }
    }
    Ok(())
}

/// Faults of one file, named by its path inside src.
fn file_faults(file: &Path, text: &str) -> Vec<String> {
    let name = file.display();
    let host = file.starts_with("host");
    imports(text)
        .filter_map(|import| {
            if import.starts_with("@tauri-apps") {
                return (!host).then(|| format!("ui/src/{name} imports {import}: only ui/src/host may"));
            }
            let reached = resolve(file, import)?;
            (tier(&reached) > tier(file))
                .then(|| format!("ui/src/{name} imports {import}: imports go from views to features to shared, never up"))
        })
        .collect()
}

/// What a file imports: every quoted word after `from`, `import` or `import(`.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    text.split(['"', '\''])
        .zip(text.split(['"', '\'']).skip(1))
        .filter(|(before, _)| {
            let before = before.trim_end().trim_end_matches('(').trim_end();
            before.ends_with("from") || before.ends_with("import")
        })
        .map(|(_, quoted)| quoted)
}

/// A relative import as a path inside src; packages have none.
fn resolve(file: &Path, import: &str) -> Option<PathBuf> {
    if !import.starts_with('.') {
        return None;
    }
    let mut path = file.parent()?.to_path_buf();
    for part in Path::new(import).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    Some(path)
}

/// 0 for what is shared, then features, views, and the frame.
fn tier(path: &Path) -> u8 {
    let mut parts = path.components();
    let (Some(Component::Normal(first)), rest) = (parts.next(), parts.next()) else {
        return 0;
    };
    let stem = Path::new(first).file_stem().unwrap_or(first);
    match (stem.to_str(), rest) {
        (Some("App" | "main"), None) => 3,
        (Some("views"), _) => 2,
        (Some("features"), _) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_go_down_the_tiers() {
        let view = "import { Card } from \"../components/Card\";\nconst Home = lazy(() => import('../features/home/Home'));";
        assert!(
            file_faults(Path::new("views/Home.tsx"), view).is_empty(),
            "a view may import both tiers below"
        );
        let feature = "import { useCall } from '../../data';";
        assert!(
            file_faults(Path::new("features/search/Palette.tsx"), feature).is_empty(),
            "a shared folder is imported by its name alone"
        );
        let frame = "import { Home } from \"./views/Home\";";
        assert!(
            file_faults(Path::new("App.tsx"), frame).is_empty(),
            "the frame imports the views"
        );
    }

    #[test]
    fn an_import_upwards_or_of_tauri_is_named() {
        let faults = file_faults(
            Path::new("components/Card.tsx"),
            "import type { Row } from \"../features/tickets/row\";\nimport { App } from '../App';\nimport { invoke } from \"@tauri-apps/api/core\";",
        );
        assert_eq!(
            faults.len(),
            3,
            "a feature, the frame and Tauri are all out of reach of a component: {faults:?}"
        );
        let host = "import { invoke } from \"@tauri-apps/api/core\";";
        assert!(
            file_faults(Path::new("host/index.ts"), host).is_empty(),
            "the host is where Tauri is named"
        );
    }

    #[test]
    fn words_that_merely_look_like_imports_are_left_alone() {
        let text = "const label = \"views\"; // taken from the \"../views/Home\" picture";
        let reached: Vec<_> = imports("export * from \"./fr\"").collect();
        assert_eq!(reached, ["./fr"], "a re-export is an import");
        assert_eq!(
            imports(text).count(),
            0,
            "a quoted word after other words is not an import"
        );
    }
}
