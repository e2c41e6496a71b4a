//! The guided form: drafts around the pure guide of the convention.
//!
//! Invariant: each answer is saved before it is shown; a draft keeps everything answered,
//! also what no longer applies; the dossier, its first event and its envoi are made in one
//! transaction, and only then does the draft go.

mod callers;
mod facts;
mod file;
mod ground;
mod joined;
mod propose;
mod view;

pub(crate) use callers::vendor;
pub(crate) use facts::{machine, place, step};
pub(crate) use file::{check, ticket_new};
pub(crate) use ground::Ground;
pub(crate) use joined::{attach, detach, join};
pub(crate) use propose::propose;

use std::collections::BTreeMap;

use convention::{Answers, Pack, Step};
use store::{Connection, Transaction, draft::Draft};

use crate::{
    App, Error, equipment, labels,
    submission::{self, Complete},
    wire::{
        AnswerValue, ById, DraftRow, Drafts, GuideAnswer, GuideReopen, GuideStart, GuideSubmitted,
        GuideView, Nothing,
    },
};
use view::view_of;

pub(crate) fn read_answers(draft: &Draft) -> Result<Answers, Error> {
    serde_json::from_str(&draft.answers)
        .map_err(|error| Error::Internal(format!("the answers of a draft do not parse: {error}")))
}

pub(crate) fn find(conn: &Connection, id: &str) -> Result<Draft, Error> {
    store::draft::get(conn, id)?.ok_or(Error::NotFound("Ce brouillon"))
}

/// Saves the answers, then shows what follows.
fn save(
    tx: &Transaction,
    app: &App,
    mut draft: Draft,
    answers: &Answers,
) -> Result<GuideView, Error> {
    draft.answers =
        serde_json::to_string(answers).map_err(|error| Error::Internal(error.to_string()))?;
    if draft.pack.is_none() {
        // Begun before drafts kept their pack: from now on it does.
        draft.pack = Ground::kept_in_force(tx, app)?.row;
    }
    let ground = Ground::of(tx, &draft)?;
    let known = ground.known(answers);
    draft.equipment_id = machine(tx, ground.pack(), &known)?.map(|machine| machine.id);
    draft.room_id = facts::room(tx, ground.pack(), &known)?.map(|room| room.id);
    draft.updated_at_ms = app.now_ms();
    let view = view_of(tx, app, &ground, &draft, &known, None)?;
    draft.title.clone_from(&view.title);
    store::draft::upsert(tx, &draft)?;
    Ok(view)
}

/// Shows a draft around which something changed.
fn refreshed(tx: &Transaction, app: &App, draft: Draft) -> Result<GuideView, Error> {
    let answers = read_answers(&draft)?;
    save(tx, app, draft, &answers)
}

fn answers_from(started: String, answers: BTreeMap<String, AnswerValue>) -> Answers {
    Answers {
        started,
        answers: answers
            .into_iter()
            .map(|(question, value)| (question, value.into()))
            .collect(),
    }
}

fn new_draft(app: &App, ground: &Ground, answers: &Answers) -> Draft {
    let now = app.now_ms();
    Draft {
        id: store::new_id(now, &mut rand::rng()),
        pack_version: ground.pack().manifest.version.clone(),
        pack: ground.row.clone(),
        title: if answers.started.is_empty() {
            "Nouveau dossier".to_owned()
        } else {
            answers.started.clone()
        },
        started: answers.started.clone(),
        answers: "{}".to_owned(),
        created_at_ms: now,
        updated_at_ms: now,
        ..Default::default()
    }
}

fn with_equipment(pack: &Pack, answers: &mut Answers, id: &str) -> Result<(), Error> {
    let question = pack
        .questions_of_kind(convention::QuestionKind::Equipment)
        .next()
        .ok_or_else(|| Error::Internal("the pack asks for no equipment".into()))?;
    answers.set(question, id);
    Ok(())
}

pub(crate) fn start(app: &App, request: GuideStart) -> Result<GuideView, Error> {
    let mut answers = answers_from(request.text.trim().to_owned(), request.answers);
    app.desk()?.store.write(|tx| {
        let ground = Ground::kept_in_force(tx, app)?;
        if let Some(id) = request.equipment_id {
            equipment::find(tx, &id)?;
            with_equipment(ground.pack(), &mut answers, &id)?;
        }
        answers.check(ground.pack())?;
        let draft = new_draft(app, &ground, &answers);
        save(tx, app, draft, &answers)
    })
}

