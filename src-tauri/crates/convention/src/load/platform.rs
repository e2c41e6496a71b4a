//! What the platform wants to read: values for each word, and how a request is classed.
//!
//! Invariant: no word of a closed vocabulary is left without a value, and a class only gives declared fields.

use std::collections::BTreeSet;

use super::{Desk, PLATFORM, raw::RawPlatform, script::Writer};
use crate::{
    mistake::Page,
    pack::{ClassRule, Classification, PlatformWords},
    words::{Channel, Impact, Nature, Urgency},
};

pub(super) fn read(desk: &mut Desk<'_>, writer: &Writer<'_>) -> Option<PlatformWords> {
    let (mut page, raw) = desk.toml::<RawPlatform>(PLATFORM)?;
    let rules = raw.classement.regle;
    let mut classification = Classification {
        fields: raw.classement.champs,
        rules: Vec::new(),
    };
    let mut declared = BTreeSet::new();
    for known in &classification.fields {
        if !declared.insert(known.field.as_str()) {
            let message = format!("le champ « {} » est déclaré deux fois", known.field);
            page.quoted(&known.field, message);
        }
    }
    for rule in rules {
        for field in rule.valeurs.keys() {
            if !declared.contains(field.get_ref().as_str()) {
                let message = format!(
                    "le champ « {} » n’est pas déclaré dans « champs »",
                    field.get_ref()
                );
                page.at(field.span().start, message);
            }
        }
        let when = writer.condition(&mut page, &rule.si);
        let values = rule.valeurs.into_iter();
        classification.rules.push(ClassRule {
            when,
            values: values
                .map(|(field, value)| (field.into_inner(), value))
                .collect(),
        });
    }
    let words = PlatformWords {
        impact: raw.impact,
        urgency: raw.urgence,
        nature: raw.nature,
        stops: raw.chemin,
        classification,
    };
    whole(&mut page, &words);
    desk.close(page);
    Some(words)
}

/// Every word has its value.
fn whole(page: &mut Page<'_>, words: &PlatformWords) {
    let impact = Impact::ALL
        .iter()
        .find(|word| !words.impact.contains_key(word));
    let urgency = Urgency::ALL
        .iter()
        .find(|word| !words.urgency.contains_key(word));
    let nature = Nature::ALL
        .iter()
        .find(|word| !words.nature.contains_key(word));
    let channel = Channel::ALL
        .iter()
        .find(|word| !words.stops.channels.contains_key(word));
    let missing = [
        ("impact", impact.map(|word| word.id())),
        ("urgence", urgency.map(|word| word.id())),
        ("nature", nature.map(|word| word.id())),
        ("chemin.voie", channel.map(|word| word.id())),
    ];
    for (table, word) in missing {
        if let Some(word) = word {
            let byte = page.text.find(&format!("[{table}")).unwrap_or(0);
            let message = format!("la table « {table} » ne dit rien de « {word} »");
            page.at(byte, message);
        }
    }
}
