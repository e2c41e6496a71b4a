//! The guided form: one question at a time, then a summary. Pure: the same pack, overlay, answers and
//! facts always give the same step.
//!
//! Invariant: every walk ends in `Ready` with a route that has a basis; `survey` says so of a pack.

mod check;
pub mod script;
pub(crate) mod state;
pub(crate) mod summary;
mod take;
pub(crate) mod walk;

#[cfg(test)]
mod tests;

use self::{
    script::Item,
    walk::{Ground, State, left, walk},
};
use crate::{
    answers::Answers,
    overlay::Overlay,
    pack::Pack,
    step::{Choice, Facts, Field, GuideError, Progress, Question, QuestionKind, Step},
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
        let summary = summary::summary(answers, &walk.state)?;
        return Ok(Step::Ready {
            summary,
            answered: walk.state.answered,
        });
    };
    let number = walk.state.answered.len() + 1;
    let expected = walk.state.answered.len() + left(walk.state.clone(), place).max(1);
    Ok(Step::Ask {
        question: question(&walk.state, item),
        progress: Progress { number, expected },
        route: walk.state.route(),
        service: walk.state.effects.service.clone(),
        family: walk.state.effects.family,
        activity: walk.state.activity(),
        attached_facts: summary::attached(&walk.state),
        reflexes: summary::reflexes(&walk.state),
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
    let known = &state.ground.facts.known;
    let field = |line: &script::FieldLine| Field {
        id: line.id.clone(),
        label: line.label.clone(),
        hint: line.hint.clone(),
        kind: line.kind,
        known: line
            .takes_over
            .as_ref()
            .and_then(|name| known.get(name))
            .cloned(),
    };
    Question {
        id: item.id.clone(),
        title: item.title.clone(),
        help: (!help.is_empty()).then(|| help.join(" ")),
        why: item.why.clone(),
        kind: item.kind.asked().unwrap_or(QuestionKind::LongText),
        choices: state.options(item).map(choice).collect(),
        optional: item.optional || item.kind == script::Kind::Fields,
        example: item.example.clone(),
        trials: item.trials.clone(),
        fields: state.fields(item).map(field).collect(),
    }
}
