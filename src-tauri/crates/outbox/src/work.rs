//! What an item asks of the platform: a dossier to open, or something to tell about one.
//!
//! Invariant: what is read back is what was frozen, or an error; a version this program does not know is never guessed at.

use platform::{Act, Creation, FOLLOW_UP_VERSION, FollowUp, PAYLOAD_VERSION};
use serde::{Serialize, de::DeserializeOwned};
use store::outbox::OutboxItem;

use crate::Error;

/// The frozen payload of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    Creation(Creation),
    FollowUp(FollowUp),
}

/// The operation's name of a creation.
pub(crate) const CREATION: &str = "creation";

impl Work {
    pub fn identity(&self) -> &str {
        match self {
            Work::Creation(creation) => &creation.identity,
            Work::FollowUp(follow_up) => &follow_up.identity,
        }
    }

    pub(crate) fn reference(&self) -> &str {
        match self {
            Work::Creation(creation) => &creation.reference,
            Work::FollowUp(follow_up) => &follow_up.reference,
        }
    }

    /// As the store names it.
    pub(crate) fn operation(&self) -> &'static str {
        match self {
            Work::Creation(_) => CREATION,
            Work::FollowUp(follow_up) => match follow_up.act {
                Act::Note { .. } => "note",
                Act::Attachment { .. } => "piece-jointe",
                Act::AcceptResolution => "accepter",
                Act::RefuseResolution => "refuser",
                Act::Cancel => "annuler",
            },
        }
    }

    /// The text that is kept, and its version.
    pub(crate) fn frozen(&self) -> Result<(String, i64), Error> {
        fn text<T: Serialize>(value: &T) -> Result<String, Error> {
            serde_json::to_string(value).map_err(|error| Error::Payload {
                id: 0,
                detail: error.to_string(),
            })
        }
        Ok(match self {
            Work::Creation(creation) => (text(creation)?, PAYLOAD_VERSION),
            Work::FollowUp(follow_up) => (text(follow_up)?, FOLLOW_UP_VERSION),
        })
    }

    /// # Errors
    /// When the payload is of another version, or not what its operation says.
    pub fn thawed(item: &OutboxItem) -> Result<Work, Error> {
        fn read<T: DeserializeOwned>(item: &OutboxItem, known: i64) -> Result<T, String> {
            if item.payload_version != known {
                return Err(format!("version {}", item.payload_version));
            }
            serde_json::from_str(&item.payload).map_err(|error| error.to_string())
        }
        let work = if item.operation == CREATION {
            read(item, PAYLOAD_VERSION).map(Work::Creation)
        } else {
            read(item, FOLLOW_UP_VERSION).map(Work::FollowUp)
        };
        work.map_err(|detail| Error::Payload {
            id: item.id,
            detail,
        })
    }
}
