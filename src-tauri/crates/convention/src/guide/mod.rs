//! The guided form: one question at a time, then a summary. Pure: the same pack, overlay, answers and
//! facts always give the same step.
//!
//! Invariant: every walk ends in `Ready` with a route that has a basis; the tests enumerate them.

pub mod script;
mod summary;
pub(crate) mod walk;

#[cfg(test)]
mod enumeration;
#[cfg(test)]
mod tests;

use self::{
    script::{Item, Kind},
    walk::{Ground, State, left, walk},
};
use crate::{
    answers::{Answer, Answers},
    overlay::Overlay,
    pack::Pack,
    step::{Choice, Facts, GuideError, Progress, Question, QuestionKind, Step},
};

/// The question to ask now, or the summary when everything needed is known.
pub fn next(
    pack: &Pack,
    overlay: &Overlay,
    answers: &Answers,
    facts: &Facts,
) -> Result<Step, GuideError> {
    answers.check(pack)?;
    let ground = Ground {
        pack,
        overlay,
        facts,
    };
    let walk = walk(ground, answers);
    let Some((place, item)) = walk.pending else {
        let summary = summary::summary(ground, answers, &walk.state)?;
        return Ok(Step::Ready {
            summary,
            answered: walk.state.answered,
        });
    };
    let number = walk.state.answered.len() + 1;
    let expected = walk.state.answered.len() + left(ground, walk.state.clone(), place).max(1);
    Ok(Step::Ask {
        question: question(&walk.state, item),
        progress: Progress { number, expected },
        route: walk.state.route(ground),
        activity: walk.state.activity(),
        attached_facts: summary::attached(&walk.state),
        answered: walk.state.answered,
    })
}

fn question(state: &State<'_>, item: &Item) -> Question {
    let help: Vec<&str> = item
        .help
        .as_deref()
        .into_iter()
        .chain(state.useful.iter().copied().filter(|_| item.gathers))
        .collect();
    let choice = |option: &script::Answerable| Choice {
        id: option.id.clone(),
        label: option.label.clone(),
        hint: option.hint.clone(),
        group: option.group.clone(),
    };
    Question {
        id: item.id.clone(),
        title: item.title.clone(),
        help: (!help.is_empty()).then(|| help.join(" ")),
        why: item.why.clone(),
        kind: match item.kind {
            Kind::Choice => QuestionKind::Choice,
            Kind::Several => QuestionKind::Several,
            Kind::Text => QuestionKind::Text,
            Kind::LongText | Kind::Deduction => QuestionKind::LongText,
            Kind::Equipment => QuestionKind::Equipment,
            Kind::Room => QuestionKind::Room,
            Kind::Date => QuestionKind::Date,
        },
        choices: state.options(item).map(choice).collect(),
        optional: item.optional,
        example: item.example.clone(),
    }
}

impl Answers {
    /// Reads saved answers and refuses what this pack does not know, with a sentence that says what.
    pub fn parse(json: &str, pack: &Pack) -> Result<Answers, GuideError> {
        let answers: Answers = serde_json::from_str(json).map_err(|error| {
            let place = format!("ligne {}, colonne {}", error.line(), error.column());
            GuideError::Unreadable(format!(
                "{place} ; il faut un objet JSON avec « started » et « answers » (une valeur ou une liste par question)."
            ))
        })?;
        answers.check(pack)?;
        Ok(answers)
    }

    /// Every question exists and every value is one it could take.
    pub fn check(&self, pack: &Pack) -> Result<(), GuideError> {
        for (id, answer) in &self.answers {
            let item = pack
                .guide
                .item(id)
                .filter(|item| item.kind != Kind::Deduction);
            check_answer(
                item.ok_or_else(|| GuideError::UnknownQuestion(id.clone()))?,
                answer,
            )?;
        }
        Ok(())
    }
}

fn check_answer(item: &Item, answer: &Answer) -> Result<(), GuideError> {
    let values = match (answer, item.kind) {
        (Answer::Several(values), Kind::Several) => values.as_slice(),
        (Answer::Several(_), _) => return Err(GuideError::OneExpected(item.id.clone())),
        (Answer::One(_), Kind::Several) => return Err(GuideError::ListExpected(item.id.clone())),
        (Answer::One(value), _) => std::slice::from_ref(value),
    };
    for value in values.iter().filter(|value| !value.trim().is_empty()) {
        let closed = matches!(item.kind, Kind::Choice | Kind::Several);
        if closed && !item.options.iter().any(|option| option.id == *value) {
            let allowed: Vec<&str> = item
                .options
                .iter()
                .map(|option| option.id.as_str())
                .collect();
            return Err(GuideError::UnknownChoice {
                question: item.id.clone(),
                value: value.clone(),
                allowed: allowed.join(", "),
            });
        }
        if item.kind == Kind::Date && value.parse::<chrono::NaiveDate>().is_err() {
            return Err(GuideError::BadDate {
                question: item.id.clone(),
                value: value.clone(),
            });
        }
    }
    Ok(())
}