pub(crate) fn open(app: &App, request: ById) -> Result<GuideView, Error> {
    app.desk()?.store.read(|conn| {
        let draft = find(conn, &request.id)?;
        let ground = Ground::of(conn, &draft)?;
        let answers = ground.known(&read_answers(&draft)?);
        view_of(conn, app, &ground, &draft, &answers, None)
    })
}

/// Read and written in one transaction: two answers at once are both kept, and a draft that has just become
/// a dossier does not come back.
pub(crate) fn answer(app: &App, request: GuideAnswer) -> Result<GuideView, Error> {
    app.desk()?.store.write(|tx| {
        let draft = find(tx, &request.draft_id)?;
        let mut given = Answers::default();
        given.set(request.question.as_str(), request.value.clone());
        given.check(Ground::of(tx, &draft)?.pack())?;
        let mut answers = read_answers(&draft)?;
        answers.set(request.question, request.value);
        save(tx, app, draft, &answers)
    })
}

/// Asks a question again. Nothing is written: the former answer stands until another replaces it.
pub(crate) fn reopen(app: &App, request: GuideReopen) -> Result<GuideView, Error> {
    app.desk()?.store.read(|conn| {
        let draft = find(conn, &request.draft_id)?;
        let ground = Ground::of(conn, &draft)?;
        let mut answers = ground.known(&read_answers(&draft)?);
        let previous = answers
            .answers
            .remove(&request.question)
            .map(AnswerValue::from);
        view_of(conn, app, &ground, &draft, &answers, previous)
    })
}

/// Goes on with the convention in force. What its guide does not ask waits in the draft.
pub(crate) fn renew(app: &App, request: ById) -> Result<GuideView, Error> {
    app.desk()?.store.write(|tx| {
        let mut draft = find(tx, &request.id)?;
        let ground = Ground::kept_in_force(tx, app)?;
        draft.pack_version = ground.pack().manifest.version.clone();
        draft.pack = ground.row;
        refreshed(tx, app, draft)
    })
}

pub(crate) fn discard(app: &App, request: ById) -> Result<Nothing, Error> {
    app.desk()?.store.write(|tx| -> Result<(), Error> {
        Ok(store::draft::discard(tx, &request.id, app.now_ms())?)
    })?;
    Ok(Nothing {})
}

pub(crate) fn restore(app: &App, request: ById) -> Result<GuideView, Error> {
    app.desk()?
        .store
        .write(|tx| -> Result<(), Error> { Ok(store::draft::restore(tx, &request.id)?) })?;
    open(app, request)
}

pub(crate) fn rows(conn: &Connection) -> Result<Vec<DraftRow>, Error> {
    Ok(store::draft::list(conn)?
        .into_iter()
        .map(|draft| DraftRow {
            id: draft.id,
            title: draft.title,
            updated_at_ms: draft.updated_at_ms,
        })
        .collect())
}

pub(crate) fn drafts(app: &App, _: Nothing) -> Result<Drafts, Error> {
    Ok(Drafts {
        drafts: app.desk()?.store.read(rows)?,
    })
}

fn missing(question: &convention::Question) -> Error {
    let choices: Vec<&str> = question
        .choices
        .iter()
        .map(|choice| choice.id.as_str())
        .chain(question.trials.iter().map(|trial| trial.id.as_str()))
        .collect();
    let n = labels::NNBSP;
    let wanted = match (choices.is_empty(), question.trials.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!(" Réponses possibles{n}: {}.", choices.join(", ")),
        (false, false) => format!(
            " Essais{n}: {}. Pour chacun{n}: {}.",
            choices.join(", "),
            convention::Outcome::ALL
                .map(|outcome| outcome.id())
                .join(", ")
        ),
    };
    Error::refused(
        "answers",
        format!(
            "Il manque la réponse à la question « {} » ({}).{wanted}",
            question.title, question.id
        ),
    )
}

/// The draft becomes the dossier, from the answers it holds at that moment.
pub(crate) fn submit(app: &App, request: ById) -> Result<GuideSubmitted, Error> {
    let desk = app.desk()?;
    submission::submit(app, &desk, |tx| {
        // Asked twice at once, the second finds no draft left: one draft is one dossier.
        let draft = find(tx, &request.id)?;
        let ground = Ground::of(tx, &draft)?;
        let answers = ground.known(&read_answers(&draft)?);
        match step(tx, app, &ground.convention, &answers)?.1 {
            Step::Ask { question, .. } => Err(missing(&question)),
            Step::Ready { summary, .. } => Ok(Complete {
                ground,
                answers,
                summary,
                draft: Some(draft.id),
            }),
        }
    })
}
