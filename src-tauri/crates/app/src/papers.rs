//! What every document for the person bears: the collège, the day, who prints it, and the name of its file.
//!
//! Invariant: a document is made whole in memory before its file is written, so that no half of one is ever opened.
//! Left out on purpose: what a document says, which belongs to the command that makes it.

use chrono::NaiveDate;
use store::Connection;

use crate::{App, Error, wire::SavedFile};

/// The head of a document, as the profile and the clock give it.
pub(crate) struct Head {
    college: String,
    commune: String,
    author: String,
    date: NaiveDate,
}

impl Head {
    pub(crate) fn read(app: &App, conn: &Connection) -> Result<Self, Error> {
        let profile = store::profile::get(conn)?.ok_or(Error::NotReady)?;
        Ok(Self {
            college: college(&profile.college),
            commune: profile.commune,
            author: format!("{} {}", profile.first_name, profile.last_name)
                .trim()
                .to_owned(),
            date: app.today(),
        })
    }

    pub(crate) fn college(&self) -> &str {
        &self.college
    }

    pub(crate) fn paper(&self) -> reports::Paper<'_> {
        reports::Paper {
            college: &self.college,
            commune: &self.commune,
            date: self.date,
            author: &self.author,
        }
    }
}

/// « Collège Desaix », whether the profile says the word or not.
fn college(name: &str) -> String {
    let says = |word: &str| convention::text::fold(name).starts_with(word);
    if name.is_empty() || says("college") || says("cite") {
        name.to_owned()
    } else {
        format!("Collège {name}")
    }
}

/// Writes `kind-about-2026-11-23.pdf` in the folder of downloads.
pub(crate) fn save(
    app: &App,
    kind: &str,
    about: &str,
    extension: &str,
    bytes: &[u8],
) -> Result<SavedFile, Error> {
    let parts = [
        kind.to_owned(),
        convention::text::slug(about),
        app.today().to_string(),
    ];
    let name: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    app.save_file(&format!("{}.{extension}", name.join("-")), bytes)
}

/// What a person can do about a document that could not be made.
pub(crate) fn wording(error: reports::Error) -> Error {
    match error {
        reports::Error::CodeTooLong { code, stock } => Error::refused(
            "stock",
            format!(
                "Le code « {code} » est trop long pour ces étiquettes ({stock}) : une douchette ne le lirait pas. Choisissez une étiquette plus grande, ou le code QR."
            ),
        ),
        reports::Error::CodeUnfit { code, .. } => Error::refused(
            "code",
            format!("Le code « {code} » ne s’écrit pas en Code 128 : choisissez le code QR."),
        ),
        reports::Error::Nothing => Error::refused(
            "ids",
            "Il n’y a rien à imprimer : choisissez des équipements.",
        ),
        reports::Error::NoSuchPlace { first, places } => Error::refused(
            "first",
            format!("La place {first} n’existe pas : cette feuille a {places} étiquettes."),
        ),
        other => Error::Internal(other.to_string()),
    }
}
