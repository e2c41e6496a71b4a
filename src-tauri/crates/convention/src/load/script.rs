//! The guide's TOML files, checked name by name with the place of each.
//!
//! Invariant: in an accepted script a condition only names topics and earlier questions with values they
//! can take, an effect only gives what exists, and no identifier stands twice.

use std::collections::BTreeSet;

use toml::Spanned;

use super::{
    Desk,
    raw::{RawCheck, RawChoice, RawFile, RawItem, Word},
    tables::Tables,
};
use crate::{
    guide::script::{
        Answerable, Clause, Condition, Consequence, Effects, Item, Kind, Script, Subject, Topic,
    },
    mistake::Page,
    pack::Rules,
};

/// The longest fragment that leaves room for the equipment in a platform's title.
const TITLE_MOST: usize = 60;

pub(super) struct Writer<'t> {
    pub tables: &'t Tables,
    pub rules: &'t Rules,
    pub script: Script,
    check: Option<RawCheck>,
}

pub(super) fn read<'a>(
    desk: &mut Desk<'a>,
    names: &[&'a str],
    tables: &Tables,
    rules: &Rules,
) -> Script {
    let mut writer = Writer {
        tables,
        rules,
        script: Script::default(),
        check: None,
    };
    let mut consequences = Vec::new();
    for name in names {
        let Some((mut page, file)) = desk.toml::<RawFile>(name) else {
            continue;
        };
        writer.check = file.essai.or(writer.check);
        for raw in file.question {
            writer.item(&mut page, raw);
        }
        consequences.push((page, file.consequence));
    }
    // Consequences look at the whole of the answers, so they are read once every question is known.
    for (mut page, list) in consequences {
        for raw in list {
            let when = writer.condition(&mut page, &raw.si);
            writer.script.consequences.push(Consequence {
                when,
                text: raw.texte,
            });
        }
        desk.close(page);
    }
    writer.script
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
            "deduction" => Kind::Deduction,
            other => {
                let known =
                    "choix, plusieurs, texte, texte-long, equipement, salle, date, deduction";
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
        for choice in raw.choix {
            if !seen.insert(choice.id.get_ref().clone()) {
                page.at(
                    choice.id.span().start,
                    format!(
                        "la réponse « {} » est définie deux fois",
                        choice.id.get_ref()
                    ),
                );
            }
            if let Some(advice) = &choice.essai {
                checks.push((choice.id.clone(), advice.clone()));
            }
            options.push(self.option(page, choice));
        }
        let closed = matches!(kind, Kind::Choice | Kind::Several);
        if closed && options.is_empty() {
            page.at(start, "une question à choix doit proposer des réponses");
        }
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
            effects,
        };
        self.place(page, start, item);
        for (choice, advice) in checks {
            self.first_check(page, &id, &when, &choice, advice);
        }
    }

    fn place(&mut self, page: &mut Page<'_>, start: usize, item: Item) {
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

    /// « Est-ce que ça règle le problème ? », asked right after the symptom it belongs to.
    fn first_check(
        &mut self,
        page: &mut Page<'_>,
        question: &str,
        when: &Condition,
        choice: &Word,
        advice: String,
    ) {
        let Some(check) = self.check.take() else {
            page.at(
                choice.span().start,
                "un essai demande que « [essai] » soit écrit dans un fichier précédent",
            );
            return;
        };
        let mut when = when.clone();
        let values = vec![choice.get_ref().clone()];
        when.push(Clause {
            subject: Subject::Question(question.to_owned()),
            values,
            negated: false,
        });
        let options = check.choix.iter().map(|choice| Answerable {
            id: choice.id.get_ref().clone(),
            label: choice.libelle.clone(),
            hint: choice.precision.clone(),
            group: None,
            when: Vec::new(),
            effects: self.effects(page, &choice.donne),
            title: None,
            useful: None,
            consequence: choice.consequence.clone(),
            words: Vec::new(),
        });
        let item = Item {
            id: format!("essai-{question}-{}", choice.get_ref()),
            kind: Kind::Choice,
            title: check.titre.clone(),
            short: check.court.clone(),
            help: Some(advice),
            why: Some(check.pourquoi.clone()),
            example: None,
            optional: false,
            when,
            asked_when: Vec::new(),
            decides: None,
            from: Vec::new(),
            likely: Some("non".to_owned()),
            gathers: false,
            options: options.collect(),
            effects: Effects::default(),
        };
        self.check = Some(check);
        self.place(page, choice.span().start, item);
    }

    fn option(&self, page: &mut Page<'_>, raw: RawChoice) -> Answerable {
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
    fn drawn(
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
