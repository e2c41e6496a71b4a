//! What is answered piece by piece: the trials of a symptom, and the lines of a form.
//!
//! Invariant: a question about trials stands right after the symptom it belongs to; what came of a trial is
//! one of the words of the code (`Outcome`), never of the pack.

use std::collections::BTreeSet;

use toml::Spanned;

use super::{
    raw::{RawField, Word},
    script::Writer,
};
use crate::{
    guide::script::{Clause, Condition, Effects, FieldLine, Item, Kind, Subject},
    mistake::Page,
    step::{KNOWN, Trial},
    words::FieldKind,
};

/// More than this is not tried before calling.
const TRIALS_MOST: usize = 4;

impl Writer<'_> {
    pub fn trials(
        &mut self,
        page: &mut Page<'_>,
        question: &str,
        when: &Condition,
        choice: &Word,
        trials: Spanned<Vec<Word>>,
    ) {
        let start = trials.span().start;
        let Some(check) = &self.check else {
            page.at(
                start,
                "des essais demandent que « [essai] » soit écrit dans ce fichier ou dans un fichier précédent",
            );
            return;
        };
        let trials = trials.into_inner();
        if trials.is_empty() || trials.len() > TRIALS_MOST {
            page.at(
                start,
                format!("de 1 à {TRIALS_MOST} essais, un geste chacun"),
            );
        }
        for trial in trials
            .iter()
            .filter(|trial| trial.get_ref().trim().is_empty())
        {
            page.at(trial.span().start, "cet essai est vide");
        }
        let mut when = when.clone();
        when.push(Clause {
            subject: Subject::Question(question.to_owned()),
            values: vec![choice.get_ref().clone()],
            negated: false,
        });
        let numbered = trials.into_iter().zip(1..).map(|(text, number)| Trial {
            id: number.to_string(),
            text: text.into_inner(),
        });
        let item = Item {
            id: format!("essai-{question}-{}", choice.get_ref()),
            kind: Kind::Trials,
            title: check.titre.clone(),
            short: check.court.clone(),
            help: None,
            why: Some(check.pourquoi.clone()),
            example: None,
            optional: false,
            when,
            asked_when: Vec::new(),
            decides: None,
            from: Vec::new(),
            likely: None,
            gathers: false,
            options: Vec::new(),
            trials: numbered.collect(),
            fields: Vec::new(),
            effects: Effects::default(),
        };
        self.place(page, choice.span().start, item);
    }

    pub fn fields(&self, page: &mut Page<'_>, lines: Vec<RawField>) -> Vec<FieldLine> {
        let mut seen = BTreeSet::new();
        let mut fields = Vec::new();
        for raw in lines {
            if !seen.insert(raw.id.get_ref().clone()) {
                let message = format!("la ligne « {} » est définie deux fois", raw.id.get_ref());
                page.at(raw.id.span().start, message);
            }
            if raw.libelle.get_ref().trim().is_empty() {
                page.at(raw.libelle.span().start, "cette ligne n’a pas de libellé");
            }
            let kind = raw.genre.get_ref().parse::<FieldKind>();
            if let Err(error) = &kind {
                page.at(raw.genre.span().start, error.to_string());
            }
            if let Some(name) = &raw.reprend
                && !KNOWN.contains(&name.get_ref().as_str())
            {
                let message = format!(
                    "« {} » ne se reprend pas ; valeurs possibles : {}",
                    name.get_ref(),
                    KNOWN.join(", ")
                );
                page.at(name.span().start, message);
            }
            let when = self.condition(page, &raw.si);
            fields.push(FieldLine {
                id: raw.id.into_inner(),
                label: raw.libelle.into_inner(),
                hint: raw.precision,
                kind: kind.unwrap_or(FieldKind::Line),
                when,
                takes_over: raw.reprend.map(Spanned::into_inner),
            });
        }
        fields
    }
}
