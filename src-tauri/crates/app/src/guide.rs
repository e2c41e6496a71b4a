//! The guided form: drafts around the pure guide of the convention.
//!
//! Invariant: each answer is saved before it is shown; a draft keeps everything answered,
//! also what no longer applies; the dossier, its first event and its envoi are made in one
//! transaction, and only then does the draft go.

mod view;

pub(crate) use view::{machine, room};

use std::collections::BTreeMap;

use convention::{Answers, Facts, Overlay, Step};
use store::{Connection, Transaction, draft::Draft};

use crate::{
    App, Error,
    desk::Desk,
    equipment, labels, pack, submission,
    wire::{
        AnswerValue, AnswersFile, ById, DraftRow, Drafts, GuideAnswer, GuideReopen, GuideStart,
        GuideSubmitted, GuideView, Nothing, Proposal, Proposals, ProposeQuery,
    },
};
use view::{Shell, facts, rendered, view_of};

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
    desk: &Desk,
    mut draft: Draft,
    answers: &Answers,
) -> Result<GuideView, Error> {
    draft.answers =
        serde_json::to_string(answers).map_err(|error| Error::Internal(error.to_string()))?;
    draft.updated_at_ms = app.now_ms();
    draft.equipment_id = machine(tx, answers)?.map(|machine| machine.id);
    draft.room_id = room(tx, answers)?.map(|room| room.id);
    let view = view_of(tx, app, Some(desk), &draft, answers, None)?;
    draft.title.clone_from(&view.title);
    store::draft::upsert(tx, &draft)?;
    Ok(view)
}

pub(crate) fn propose(app: &App, query: ProposeQuery) -> Result<Proposals, Error> {
    let pack = pack::built_in()?;
    // Without an open store the line is read all the same, against an empty register.
    let register = match app.desk() {
        Ok(desk) => desk.store.read(store::equipment::all_words)?,
        Err(_) => Vec::new(),
    };
    let entries: Vec<convention::RegisterEntry> = register
        .into_iter()
        .filter_map(|entry| {
            Some(convention::RegisterEntry {
                label: entry
                    .words
                    .iter()
                    .take(3)
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" "),
                words: entry.words.join(" "),
                family: entry.family.parse().ok()?,
                room: entry.room,
                id: entry.id,
            })
        })
        .collect();
    let label_of = |id: &str| {
        entries
            .iter()
            .find(|entry| entry.id == id)
            .map(|entry| entry.label.clone())
    };
    Ok(Proposals {
        proposals: convention::start(pack, &entries, &query.text)
            .into_iter()
            .map(|proposal| Proposal {
                service_label: pack
                    .service(&proposal.service)
                    .map_or_else(String::new, |service| service.short().to_owned()),
                nature: proposal.nature.into(),
                equipment_label: proposal.equipment.as_deref().and_then(label_of),
                room: proposal.room,
                answers: proposal
                    .answers
                    .answers
                    .into_iter()
                    .map(|(question, answer)| (question, answer.into()))
                    .collect(),
                title: proposal.title,
            })
            .collect(),
    })
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

fn new_draft(app: &App, answers: &Answers) -> Result<Draft, Error> {
    let now = app.now_ms();
    Ok(Draft {
        id: store::new_id(now, &mut rand::rng()),
        pack_version: pack::built_in()?.manifest.version.clone(),
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
    })
}

fn with_equipment(answers: &mut Answers, id: &str) -> Result<(), Error> {
    let pack = pack::built_in()?;
    let question = pack
        .questions_of_kind(convention::QuestionKind::Equipment)
        .next()
        .ok_or_else(|| Error::Internal("the pack asks for no equipment".into()))?;
    answers.set(question, id);
    Ok(())
}

pub(crate) fn start(app: &App, request: GuideStart) -> Result<GuideView, Error> {
    let mut answers = answers_from(request.text.trim().to_owned(), request.answers);
    let desk = app.desk()?;
    if let Some(id) = request.equipment_id {
        desk.store.read(|conn| equipment::find(conn, &id))?;
        with_equipment(&mut answers, &id)?;
    }
    let draft = new_draft(app, &answers)?;
    desk.store.write(|tx| save(tx, app, &desk, draft, &answers))
}

