//! Files of a person's making, read for the command line: a secret, or answers in JSON.
//!
//! Invariant: what cannot be read is refused with its name, what is wrong and what to do;
//! a mistake in JSON has its line and column.

use std::{io::ErrorKind, path::Path};

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
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("{name} n’existe pas. Vérifiez le chemin du fichier."),
        ErrorKind::PermissionDenied => {
            format!("{name} ne se lit pas : vérifiez vos droits sur ce fichier.")
        }
        _ => format!("{name} ne se lit pas ({error})."),
    })?;
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
