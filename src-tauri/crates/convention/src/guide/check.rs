//! Saved answers read again: what this pack does not know is refused with a sentence, or left out.
//!
//! Invariant: an answer that passes names a question of the pack and values it could take; whether it counts
//! now is for the walk to say.

use std::collections::BTreeMap;

use super::script::{Item, Kind};
use crate::{
    answers::{Answer, Answers},
    pack::Pack,
    step::GuideError,
    words::{FieldKind, Outcome},
};

impl Answers {
    /// Reads saved answers and refuses what this pack does not know, with a sentence that says what.
    pub fn parse(json: &str, pack: &Pack) -> Result<Answers, GuideError> {
        let answers: Answers = serde_json::from_str(json).map_err(|error| {
            let place = format!("ligne {}, colonne {}", error.line(), error.column());
            GuideError::Unreadable(format!(
                "{place} ; il faut un objet JSON avec « started » et « answers » (une valeur, une liste ou un objet par question)."
            ))
        })?;
        answers.check(pack)?;
        Ok(answers)
    }

    /// Every question exists and every value is one it could take.
    pub fn check(&self, pack: &Pack) -> Result<(), GuideError> {
        self.answers
            .iter()
            .try_for_each(|(id, answer)| check(pack, id, answer))
    }

    /// Those that still mean something in this pack: a draft that goes over to another one keeps them.
    pub fn known_to(&self, pack: &Pack) -> Answers {
        let kept = self.answers.iter();
        let kept = kept.filter(|(id, answer)| check(pack, id, answer).is_ok());
        Answers {
            started: self.started.clone(),
            answers: kept
                .map(|(id, answer)| (id.clone(), answer.clone()))
                .collect(),
        }
    }
}

fn check(pack: &Pack, id: &str, answer: &Answer) -> Result<(), GuideError> {
    let item = pack
        .guide
        .item(id)
        .filter(|item| item.kind != Kind::Deduction);
    let item = item.ok_or_else(|| GuideError::UnknownQuestion(id.to_owned()))?;
    let values = match (answer, item.kind) {
        (Answer::Fields(pieces), Kind::Trials) => return trials(item, pieces),
        (Answer::Fields(pieces), Kind::Fields) => return fields(item, pieces),
        (_, Kind::Trials | Kind::Fields) => {
            return Err(GuideError::FieldsExpected(item.id.clone()));
        }
        (Answer::Several(values), Kind::Several) => values.as_slice(),
        (Answer::One(_) | Answer::Fields(_), Kind::Several) => {
            return Err(GuideError::ListExpected(item.id.clone()));
        }
        (Answer::Several(_) | Answer::Fields(_), _) => {
            return Err(GuideError::OneExpected(item.id.clone()));
        }
        (Answer::One(value), _) => std::slice::from_ref(value),
    };
    for value in values.iter().filter(|value| !value.trim().is_empty()) {
        let closed = matches!(item.kind, Kind::Choice | Kind::Several);
        if closed && !item.options.iter().any(|option| option.id == *value) {
            let allowed = item.options.iter().map(|option| option.id.as_str());
            return Err(unknown(&item.id, value, allowed));
        }
        if item.kind == Kind::Date {
            day(&item.id, value)?;
        }
    }
    Ok(())
}

fn trials(item: &Item, pieces: &BTreeMap<String, String>) -> Result<(), GuideError> {
    for (id, outcome) in pieces {
        if !item.trials.iter().any(|trial| trial.id == *id) {
            let allowed = item.trials.iter().map(|trial| trial.id.as_str());
            return Err(unknown(&item.id, id, allowed));
        }
        if outcome.parse::<Outcome>().is_err() {
            let allowed = Outcome::ALL.iter().map(|outcome| outcome.id());
            return Err(unknown(&item.id, outcome, allowed));
        }
    }
    Ok(())
}

fn fields(item: &Item, pieces: &BTreeMap<String, String>) -> Result<(), GuideError> {
    for (id, typed) in pieces {
        let Some(field) = item.fields.iter().find(|field| field.id == *id) else {
            let allowed = item.fields.iter().map(|field| field.id.as_str());
            return Err(unknown(&item.id, id, allowed));
        };
        let typed = typed.trim();
        match field.kind {
            _ if typed.is_empty() => {}
            FieldKind::Day => day(&field.label, typed)?,
            FieldKind::Number if typed.parse::<u32>().is_err() => {
                return Err(GuideError::BadNumber {
                    question: field.label.clone(),
                    value: typed.to_owned(),
                });
            }
            FieldKind::Line | FieldKind::Long | FieldKind::Number | FieldKind::Phone => {}
        }
    }
    Ok(())
}

fn day(question: &str, value: &str) -> Result<(), GuideError> {
    match value.trim().parse::<chrono::NaiveDate>() {
        Ok(_) => Ok(()),
        Err(_) => Err(GuideError::BadDate {
            question: question.to_owned(),
            value: value.to_owned(),
        }),
    }
}

fn unknown<'a>(question: &str, value: &str, allowed: impl Iterator<Item = &'a str>) -> GuideError {
    GuideError::UnknownChoice {
        question: question.to_owned(),
        value: value.to_owned(),
        allowed: allowed.collect::<Vec<_>>().join(", "),
    }
}
