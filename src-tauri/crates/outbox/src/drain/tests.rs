//! The life of a dossier in the queue, against a platform that answers what the test says.

mod acts;
mod doubt;
mod follow;
mod sending;

use std::sync::Mutex;

use platform::Creation;
use store::ticket::Ticket;

use super::*;
use crate::stage::*;
use crate::{enqueue, recover, reopen, resolve_by_hand, resume_as_draft, retry_now, withdraw};
