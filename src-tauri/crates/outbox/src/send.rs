//! One item made into one call: what it tells, about which dossier of the platform, with which file.
//!
//! Invariant: a file leaves only if it still is the one that was joined; a follow-up leaves only to a platform that has its dossier.

use std::fmt::Write as _;

use platform::{Accepted, Act, Counterpart, Platform, Reply};
use sha2::{Digest, Sha256};
use store::outbox::OutboxItem;
use store::{Connection, attachment, counterpart, mail, ticket};

use crate::{Error, Work};

/// Everything that a call needs, read before it leaves.
pub(crate) struct Call {
    work: Work,
    counterpart: Counterpart,
    content: Option<Vec<u8>>,
}

/// Why an item cannot be asked, whatever the platform would say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wedged {
    /// The dossier was never opened there.
    NoDossier,
    /// The file is gone, or is not the one that was joined.
    FileChanged,
}

impl Wedged {
    pub fn code(self) -> &'static str {
        match self {
            Wedged::NoDossier => "sans-dossier",
            Wedged::FileChanged => "fichier-change",
        }
    }

    pub fn reason(self) -> &'static str {
        match self {
            Wedged::NoDossier => "the platform does not have this dossier",
            Wedged::FileChanged => "the file is not the one that was joined",
        }
    }
}

pub(crate) fn call(
    conn: &Connection,
    item: &OutboxItem,
    work: Work,
) -> Result<Result<Call, Wedged>, Error> {
    let Work::FollowUp(follow_up) = &work else {
        return Ok(Ok(Call {
            work,
            counterpart: Counterpart::default(),
            content: None,
        }));
    };
    let Some(counterpart) = known_there(conn, item)? else {
        return Ok(Err(Wedged::NoDossier));
    };
    let mut content = None;
    if let Act::Attachment { id, sha256, .. } = &follow_up.act {
        let Some(bytes) = attachment::content(conn, id)? else {
            return Ok(Err(Wedged::FileChanged));
        };
        if hex(&Sha256::digest(&bytes)) != *sha256 {
            return Ok(Err(Wedged::FileChanged));
        }
        content = Some(bytes);
    }
    Ok(Ok(Call {
        work,
        counterpart,
        content,
    }))
}

/// The dossier as this destination knows it; `None` when it does not.
fn known_there(conn: &Connection, item: &OutboxItem) -> Result<Option<Counterpart>, Error> {
    let Some(there) = counterpart::get(conn, &item.ticket_id, &item.destination_id)? else {
        return Ok(None);
    };
    Ok(Some(Counterpart {
        reference: item.reference.clone(),
        title: ticket::get(conn, &item.ticket_id)?.map_or_else(String::new, |held| held.title),
        number: there.number,
        remote_id: there.remote_id,
        thread: mail::thread(conn, &item.ticket_id, &item.destination_id)?,
        subject_tag: there.subject_tag,
    }))
}

pub(crate) async fn send(platform: &dyn Platform, call: &Call) -> Reply<Accepted> {
    match &call.work {
        Work::Creation(creation) => platform.create(creation).await,
        Work::FollowUp(follow_up) => {
            platform
                .follow(&call.counterpart, follow_up, call.content.clone())
                .await
        }
    }
}

/// What of it is there already.
pub(crate) async fn look(platform: &dyn Platform, call: &Call) -> Reply<Vec<Accepted>> {
    match &call.work {
        Work::Creation(creation) => platform.find(&creation.reference).await,
        Work::FollowUp(follow_up) => platform.find_follow_up(&call.counterpart, follow_up).await,
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
