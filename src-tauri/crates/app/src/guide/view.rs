//! One step of the pure guide as the window shows it, with the facts that feed it.

use convention::{Answer, Answers, Facts, Overlay, Pack, Step};
use store::{Connection, draft::Draft};

use crate::{
    App, Error,
    convention_view::{activity_label, service_label},
    desk::Desk,
    equipment, pack, submission, tickets,
    wire::{
        Activity, AnswerValue, Answered, Choice, GuideView, Question, QuestionKind, Route, Summary,
        TicketRow,
    },
};

/// How many open dossiers about the same thing are worth showing.
const SIMILAR: usize = 3;

impl From<Answer> for AnswerValue {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::One(text) => Self::One(text),
            Answer::Several(list) => Self::Several(list),
        }
    }
}

impl From<AnswerValue> for Answer {
    fn from(value: AnswerValue) -> Self {
        match value {
            AnswerValue::One(text) => Self::One(text),
            AnswerValue::Several(list) => Self::Several(list),
        }
    }
}

impl From<convention::QuestionKind> for QuestionKind {
    fn from(kind: convention::QuestionKind) -> Self {
        match kind {
            convention::QuestionKind::Choice => Self::Choice,
            convention::QuestionKind::Several => Self::Several,
            convention::QuestionKind::Text => Self::Text,
            convention::QuestionKind::LongText => Self::LongText,
            convention::QuestionKind::Equipment => Self::Equipment,
            convention::QuestionKind::Room => Self::Room,
            convention::QuestionKind::Date => Self::Date,
        }
    }
}

fn question(question: convention::Question, previous: Option<AnswerValue>) -> Question {
    use convention::QuestionKind::{Equipment, Room};
    let none = matches!(question.kind, Equipment | Room).then(|| Choice {
        id: convention::NONE_OF_THEM.to_owned(),
        label: "Pas dans le registre".to_owned(),
        hint: None,
        group: None,
    });
    Question {
        id: question.id,
        title: question.title,
        help: question.help,
        why: question.why,
        kind: question.kind.into(),
        choices: question
            .choices
            .into_iter()
            .map(|choice| Choice {
                id: choice.id,
                label: choice.label,
                hint: choice.hint,
                group: choice.group,
            })
            .chain(none)
            .collect(),
        optional: question.optional,
        example: question.example,
        previous,
    }
}

/// The answer to the first question of a kind that picks from the register.
pub(crate) fn picked<'a>(
    pack: &Pack,
    answers: &'a Answers,
    kind: convention::QuestionKind,
) -> Option<&'a str> {
    pack.questions_of_kind(kind)
        .find_map(|id| match answers.get(id) {
            Some(Answer::One(value)) if value != convention::NONE_OF_THEM => Some(value.as_str()),
            _ => None,
        })
}

/// The machine chosen, when the register has it: a person may also describe one in words.
pub(crate) fn machine(
    conn: &Connection,
    answers: &Answers,
) -> Result<Option<store::equipment::Equipment>, Error> {
    let said = picked(
        pack::built_in()?,
        answers,
        convention::QuestionKind::Equipment,
    );
    Ok(match said {
        Some(id) => store::equipment::get(conn, id)?,
        None => None,
    })
}

/// The room chosen, by its id or its code, when the register has it.
pub(crate) fn room(
    conn: &Connection,
    answers: &Answers,
) -> Result<Option<store::room::Room>, Error> {
    let Some(said) = picked(pack::built_in()?, answers, convention::QuestionKind::Room) else {
        return Ok(None);
    };
    Ok(match store::room::get(conn, said)? {
        Some(room) => Some(room),
        None => store::room::by_code(conn, said)?,
    })
}

/// What the register and the profile know about the machine and the room chosen.
pub(crate) fn facts(conn: &Connection, app: &App, answers: &Answers) -> Result<Facts, Error> {
    let pack = pack::built_in()?;
    let profile = store::profile::get(conn)?.unwrap_or_default();
    let mut facts = Facts::on(app.today());
    facts.cite_scolaire = profile.cite_scolaire;
    facts.region_maintains = profile.region_maintains;
    if let Some(machine) = machine(conn, answers)? {
        facts.equipment = Some(equipment::facts(conn, &machine)?);
    }
    facts.room = match picked(pack, answers, convention::QuestionKind::Room) {
        Some(_) => room(conn, answers)?.map(|room| room.code),
        None => facts
            .equipment
            .as_ref()
            .and_then(|machine| machine.room.clone()),
    };
    Ok(facts)
}

