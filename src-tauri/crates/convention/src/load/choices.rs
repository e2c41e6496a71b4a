//! The answers of a question: those written with it, and those that are lines of an annex.
//!
//! Invariant: an answer taken from an annex has the annex's own wording.

use toml::Spanned;

use super::{
    raw::{RawChoice, Word},
    script::Writer,
};
use crate::{
    guide::script::{Answerable, Effects},
    mistake::Page,
};

/// The longest fragment that leaves room for the equipment in a platform's title.
const TITLE_MOST: usize = 60;

impl Writer<'_> {
    pub fn option(&self, page: &mut Page<'_>, raw: RawChoice) -> Answerable {
        if let Some(title) = raw
            .titre
            .as_ref()
            .filter(|title| title.get_ref().chars().count() > TITLE_MOST)
        {
            page.at(
                title.span().start,
                format!("un titre de dossier tient en {TITLE_MOST} caractères"),
            );
        }
        Answerable {
            when: self.condition(page, &raw.si),
            effects: self.effects(page, &raw.donne),
            id: raw.id.into_inner(),
            label: raw.libelle,
            hint: raw.precision,
            group: raw.groupe,
            title: raw.titre.map(Spanned::into_inner),
            useful: raw.utile,
            consequence: raw.consequence,
            words: raw.mots,
        }
    }

    /// Choices that are lines of an annex.
    pub fn drawn(
        &self,
        page: &mut Page<'_>,
        from: Option<Word>,
        star: Option<&str>,
    ) -> Vec<Answerable> {
        let plain = |id: &str,
                     label: &str,
                     hint: Option<String>,
                     group: Option<String>,
                     effects: Effects| Answerable {
            id: id.to_owned(),
            label: label.to_owned(),
            hint,
            group,
            when: Vec::new(),
            effects,
            title: None,
            useful: None,
            consequence: None,
            words: Vec::new(),
        };
        match from.as_ref().map(|word| word.get_ref().as_str()) {
            None => Vec::new(),
            Some("utilisateurs") => {
                let users = self.tables.users.iter().map(|user| {
                    let effects = Effects {
                        perimeter: Some(user.perimeter),
                        ..Effects::default()
                    };
                    plain(
                        &user.id,
                        &user.label,
                        None,
                        Some(crate::text::capital(user.perimeter.label())),
                        effects,
                    )
                });
                users.collect()
            }
            Some("types") => {
                let types = self.tables.equipment_types.iter().map(|kind| {
                    let hint = star.filter(|_| kind.on_request).map(str::to_owned);
                    let mut option = plain(&kind.id, &kind.label, hint, None, Effects::default());
                    let name = kind
                        .label
                        .split_once(" (")
                        .map_or(kind.label.as_str(), |(name, _)| name);
                    option.title = Some(name.to_owned());
                    option.words = vec![name.to_owned()];
                    option
                });
                types.collect()
            }
            Some(other) => {
                let start = from.as_ref().map_or(0, |word| word.span().start);
                page.at(
                    start,
                    format!(
                        "« {other} » : les réponses se tirent de « utilisateurs » ou de « types »"
                    ),
                );
                Vec::new()
            }
        }
    }
}
