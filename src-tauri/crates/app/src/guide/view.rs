//! One step of the pure guide as the window shows it, with what surrounds it: who can be called, what is like it, what
//! is joined.

use std::collections::BTreeMap;

use convention::{Answer, Answers, Channel, EquipmentFamily, Facts, Pack, Step};
use store::{Connection, draft::Draft};

use super::{callers, facts, ground::Ground};
use crate::{
    App, Error,
    convention_view::{activity_label, service_label},
    submission,
    tickets::{self, attachments},
    wire::{
        Activity, AnswerValue, Answered, Attachment, Category, Choice, Contact, Field, FieldKind,
        GuideView, Question, QuestionKind, Reflexes, Route, Summary, TicketRow, Trial,
    },
};

/// How many open dossiers about the same thing are worth showing.
const SIMILAR: usize = 3;

impl From<Answer> for AnswerValue {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::One(text) => Self::One(text),
            Answer::Several(list) => Self::Several(list),
            Answer::Fields(texts) => Self::Fields(texts),
        }
    }
}

impl From<AnswerValue> for Answer {
    fn from(value: AnswerValue) -> Self {
        match value {
            AnswerValue::One(text) => Self::One(text),
            AnswerValue::Several(list) => Self::Several(list),
            AnswerValue::Fields(texts) => Self::Fields(texts),
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
            convention::QuestionKind::Trials => Self::Trials,
            convention::QuestionKind::Fields => Self::Fields,
        }
    }
}

impl From<convention::FieldKind> for FieldKind {
    fn from(kind: convention::FieldKind) -> Self {
        match kind {
            convention::FieldKind::Line => Self::Line,
            convention::FieldKind::Long => Self::Long,
            convention::FieldKind::Number => Self::Number,
            convention::FieldKind::Phone => Self::Phone,
            convention::FieldKind::Day => Self::Day,
        }
    }
}

impl From<convention::Reflexes> for Reflexes {
    fn from(reflexes: convention::Reflexes) -> Self {
        Self {
            title: reflexes.title,
            now: reflexes.now,
            never: reflexes.never,
            warn: reflexes.warn,
        }
    }
}

impl From<convention::Category> for Category {
    fn from(category: convention::Category) -> Self {
        Self {
            label: category.label,
            value: category.value,
            to_confirm: category.to_confirm,
        }
    }
}

/// What surrounds a step of the guide.
#[derive(Default)]
pub(super) struct Around {
    previous: Option<AnswerValue>,
    /// The rooms that can be meant whole.
    rooms: Vec<Choice>,
    similar: Vec<TicketRow>,
    callers: Vec<Contact>,
    attachments: Vec<Attachment>,
    newer_pack: Option<String>,
    /// There is a collège to send it from.
    open: bool,
}

fn question(
    question: convention::Question,
    rooms: Vec<Choice>,
    previous: Option<AnswerValue>,
) -> Question {
    use convention::QuestionKind::{Equipment, Fields, Room};
    let none = matches!(question.kind, Equipment | Room).then(|| Choice {
        id: convention::NONE_OF_THEM.to_owned(),
        label: "Pas dans le registre".to_owned(),
        hint: None,
        group: None,
    });
    let known: BTreeMap<String, String> = question
        .fields
        .iter()
        .filter_map(|field| Some((field.id.clone(), field.known.clone()?)))
        .collect();
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
            .chain(rooms)
            .collect(),
        optional: question.optional,
        example: question.example,
        trials: question
            .trials
            .into_iter()
            .map(|trial| Trial {
                id: trial.id,
                text: trial.text,
            })
            .collect(),
        fields: question
            .fields
            .into_iter()
            .map(|field| Field {
                id: field.id,
                label: field.label,
                hint: field.hint,
                kind: field.kind.into(),
            })
            .collect(),
        previous: previous
            .or((question.kind == Fields && !known.is_empty())
                .then_some(AnswerValue::Fields(known))),
    }
}

fn similar(
    conn: &Connection,
    facts: &Facts,
    place: Option<&str>,
    service: Option<&str>,
    now_ms: i64,
) -> Result<Vec<TicketRow>, Error> {
    let machine = facts.equipment.as_ref().map(|machine| machine.id.as_str());
    let mut found = store::ticket::similar_open(conn, place, machine, service.unwrap_or_default())?;
    for machine in facts.group.iter().flat_map(|group| &group.machines) {
        for ticket in store::ticket::similar_open(conn, None, Some(&machine.id), "")? {
            if !found.iter().any(|known| known.id == ticket.id) {
                found.push(ticket);
            }
        }
    }
    found
        .iter()
        .take(SIMILAR)
        .map(|ticket| tickets::row(conn, ticket, now_ms))
        .collect()
}

/// What the step already says of the request.
struct Said<'a> {
    service: Option<&'a str>,
    channel: Option<Channel>,
    reflexes: Option<&'a convention::Reflexes>,
    /// The family of the machine that is asked for.
    wanted: Option<EquipmentFamily>,
}

