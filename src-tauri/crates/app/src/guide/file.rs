//! A file of answers, as the command line has it: what follows from it, or its dossier.
//!
//! Invariant: the answers are kept nowhere until they are complete; one that the pack does not know is refused.

use std::collections::BTreeMap;

use convention::{Answer, Answers, Facts, QuestionKind, Step};
use store::Connection;

use super::{answers_from, facts, ground::Ground, missing, new_draft, view, with_equipment};
use crate::{
    App, Error,
    submission::{self, Complete},
    wire::{AnswersFile, GuideSubmitted, GuideView},
};

/// The answers of the file, with the machine it names.
fn read(conn: &Connection, ground: &Ground, file: AnswersFile) -> Result<Answers, Error> {
    let mut answers = answers_from(file.started, file.answers);
    if let Some(mark) = &file.equipment {
        let machine = store::equipment::by_mark(conn, mark)?
            .ok_or_else(|| Error::refused("equipment", format!("Aucun équipement du registre ne porte « {mark} » : ni identifiant, ni série, ni inventaire, ni nom réseau.")))?;
        with_equipment(ground.pack(), &mut answers, &machine.id)?;
    }
    Ok(answers)
}

/// What follows from a file of answers; nothing is saved.
pub(crate) fn check(app: &App, file: AnswersFile) -> Result<GuideView, Error> {
    let Ok(desk) = app.desk() else {
        if file.equipment.is_some() {
            return Err(Error::NotReady);
        }
        let ground = Ground::bare(app)?;
        let answers = answers_from(file.started, file.answers);
        let step = ground.convention.next(&answers, &Facts::on(app.today()))?;
        let draft = new_draft(app, &ground, &answers);
        return Ok(view::rendered(
            ground.pack(),
            step,
            &draft,
            view::Around::default(),
        ));
    };
    desk.store.read(|conn| {
        let ground = Ground::in_force(conn)?;
        let answers = read(conn, &ground, file)?;
        let draft = store::draft::Draft {
            id: String::new(),
            ..new_draft(app, &ground, &answers)
        };
        view::view_of(conn, app, &ground, &draft, &answers, None)
    })
}

/// Makes the dossier of a file of answers, which must be complete but for what is optional: left out, it is left empty.
pub(crate) fn ticket_new(app: &App, file: AnswersFile) -> Result<GuideSubmitted, Error> {
    let desk = app.desk()?;
    submission::submit(app, &desk, |tx| {
        let ground = Ground::kept_in_force(tx, app)?;
        let mut answers = read(tx, &ground, file)?;
        loop {
            match facts::step(tx, app, &ground.convention, &answers)?.1 {
                Step::Ask { question, .. }
                    if question.optional && answers.get(&question.id).is_none() =>
                {
                    answers.set(question.id, empty(question.kind));
                }
                Step::Ask { question, .. } => return Err(missing(&question)),
                Step::Ready { summary, .. } => {
                    return Ok(Complete {
                        ground,
                        answers,
                        summary,
                        draft: None,
                    });
                }
            }
        }
    })
}

fn empty(kind: QuestionKind) -> Answer {
    match kind {
        QuestionKind::Several => Answer::Several(Vec::new()),
        QuestionKind::Fields => Answer::Fields(BTreeMap::new()),
        _ => Answer::One(String::new()),
    }
}
