//! Files kept with a machine, a purchase or a loan: invoice, photo, signed form.
//!
//! Invariant: what a file is said to be comes from its content, not from its name; only a picture that the window can
//! draw is given to it as one. A file is kept whole inside the encrypted store, and leaves it as a copy.
//! Left out on purpose: changing a file. Another version is another document.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use store::{Connection, Transaction, document};

use crate::{
    App, Error, equipment, labels, loans, purchases,
    tickets::word,
    wire::{
        ById, Document, DocumentForm, DocumentKind, DocumentOwner, DocumentPicture, Nothing,
        OwnerKind, SavedFile,
    },
};

/// In bytes: what a person joins is a paper or a photo; the register must stay quick to copy.
const LARGEST: usize = 25 * 1024 * 1024;

/// The pictures that the window draws, by how their content begins.
pub(crate) fn picture(content: &[u8]) -> Option<&'static str> {
    match content {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}

/// The office's usual papers, told by their name once they are known not to be pictures.
fn paper(name: &str, content: &[u8]) -> &'static str {
    if content.starts_with(b"%PDF-") {
        return "application/pdf";
    }
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .unwrap_or_default();
    match extension.as_str() {
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "eml" => "message/rfc822",
        _ => "application/octet-stream",
    }
}

pub(crate) fn wire(row: document::Document) -> Result<Document, Error> {
    let kind = word(DocumentKind::from_id, &row.kind)?;
    Ok(Document {
        id: row.id,
        kind,
        label: labels::document_kind(kind).to_owned(),
        picture: row.media_type.starts_with("image/"),
        name: row.name,
        media_type: row.media_type,
        size: u32::try_from(row.size).unwrap_or(u32::MAX),
        created_at_ms: row.created_at_ms,
    })
}

pub(crate) fn wires(rows: Vec<document::Document>) -> Result<Vec<Document>, Error> {
    rows.into_iter().map(wire).collect()
}

/// A file of the tray that can be kept, and what its content says it is.
pub(crate) struct Received {
    pub(crate) name: String,
    pub(crate) media_type: &'static str,
    pub(crate) picture: bool,
    pub(crate) bytes: Arc<[u8]>,
}

pub(crate) fn received(app: &App, file_id: &str) -> Result<Received, Error> {
    let file = app.taken(file_id)?;
    if file.bytes.len() > LARGEST {
        return Err(Error::refused(
            "file_id",
            "Ce fichier dépasse 25 Mo. Réduisez-le, par exemple en numérisant en noir et blanc.",
        ));
    }
    let picture = picture(&file.bytes);
    Ok(Received {
        media_type: picture.unwrap_or_else(|| paper(&file.name, &file.bytes)),
        picture: picture.is_some(),
        name: plain_name(&file.name),
        bytes: file.bytes,
    })
}

/// Keeps a file of the tray, in the transaction of what it proves.
pub(crate) fn keep(
    tx: &Transaction,
    app: &App,
    owner: DocumentOwner,
    kind: DocumentKind,
    file_id: &str,
) -> Result<document::Document, Error> {
    let file = received(app, file_id)?;
    if kind == DocumentKind::Photo && !file.picture {
        return Err(Error::refused(
            "file_id",
            "Ce fichier n’est pas une image que Relais sait montrer (PNG, JPEG, WebP ou GIF). Enregistrez-la en JPEG, ou gardez ce fichier comme « Autre document ».",
        ));
    }
    let now = app.now_ms();
    let mut row = document::Document {
        id: store::new_id(now, &mut rand::rng()),
        kind: kind.id().to_owned(),
        media_type: file.media_type.to_owned(),
        name: file.name,
        created_at_ms: now,
        ..Default::default()
    };
    match owner.kind {
        OwnerKind::Equipment => row.equipment_id = Some(equipment::find(tx, &owner.id)?.id),
        OwnerKind::Purchase => row.purchase_id = Some(purchases::find(tx, &owner.id)?.id),
        OwnerKind::Loan => row.loan_id = Some(loans::find(tx, &owner.id)?.id),
    }
    Ok(document::add(tx, &row, &file.bytes)?)
}

/// A name that every system accepts: the copy may be made on another one.
pub(crate) fn plain_name(name: &str) -> String {
    let clean: String = name
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*') {
                '-'
            } else {
                c
            }
        })
        .collect();
    match clean.trim_matches([' ', '.']) {
        "" => "document".to_owned(),
        name => name.to_owned(),
    }
}

pub(crate) fn add(app: &App, form: DocumentForm) -> Result<Document, Error> {
    let kept = app
        .desk()?
        .store
        .write(|tx| keep(tx, app, form.owner, form.kind, &form.file_id))?;
    wire(kept)
}

fn find(conn: &Connection, id: &str) -> Result<document::Document, Error> {
    document::get(conn, id)?.ok_or(Error::NotFound("Ce document"))
}

fn content(conn: &Connection, id: &str) -> Result<Vec<u8>, Error> {
    document::content(conn, id)?.ok_or(Error::NotFound("Ce document"))
}

pub(crate) fn remove(app: &App, request: ById) -> Result<Nothing, Error> {
    app.desk()?.store.write(|tx| {
        find(tx, &request.id)?;
        document::remove(tx, &request.id)?;
        Ok(Nothing {})
    })
}

pub(crate) fn copy(app: &App, request: ById) -> Result<SavedFile, Error> {
    let (name, content) = app.desk()?.store.read(|conn| -> Result<_, Error> {
        Ok((find(conn, &request.id)?.name, content(conn, &request.id)?))
    })?;
    // A name that came with somebody else's file was never cleaned here.
    app.save_file(&plain_name(&name), &content)
}

pub(crate) fn picture_of(app: &App, request: ById) -> Result<DocumentPicture, Error> {
    let content = app.desk()?.store.read(|conn| content(conn, &request.id))?;
    let media_type = picture(&content).ok_or_else(|| {
        Error::refused(
            "id",
            "Ce document n’est pas une image : ouvrez-en une copie.",
        )
    })?;
    Ok(DocumentPicture {
        media_type: media_type.to_owned(),
        base64: STANDARD.encode(&content),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_folder() {
        for (given, kept) in [
            ("..", "document"),
            ("facture: 12/2026?.pdf", "facture- 12-2026-.pdf"),
            ("Facture n° 12.pdf", "Facture n° 12.pdf"),
        ] {
            assert_eq!(
                plain_name(given),
                kept,
                "« {given} » can be written anywhere"
            );
        }
    }

    #[test]
    fn a_picture_is_told_by_its_content() {
        assert_eq!(
            picture(b"GIF89a\x01"),
            Some("image/gif"),
            "by its first bytes"
        );
        assert_eq!(picture(b"<svg onload=x>"), None, "never by what it claims");
        assert_eq!(
            paper("photo.png", b"MZ\x90"),
            "application/octet-stream",
            "a program named as a picture is no picture"
        );
    }
}
