//! Files of a person's making, read for the command line: a secret, answers in JSON, or a list to import.
//!
//! Invariant: what cannot be read is refused with its name, what is wrong and what to do;
//! a mistake in JSON has its line and column.

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Read},
    path::Path,
};

use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// The text of a file, without the mark that some editors put before it.
fn text(path: &Path) -> Result<String, String> {
    let name = path.display();
    if path.is_dir() {
        return Err(format!(
            "{name} est un dossier. Indiquez un fichier qui s’y trouve."
        ));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let marks: [&[u8]; 2] = [&[0xff, 0xfe], &[0xfe, 0xff]];
        let found = if marks.iter().any(|mark| error.as_bytes().starts_with(mark)) {
            "est enregistré en UTF-16"
        } else {
            "n’est pas un texte en UTF-8"
        };
        format!("{name} {found}. Enregistrez-le en UTF-8, puis recommencez.")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        return Err(format!("{name} est vide."));
    }
    Ok(text.to_owned())
}

/// The bytes of a file, one more at most than what is taken, so that a file of any size is refused as too large.
pub(crate) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let unread = |error| unreadable(path, &error);
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .map_err(unread)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(unread)?;
    Ok(bytes)
}

/// The texts of a pack's folder, by their path in it: what is no table nor TOML is not part of a pack.
pub(crate) fn tree(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    gather(path, "", &mut files)?;
    if files.is_empty() {
        return Err(format!(
            "{} ne contient aucun fichier .toml ou .csv : ce n’est pas le dossier d’un pack.",
            path.display()
        ));
    }
    Ok(files)
}

/// A pack has one level of folders; two are looked at, so that what was misplaced is told.
fn gather(path: &Path, above: &str, files: &mut BTreeMap<String, String>) -> Result<(), String> {
    let unread = |error| unreadable(path, &error);
    for entry in std::fs::read_dir(path).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{above}{name}");
        let part = path
            .extension()
            .is_some_and(|extension| extension == "toml" || extension == "csv");
        if path.is_dir() && name.matches('/').count() < 2 {
            gather(&path, &format!("{name}/"), files)?;
        } else if part && path.is_file() {
            files.insert(name, text(&path)?);
        }
    }
    Ok(())
}

/// The files that stand in a folder, by name; what stands deeper is not looked at.
pub(crate) fn folder(path: &Path, most: u64) -> Result<Vec<(String, Vec<u8>)>, String> {
    let unread = |error| unreadable(path, &error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden {
            paths.push(path);
        }
    }
    paths.sort();
    let mut left = most;
    let mut files = Vec::new();
    for path in paths {
        let bytes = bytes(&path, left)?;
        left = left.saturating_sub(bytes.len() as u64);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.push((name.into_owned(), bytes));
    }
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> String {
    let name = path.display();
    match error.kind() {
        ErrorKind::NotFound => format!("{name} n’existe pas. Vérifiez le chemin du fichier."),
        ErrorKind::PermissionDenied => {
            format!("{name} ne se lit pas : vérifiez vos droits sur ce fichier.")
        }
        _ => format!("{name} ne se lit pas ({error})."),
    }
}

/// A secret, without the line end that editors add.
pub(crate) fn secret(path: &Path) -> Result<SecretString, String> {
    Ok(SecretString::from(
        text(path)?.trim_end_matches(['\r', '\n']).to_owned(),
    ))
}

/// A JSON object. `like` is a right one, shown when a field is wrong.
pub(crate) fn json<T: DeserializeOwned>(path: &Path, like: &str) -> Result<T, String> {
    let text = text(path)?;
    let start = text.len() - text.trim_start().len();
    let refused = |line: usize, column: usize, what: String| {
        format!(
            "{}, ligne {line}, colonne {column} : {what}.",
            path.display()
        )
    };
    let value = serde_json::from_str(&text).map_err(|error| {
        let what = match error.classify() {
            Category::Eof => "le fichier s’arrête trop tôt".to_owned(),
            Category::Syntax | Category::Io => "ce n’est pas du JSON correct".to_owned(),
            Category::Data => format!("ce champ n’est pas attendu ici. Exemple correct : {like}"),
        };
        refused(error.line(), error.column(), what)
    })?;
    // A list of the right length would pass for an object.
    if !text.trim_start().starts_with('{') {
        let line = text.get(..start).unwrap_or_default().lines().count().max(1);
        return Err(refused(
            line,
            1,
            format!("le fichier doit contenir un objet. Exemple correct : {like}"),
        ));
    }
    Ok(value)
}