fn said(step: &Step) -> Said<'_> {
    match step {
        Step::Ask {
            question,
            service,
            family,
            route,
            reflexes,
            ..
        } => Said {
            service: service.as_deref(),
            channel: route.as_ref().map(|route| route.channel),
            reflexes: reflexes.as_ref(),
            wanted: family.filter(|_| question.kind == convention::QuestionKind::Equipment),
        },
        Step::Ready { summary, .. } => Said {
            service: Some(&summary.service),
            channel: Some(summary.route.channel),
            reflexes: summary.reflexes.as_ref(),
            wanted: None,
        },
    }
}

/// Everything a screen shows at this point of the answers.
pub(super) fn view_of(
    conn: &Connection,
    app: &App,
    ground: &Ground,
    draft: &Draft,
    answers: &Answers,
    previous: Option<AnswerValue>,
) -> Result<GuideView, Error> {
    let pack = ground.pack();
    let (facts, step) = facts::step(conn, app, &ground.convention, answers)?;
    let said = said(&step);
    let place = facts::place(conn, pack, answers)?;
    let around = Around {
        previous,
        rooms: match said.wanted {
            Some(family) => facts::whole_rooms(conn, family)?,
            None => Vec::new(),
        },
        similar: similar(conn, &facts, place.as_deref(), said.service, app.now_ms())?,
        callers: match (said.reflexes, said.channel, said.service) {
            (Some(reflexes), _, service) => callers::to_warn(conn, reflexes, service)?,
            (None, Some(Channel::Vendor), Some(service)) => callers::vendor(conn, service)?,
            _ => Vec::new(),
        },
        attachments: attachments::of_draft(conn, &draft.id)?,
        newer_pack: ground.newer.clone(),
        open: true,
    };
    Ok(rendered(pack, step, draft, around))
}

fn folded(answered: Vec<convention::Answered>) -> Vec<Answered> {
    answered
        .into_iter()
        .map(|line| Answered {
            question: line.question,
            label: line.label,
            text: match line.text.as_str() {
                "" => "Rien à ajouter".to_owned(),
                _ => line.text,
            },
            can_change: true,
        })
        .collect()
}

fn summarised(pack: &Pack, summary: convention::Summary) -> Summary {
    Summary {
        title: summary.title,
        service_label: service_label(pack, &summary.service),
        service: summary.service,
        activity: summary.activity.into(),
        nature: summary.nature.into(),
        perimeter: summary.perimeter.map(Into::into),
        route: Route::from(summary.route),
        impact: summary.impact.into(),
        urgency: summary.urgency.into(),
        description: summary.description,
        consequences: summary.consequences,
        checklist: summary.checklist,
        categories: summary.categories.into_iter().map(Into::into).collect(),
        settled: summary.settled,
    }
}

pub(super) fn rendered(pack: &Pack, step: Step, draft: &Draft, around: Around) -> GuideView {
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mut view = GuideView {
        draft_id: draft.id.clone(),
        title: draft.title.clone(),
        started: draft.started.clone(),
        saved_at_ms: draft.updated_at_ms,
        pack_version: pack.manifest.version.clone(),
        answered: Vec::new(),
        number: 0,
        expected: 0,
        question: None,
        summary: None,
        route: None,
        activity_label: None,
        will_be_sent: false,
        attached: Vec::new(),
        similar: around.similar,
        reflexes: None,
        callers: around.callers,
        attachments: around.attachments,
        newer_pack: around.newer_pack,
    };
    match step {
        Step::Ask {
            question: asked,
            progress,
            answered,
            route,
            activity,
            attached_facts,
            reflexes,
            ..
        } => {
            view.answered = folded(answered);
            view.number = size(progress.number);
            view.expected = size(progress.expected);
            view.question = Some(question(asked, around.rooms, around.previous));
            view.will_be_sent = around.open
                && route
                    .as_ref()
                    .is_some_and(|route| submission::leaves(route.channel));
            view.activity_label = activity.map(|activity| activity_label(activity.into()));
            view.route = route.map(Route::from);
            view.attached = attached_facts;
            view.reflexes = reflexes.map(Into::into);
        }
        Step::Ready { summary, answered } => {
            view.answered = folded(answered);
            view.number = size(view.answered.len());
            view.expected = view.number;
            view.attached = summary.attached_facts.clone();
            view.activity_label = Some(activity_label(Activity::from(summary.activity)));
            view.title = summary.title.clone();
            view.will_be_sent =
                around.open && !summary.settled && submission::leaves(summary.route.channel);
            view.reflexes = summary.reflexes.clone().map(Into::into);
            let summary = summarised(pack, summary);
            view.route = Some(summary.route.clone());
            view.summary = Some(summary);
        }
    }
    view
}