pub(crate) fn open(app: &App, request: ById) -> Result<GuideView, Error> {
    let desk = app.desk()?;
    desk.store.read(|conn| {
        let draft = find(conn, &request.id)?;
        let answers = read_answers(&draft)?;
        view_of(conn, app, Some(&desk), &draft, &answers, None)
    })
}

/// Read and written in one transaction: two answers at once are both kept, and a draft that has just become
/// a dossier does not come back.
pub(crate) fn answer(app: &App, request: GuideAnswer) -> Result<GuideView, Error> {
    let desk = app.desk()?;
    desk.store.write(|tx| {
        let draft = find(tx, &request.draft_id)?;
        let mut answers = read_answers(&draft)?;
        answers.set(request.question, request.value);
        save(tx, app, &desk, draft, &answers)
    })
}

/// Asks a question again. Nothing is written: the former answer stands until another replaces it.
pub(crate) fn reopen(app: &App, request: GuideReopen) -> Result<GuideView, Error> {
    let desk = app.desk()?;
    desk.store.read(|conn| {
        let draft = find(conn, &request.draft_id)?;
        let mut answers = read_answers(&draft)?;
        let previous = answers
            .answers
            .remove(&request.question)
            .map(AnswerValue::from);
        view_of(conn, app, Some(&desk), &draft, &answers, previous)
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

/// The next question of the pure guide for answers kept nowhere.
fn step_of(app: &App, file: AnswersFile) -> Result<(Answers, Step), Error> {
    let pack = pack::built_in()?;
    let mut answers = answers_from(file.started, file.answers);
    let facts = match app.desk() {
        Ok(desk) => desk.store.read(|conn| {
            if let Some(mark) = &file.equipment {
                let machine = store::equipment::by_mark(conn, mark)?
                    .ok_or_else(|| Error::refused("equipment", format!("Aucun équipement du registre ne porte « {mark} » : ni identifiant, ni série, ni inventaire, ni nom réseau.")))?;
                with_equipment(&mut answers, &machine.id)?;
            }
            facts(conn, app, &answers)
        })?,
        Err(_) if file.equipment.is_some() => return Err(Error::NotReady),
        Err(_) => Facts::on(app.today()),
    };
    let step = convention::next(pack, &Overlay::default(), &answers, &facts)?;
    Ok((answers, step))
}

/// What follows from a file of answers; nothing is saved.
pub(crate) fn check(app: &App, file: AnswersFile) -> Result<GuideView, Error> {
    let (answers, step) = step_of(app, file)?;
    let draft = Draft {
        id: String::new(),
        ..new_draft(app, &answers)?
    };
    let desk = app.desk().ok();
    Ok(rendered(
        pack::built_in()?,
        step,
        Shell {
            draft: &draft,
            desk: desk.as_deref(),
            previous: None,
            similar: Vec::new(),
        },
    ))
}

fn missing(question: &convention::Question) -> Error {
    let choices: Vec<&str> = question
        .choices
        .iter()
        .map(|choice| choice.id.as_str())
        .collect();
    let n = labels::NNBSP;
    let wanted = if choices.is_empty() {
        String::new()
    } else {
        format!(" Réponses possibles{n}: {}.", choices.join(", "))
    };
    Error::refused(
        "answers",
        format!(
            "Il manque la réponse à la question « {} » ({}).{wanted}",
            question.title, question.id
        ),
    )
}

/// Makes the dossier of a file of answers, which must be complete.
pub(crate) fn ticket_new(app: &App, file: AnswersFile) -> Result<GuideSubmitted, Error> {
    let desk = app.desk()?;
    let (answers, step) = step_of(app, file)?;
    match step {
        Step::Ask { question, .. } => Err(missing(&question)),
        Step::Ready { summary, .. } => submission::submit(app, &desk, &answers, summary, None),
    }
}

pub(crate) fn submit(app: &App, request: ById) -> Result<GuideSubmitted, Error> {
    let desk = app.desk()?;
    let (draft, answers, step) = desk.store.read(|conn| -> Result<_, Error> {
        let draft = find(conn, &request.id)?;
        let answers = read_answers(&draft)?;
        let facts = facts(conn, app, &answers)?;
        let step = convention::next(pack::built_in()?, &Overlay::default(), &answers, &facts)?;
        Ok((draft, answers, step))
    })?;
    match step {
        Step::Ask { question, .. } => Err(missing(&question)),
        Step::Ready { summary, .. } => {
            submission::submit(app, &desk, &answers, summary, Some(&draft.id))
        }
    }
}
