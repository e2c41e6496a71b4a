//! Photos and files joined to a draft or to a dossier.
//!
//! Invariant: what a file is said to be comes from its content; it is kept whole inside the encrypted store and leaves
//! it as a copy. On a dossier it stays: what was shown is part of its story. Left out on purpose: sending it with the
//! dossier.

use base64::{Engine, engine::general_purpose::STANDARD};
use store::{Connection, Transaction, attachment};

use super::{acts::event, find as find_ticket, show};
use crate::{
    App, Error, documents,
    labels::NNBSP,
    wire::{Attachment, ById, DocumentPicture, EventKind, SavedFile, TicketAttach, TicketView},
};

/// A desk does not look at more.
const MOST: usize = 20;

/// What a file is joined to.
pub(crate) enum Owner<'a> {
    Draft(&'a str),
    Ticket(&'a str),
}

fn wire(row: attachment::Attachment) -> Attachment {
    Attachment {
        id: row.id,
        name: row.name,
        picture: row.media_type.starts_with("image/"),
        media_type: row.media_type,
        size: u32::try_from(row.size).unwrap_or(u32::MAX),
    }
}

pub(crate) fn of_draft(conn: &Connection, draft: &str) -> Result<Vec<Attachment>, Error> {
    let rows = attachment::of_draft(conn, draft)?;
    Ok(rows.into_iter().map(wire).collect())
}

pub(super) fn of_ticket(conn: &Connection, ticket: &str) -> Result<Vec<Attachment>, Error> {
    let rows = attachment::of_ticket(conn, ticket)?;
    Ok(rows.into_iter().map(wire).collect())
}

/// Joins a file of the tray, and gives its name.
pub(crate) fn keep(
    tx: &Transaction,
    app: &App,
    owner: Owner<'_>,
    file_id: &str,
) -> Result<String, Error> {
    let file = documents::received(app, file_id)?;
    let (there, draft_id, ticket_id) = match owner {
        Owner::Draft(id) => (attachment::of_draft(tx, id)?, Some(id), None),
        Owner::Ticket(id) => (attachment::of_ticket(tx, id)?, None, Some(id)),
    };
    if there.len() >= MOST {
        return Err(Error::refused(
            "file_id",
            format!("Il y a déjà {MOST} fichiers ici{NNBSP}: rassemblez les suivants en un seul."),
        ));
    }
    let now = app.now_ms();
    let row = attachment::Attachment {
        id: store::new_id(now, &mut rand::rng()),
        draft_id: draft_id.map(str::to_owned),
        ticket_id: ticket_id.map(str::to_owned),
        name: file.name,
        media_type: file.media_type.to_owned(),
        created_at_ms: now,
        ..Default::default()
    };
    Ok(attachment::add(tx, &row, &file.bytes)?.name)
}

pub(crate) fn find(conn: &Connection, id: &str) -> Result<attachment::Attachment, Error> {
    attachment::get(conn, id)?.ok_or(Error::NotFound("Ce fichier"))
}

fn content(conn: &Connection, id: &str) -> Result<Vec<u8>, Error> {
    attachment::content(conn, id)?.ok_or(Error::NotFound("Ce fichier"))
}

pub(crate) fn attach(app: &App, request: TicketAttach) -> Result<TicketView, Error> {
    let now = app.now_ms();
    app.desk()?.store.write(|tx| -> Result<(), Error> {
        let ticket = find_ticket(tx, &request.id)?;
        let name = keep(tx, app, Owner::Ticket(&ticket.id), &request.file_id)?;
        let said = format!("Fichier joint{NNBSP}: {name}");
        event(tx, &ticket.id, now, "moi", EventKind::Note, &said)
    })?;
    show(app, ById { id: request.id })
}

pub(crate) fn attachment_copy(app: &App, request: ById) -> Result<SavedFile, Error> {
    let (name, content) = app.desk()?.store.read(|conn| -> Result<_, Error> {
        Ok((find(conn, &request.id)?.name, content(conn, &request.id)?))
    })?;
    // A name that came with somebody else's handover was never cleaned here.
    app.save_file(&documents::plain_name(&name), &content)
}

pub(crate) fn attachment_picture(app: &App, request: ById) -> Result<DocumentPicture, Error> {
    let content = app.desk()?.store.read(|conn| content(conn, &request.id))?;
    let media_type = documents::picture(&content).ok_or_else(|| {
        Error::refused(
            "id",
            "Ce fichier n’est pas une image : ouvrez-en une copie.",
        )
    })?;
    Ok(DocumentPicture {
        media_type: media_type.to_owned(),
        base64: STANDARD.encode(&content),
    })
}
