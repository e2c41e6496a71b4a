//! From a finished form to a dossier and its envoi.
//!
//! Invariant: the dossier, its first event, its steps, its files, its frozen envoi and the
//! end of the draft are one transaction: a crash leaves either the draft or the dossier,
//! never both nor none. A class of the platform that nobody confirmed is kept, not sent.
//! Left out on purpose: sending, which is the exchange's.

use convention::{Answers, Channel, Pack, Summary};
use platform::Creation;
use store::Transaction;

use crate::{
    App, Error,
    desk::Desk,
    guide::{self, Ground},
    labels::NNBSP,
    principal::Way,
    tickets::Frozen,
    wire::{EventKind, GuideSubmitted, Route, TicketState},
};

/// Whether a request of this way goes through the assistance platform. Calling the vendor
/// and what the gestionnaire réseau does himself stay in the collège.
pub(crate) fn leaves(channel: Channel) -> bool {
    matches!(
        channel,
        Channel::Platform | Channel::PriorValidation | Channel::Security
    )
}

/// A finished form.
pub(crate) struct Complete {
    pub(crate) ground: Ground,
    pub(crate) answers: Answers,
    pub(crate) summary: Summary,
    /// It goes with the dossier made.
    pub(crate) draft: Option<String>,
}

/// `complete` reads the form in the transaction that makes its dossier.
pub(crate) fn submit(
    app: &App,
    desk: &Desk,
    complete: impl FnOnce(&Transaction) -> Result<Complete, Error>,
) -> Result<GuideSubmitted, Error> {
    let (filed, summary) = desk.store.write(|tx| -> Result<_, Error> {
        let form = complete(tx)?;
        let filed = file(tx, app, &form.ground, &form.answers, &form.summary)?;
        if let Some(draft) = &form.draft {
            store::attachment::move_to_ticket(tx, draft, &filed.ticket_id)?;
            store::draft::remove(tx, draft)?;
        }
        Ok((filed, form.summary))
    })?;
    if filed.sent {
        desk.exchange.wake();
    }
    let by_hand = !desk.exchange.platform().capabilities().sends;
    let sentence = match (summary.settled, filed.sent, summary.route.channel) {
        (true, ..) => "Trace gardée : rien n’a été envoyé.".to_owned(),
        (_, true, _) if by_hand => "Dossier prêt à recopier dans le portail.".to_owned(),
        (_, true, _) => "Dossier mis en file d’envoi.".to_owned(),
        (.., Channel::Vendor) => {
            format!("Dossier enregistré{NNBSP}: appelez l’éditeur, puis notez sa réponse ici.")
        }
        _ if summary.checklist.is_empty() => "Dossier enregistré pour le collège.".to_owned(),
        _ => format!("Dossier enregistré pour le collège{NNBSP}: suivez ses étapes."),
    };
    Ok(GuideSubmitted {
        ticket_id: filed.ticket_id,
        reference: filed.reference,
        queued: filed.sent,
        sentence,
    })
}

/// A dossier that has just been made.
pub(crate) struct Filed {
    pub(crate) ticket_id: String,
    pub(crate) reference: String,
    /// Its envoi waits in the queue: the exchange is to be woken once this is committed.
    pub(crate) sent: bool,
}

