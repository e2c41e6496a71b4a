//! The guide's TOML files, checked name by name with the place of each.
//!
//! Invariant: in an accepted script a condition only names topics and earlier questions with values they
//! can take, an effect only gives what exists, and no identifier stands twice.

use std::collections::BTreeSet;

use toml::Spanned;

use super::{
    Desk,
    raw::{RawCheck, RawFile, RawItem},
    tables::Tables,
};
use crate::{
    guide::script::{Checklist, Consequence, Item, Kind, Reflex, Script, Topic},
    mistake::Page,
    pack::Rules,
    step::Reflexes,
};

pub(super) struct Writer<'t> {
    pub tables: &'t Tables,
    pub rules: &'t Rules,
    pub script: Script,
    /// The wording of the questions about first trials, once it was read.
    pub check: Option<RawCheck>,
}

pub(super) fn read<'a, 't>(
    desk: &mut Desk<'a>,
    names: &[&'a str],
    tables: &'t Tables,
    rules: &'t Rules,
) -> Writer<'t> {
    let mut writer = Writer {
        tables,
        rules,
        script: Script::default(),
        check: None,
    };
    let mut after = Vec::new();
    for name in names {
        let Some((mut page, file)) = desk.toml::<RawFile>(name) else {
            continue;
        };
        writer.check = file.essai.or(writer.check);
        for raw in file.question {
            writer.item(&mut page, raw);
        }
        after.push((page, file.consequence, file.liste, file.reflexe));
    }
    // These look at the whole of the answers, so they are read once every question is known.
    for (mut page, consequences, lists, reflexes) in after {
        for raw in consequences {
            let when = writer.condition(&mut page, &raw.si);
            writer.script.consequences.push(Consequence {
                when,
                text: raw.texte,
            });
        }
        for raw in lists {
            let start = raw.points.span().start;
            if raw.si.is_empty() {
                page.at(
                    start,
                    "une liste sans condition serait donnée à toutes les demandes",
                );
            }
            if raw.points.get_ref().is_empty() {
                page.at(start, "une liste doit avoir des points");
            }
            let when = writer.condition(&mut page, &raw.si);
            writer.script.lists.push(Checklist {
                when,
                points: raw.points.into_inner(),
            });
        }
        for raw in reflexes {
            let start = raw.titre.span().start;
            if raw.si.is_empty() {
                page.at(
                    start,
                    "un réflexe sans condition serait donné à toutes les demandes",
                );
            }
            if raw.maintenant.is_empty() {
                page.at(start, "un réflexe doit dire ce qui se fait « maintenant »");
            }
            let when = writer.condition(&mut page, &raw.si);
            let says = Reflexes {
                title: raw.titre.into_inner(),
                now: raw.maintenant,
                never: raw.jamais,
                warn: raw.prevenir,
            };
            writer.script.reflexes.push(Reflex { when, says });
        }
        desk.close(page);
    }
    writer
}

impl Writer<'_> {
    fn item(&mut self, page: &mut Page<'_>, raw: RawItem) {
        let kind = match raw.genre.get_ref().as_str() {
            "choix" => Kind::Choice,
            "plusieurs" => Kind::Several,
            "texte" => Kind::Text,
            "texte-long" => Kind::LongText,
            "equipement" => Kind::Equipment,
            "salle" => Kind::Room,
            "date" => Kind::Date,
            "fiche" => Kind::Fields,
            "deduction" => Kind::Deduction,
            other => {
                let known = "choix, plusieurs, texte, texte-long, equipement, salle, date, fiche, deduction";
                page.at(
                    raw.genre.span().start,
                    format!(
                        "« {other} » n’est pas un genre de question ; valeurs possibles : {known}"
                    ),
                );
                return;
            }
        };
        let start = raw.id.span().start;
        let when = self.condition(page, &raw.si);
        let asked_when = self.condition(page, &raw.demande);
        let decides = raw.tranche.and_then(|word| {
            let topic = Topic::named(word.get_ref()).filter(|topic| {
                matches!(topic, Topic::Perimeter | Topic::Funding | Topic::Validated)
            });
            if topic.is_none() {
                page.at(
                    word.span().start,
                    "une question tranche « perimetre », « financement » ou « valide »",
                );
            }
            topic
        });
        let effects = self.effects(page, &raw.donne);
        let mut options = self.drawn(page, raw.choix_de, raw.etoile.as_deref());
        let mut checks = Vec::new();
        let mut seen: BTreeSet<String> = options.iter().map(|option| option.id.clone()).collect();
        for mut choice in raw.choix {
            if !seen.insert(choice.id.get_ref().clone()) {
                page.at(
                    choice.id.span().start,
                    format!(
                        "la réponse « {} » est définie deux fois",
                        choice.id.get_ref()
                    ),
                );
            }
            if let Some(trials) = choice.essais.take() {
                checks.push((choice.id.clone(), trials));
            }
            options.push(self.option(page, choice));
        }
        let closed = matches!(kind, Kind::Choice | Kind::Several);
        if closed && options.is_empty() {
            page.at(start, "une question à choix doit proposer des réponses");
        }
        if !closed && !options.is_empty() {
            page.at(start, "seule une question à choix propose des réponses");
        }
        if (kind == Kind::Fields) == raw.champ.is_empty() {
            page.at(
                start,
                "une fiche, et elle seule, a des lignes « [[question.champ]] »",
            );
        }
        let fields = self.fields(page, raw.champ);
        if kind != Kind::Deduction && (raw.titre.is_none() || raw.court.is_none()) {
            page.at(start, "une question doit avoir « titre » et « court »");
        }
        if let Some(word) = raw
            .probable
            .as_ref()
            .filter(|word| closed && !seen.contains(word.get_ref()))
        {
            page.at(
                word.span().start,
                format!(
                    "« {} » n’est pas une réponse de cette question",
                    word.get_ref()
                ),
            );
        }
        for word in &raw.depuis {
            let first = self.script.items.first();
            if !first.is_some_and(|item| {
                item.options
                    .iter()
                    .any(|option| option.id == *word.get_ref())
            }) {
                page.at(
                    word.span().start,
                    format!(
                        "« {} » n’est pas une réponse à la première question",
                        word.get_ref()
                    ),
                );
            }
        }
        let id = raw.id.get_ref().clone();
        let item = Item {
            id: id.clone(),
            kind,
            title: raw.titre.unwrap_or_default(),
            short: raw.court.unwrap_or_default(),
            help: raw.aide,
            why: raw.pourquoi,
            example: raw.exemple,
            optional: raw.facultatif,
            when: when.clone(),
            asked_when,
            decides,
            from: raw.depuis.into_iter().map(Spanned::into_inner).collect(),
            likely: raw.probable.map(Spanned::into_inner),
            gathers: raw.rassemble,
            options,
            trials: Vec::new(),
            fields,
            effects,
        };
        self.place(page, start, item);
        for (choice, trials) in checks {
            self.trials(page, &id, &when, &choice, trials);
        }
    }

    pub fn place(&mut self, page: &mut Page<'_>, start: usize, item: Item) {
        if Topic::named(&item.id).is_some() || self.script.places.contains_key(&item.id) {
            page.at(
                start,
                format!("l’identifiant « {} » est déjà pris", item.id),
            );
            return;
        }
        self.script
            .places
            .insert(item.id.clone(), self.script.items.len());
        self.script.items.push(item);
    }
}