fn similar(
    conn: &Connection,
    answers: &Answers,
    facts: &Facts,
    service: Option<&str>,
    now_ms: i64,
) -> Result<Vec<TicketRow>, Error> {
    let machine = facts.equipment.as_ref().map(|machine| machine.id.as_str());
    let room = room(conn, answers)?.map(|room| room.id);
    store::ticket::similar_open(conn, room.as_deref(), machine, service.unwrap_or_default())?
        .iter()
        .take(SIMILAR)
        .map(|ticket| tickets::row(conn, ticket, now_ms))
        .collect()
}

/// Everything a screen shows at this point of the answers.
pub(super) fn view_of(
    conn: &Connection,
    app: &App,
    desk: Option<&Desk>,
    draft: &Draft,
    answers: &Answers,
    previous: Option<AnswerValue>,
) -> Result<GuideView, Error> {
    let pack = pack::built_in()?;
    let facts = facts(conn, app, answers)?;
    let step = convention::next(pack, &Overlay::default(), answers, &facts)?;
    let service = match &step {
        Step::Ready { summary, .. } => Some(summary.service.as_str()),
        Step::Ask { .. } => None,
    };
    let similar = similar(conn, answers, &facts, service, app.now_ms())?;
    Ok(rendered(
        pack,
        step,
        Shell {
            draft,
            desk,
            previous,
            similar,
        },
    ))
}

/// What surrounds a step of the guide.
pub(super) struct Shell<'a> {
    pub(super) draft: &'a Draft,
    pub(super) desk: Option<&'a Desk>,
    pub(super) previous: Option<AnswerValue>,
    pub(super) similar: Vec<TicketRow>,
}

pub(super) fn rendered(pack: &Pack, step: Step, shell: Shell<'_>) -> GuideView {
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let folded = |answered: Vec<convention::Answered>| -> Vec<Answered> {
        answered
            .into_iter()
            .map(|line| Answered {
                question: line.question,
                label: line.label,
                text: line.text,
                can_change: true,
            })
            .collect()
    };
    let mut view = GuideView {
        draft_id: shell.draft.id.clone(),
        title: shell.draft.title.clone(),
        started: shell.draft.started.clone(),
        saved_at_ms: shell.draft.updated_at_ms,
        pack_version: shell.draft.pack_version.clone(),
        answered: Vec::new(),
        number: 0,
        expected: 0,
        question: None,
        summary: None,
        route: None,
        activity_label: None,
        will_be_sent: false,
        attached: Vec::new(),
        similar: shell.similar,
    };
    match step {
        Step::Ask {
            question: asked,
            progress,
            answered,
            route,
            activity,
            attached_facts,
        } => {
            view.answered = folded(answered);
            view.number = size(progress.number);
            view.expected = size(progress.expected);
            view.question = Some(question(asked, shell.previous));
            view.will_be_sent = shell.desk.is_some()
                && route
                    .as_ref()
                    .is_some_and(|route| submission::leaves(route.channel));
            view.activity_label = activity.map(|activity| activity_label(activity.into()));
            view.route = route.map(Route::from);
            view.attached = attached_facts;
        }
        Step::Ready { summary, answered } => {
            view.answered = folded(answered);
            view.number = size(view.answered.len());
            view.expected = view.number;
            view.attached = summary.attached_facts.clone();
            view.activity_label = Some(activity_label(Activity::from(summary.activity)));
            view.title = summary.title.clone();
            view.will_be_sent = !summary.settled
                && submission::leaves(summary.route.channel)
                && shell.desk.is_some();
            let route = Route::from(summary.route);
            view.route = Some(route.clone());
            view.summary = Some(Summary {
                title: summary.title,
                service_label: service_label(pack, &summary.service),
                service: summary.service,
                activity: summary.activity.into(),
                nature: summary.nature.into(),
                perimeter: summary.perimeter.map(Into::into),
                route,
                impact: summary.impact.into(),
                urgency: summary.urgency.into(),
                description: summary.description,
                consequences: summary.consequences,
                settled: summary.settled,
            });
        }
    }
    view
}