/// Makes the dossier, its first event and its envoi, in the transaction of whatever asked for it.
pub(crate) fn file(
    tx: &Transaction,
    app: &App,
    ground: &Ground,
    answers: &Answers,
    summary: &Summary,
) -> Result<Filed, Error> {
    let pack = ground.pack();
    let now = app.now_ms();
    let mut rng = rand::rng();
    let sent = leaves(summary.route.channel) && !summary.settled;
    let frozen = Frozen {
        route: Route::from(summary.route.clone()),
        categories: summary.categories.iter().cloned().map(Into::into).collect(),
    };
    let json = |error: serde_json::Error| Error::Internal(error.to_string());
    let machine = guide::machine(tx, pack, answers)?;
    let reference = fresh_reference(tx)?;
    let ticket = store::ticket::Ticket {
        id: store::new_id(now, &mut rng),
        reference: Some(reference.clone()),
        number: None,
        title: summary.title.clone(),
        description: summary.description.clone(),
        service: summary.service.clone(),
        activity: summary.activity.to_string(),
        nature: summary.nature.to_string(),
        perimeter: summary.perimeter.map(|perimeter| perimeter.to_string()),
        party: summary.route.party.to_string(),
        basis: summary.route.basis.to_string(),
        source: summary
            .route
            .source
            .as_ref()
            .map(|source| source.code.clone()),
        channel: summary.route.channel.to_string(),
        impact: summary.impact.to_string(),
        urgency: summary.urgency.to_string(),
        // A machine of the register says the room when the form did not ask.
        room_id: guide::place(tx, pack, answers)?,
        equipment_id: machine.map(|machine| machine.id),
        state: if summary.settled {
            TicketState::Closed
        } else {
            TicketState::Open
        }
        .id()
        .to_owned(),
        platform_status: None,
        waiting_on_me: false,
        pack_version: pack.manifest.version.clone(),
        pack: ground.row.clone(),
        answers: serde_json::to_string(answers).map_err(json)?,
        summary: serde_json::to_string(&frozen).map_err(json)?,
        created_at_ms: now,
        updated_at_ms: now,
        closed_at_ms: summary.settled.then_some(now),
        origin: String::new(),
    };
    store::ticket::insert(tx, &ticket)?;
    store::ticket::add_machines(tx, &ticket.id, &summary.machines)?;
    if !summary.settled {
        store::task::add(tx, &ticket.id, &summary.checklist, now, &mut rng)?;
    }
    store::event::add(
        tx,
        &store::event::TicketEvent {
            id: store::new_id(now, &mut rng),
            ticket_id: ticket.id.clone(),
            at_ms: now,
            author: "moi".to_owned(),
            kind: EventKind::Creation.id().to_owned(),
            text: opening_words(summary, sent).to_owned(),
            ..Default::default()
        },
    )?;
    if sent {
        let profile = store::profile::get(tx)?.ok_or(Error::NotReady)?;
        if profile.first_name.is_empty() || profile.last_name.is_empty() {
            return Err(Error::refused(
                "last_name",
                "La plateforme demande votre prénom et votre nom : complétez-les dans Réglages, puis recommencez.",
            ));
        }
        let creation = creation(
            pack,
            summary,
            (&profile, &Way::of(tx)?),
            &ticket,
            &reference,
        )?;
        outbox::enqueue(
            tx,
            &ticket.id,
            store::destination::PRINCIPAL,
            &creation,
            now,
        )?;
    }
    Ok(Filed {
        ticket_id: ticket.id,
        reference,
        sent,
    })
}

fn opening_words(summary: &Summary, sent: bool) -> &'static str {
    match (summary.settled, sent) {
        (true, _) => "Réglé sur place : trace gardée sans envoi.",
        (false, true) => "Dossier créé, mis en file d’envoi.",
        (false, false) => "Dossier créé, suivi au collège.",
    }
}

/// A reference that no dossier bears yet. Thirty bits: a draw already taken is drawn again.
fn fresh_reference(tx: &store::Transaction) -> Result<String, Error> {
    let mut rng = rand::rng();
    for _ in 0..64 {
        let reference = outbox::new_reference(&mut rng);
        if store::ticket::by_reference(tx, &reference)?.is_none() {
            return Ok(reference);
        }
    }
    Err(Error::Internal("no free reference".into()))
}

fn creation(
    pack: &Pack,
    summary: &Summary,
    (profile, way): (&store::profile::Profile, &Way),
    ticket: &store::ticket::Ticket,
    reference: &str,
) -> Result<Creation, Error> {
    let words = &pack.platform;
    let missing = |what: &str| Error::Internal(format!("the pack maps no {what} to the platform"));
    Ok(Creation {
        identity: ticket.id.clone(),
        reference: reference.to_owned(),
        summary: summary.title.clone(),
        description: summary.description.clone(),
        impact: words
            .impact
            .get(&summary.impact)
            .ok_or_else(|| missing("impact"))?
            .value
            .clone(),
        urgency: words
            .urgency
            .get(&summary.urgency)
            .ok_or_else(|| missing("urgency"))?
            .value
            .clone(),
        service_type: words
            .nature
            .get(&summary.nature)
            .ok_or_else(|| missing("nature"))?
            .value
            .clone(),
        first_name: profile.first_name.clone(),
        last_name: profile.last_name.clone(),
        login: Some(way.login.clone()).filter(|login| !login.is_empty()),
        phone: profile.phone.clone(),
        site: None,
        // A value that the platform does not know would have it refuse everything.
        categories: summary
            .categories
            .iter()
            .filter(|category| category.to_confirm.is_none())
            .map(|category| (category.field.clone(), category.value.clone()))
            .collect(),
    })
}
