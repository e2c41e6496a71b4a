//! The kinds of trouble a seed can meet, and the count of those it really met.
//!
//! Invariant: a fault counts when it struck a request, a write or a wait, not when it was planned.

use std::collections::BTreeMap;

use rand::RngExt;
use rand::rngs::StdRng;
use sandbox::{Fault, On, Seen};

/// How often each kind struck.
pub type Met = BTreeMap<&'static str, u64>;

/// Every kind. A long run meets them all.
pub const KINDS: [&str; 34] = [
    "create: stored, no answer",
    "create: dropped before",
    "create: reset",
    "create: 92 stored",
    "create: 92",
    "create: 93",
    "create: 9093",
    "create: 502",
    "create: 502 stored",
    "create: 429",
    "create: 503",
    "create: slow",
    "create: slow stored",
    "create: cut JSON",
    "create: 201 empty",
    "create: portal",
    "create: redirect",
    "create: token dies",
    "create: arrives late",
    "create: refused",
    "read: no answer",
    "read: busy",
    "read: cut JSON",
    "read: portal",
    "read: token dies",
    "login: no answer",
    "login: portal",
    "network cut",
    "crash: queueing",
    "crash: before a call",
    "crash: after a creation",
    "crash: after a look-up",
    "crash: starting up",
    "clock set back",
];

/// A fault of the wire with the requests it waits for.
#[derive(Clone, Copy)]
pub struct Planned {
    pub on: On,
    pub fault: Fault,
    pub kind: &'static str,
}

impl Planned {
    fn matches(&self, seen: &Seen) -> bool {
        let arsys = seen.path.starts_with("/api/arsys/");
        match self.on {
            On::Login => seen.path == "/api/jwt/login",
            On::Create => arsys && seen.method == "POST",
            On::Read => arsys && seen.method == "GET",
            On::Arsys => arsys,
            On::Any => true,
        }
    }
}

/// The queue of the sandbox, mirrored so that a strike can be told from a plan.
#[derive(Default)]
pub struct Queue {
    waiting: Vec<Planned>,
    read: usize,
}

impl Queue {
    pub fn push(&mut self, planned: Planned) {
        self.waiting.push(planned);
    }

    pub fn clear(&mut self) {
        self.waiting.clear();
    }

    /// Counts the faults that struck the requests made since the last call.
    pub fn count(&mut self, history: &[Seen], met: &mut Met) {
        for seen in history.iter().skip(self.read) {
            if let Some(at) = self
                .waiting
                .iter()
                .position(|planned| planned.matches(seen))
            {
                *met.entry(self.waiting.remove(at).kind).or_default() += 1;
            }
        }
        self.read = history.len();
    }
}

pub fn draw(rng: &mut StdRng) -> Planned {
    let seconds = rng.random_range(1..300);
    let table = [
        (
            On::Create,
            Fault::CommitThenDrop,
            "create: stored, no answer",
        ),
        (On::Create, Fault::DropBefore, "create: dropped before"),
        (On::Create, Fault::Reset, "create: reset"),
        (
            On::Create,
            Fault::Arerr92 { committed: true },
            "create: 92 stored",
        ),
        (
            On::Create,
            Fault::Arerr92 { committed: false },
            "create: 92",
        ),
        (On::Create, Fault::Arerr93, "create: 93"),
        (On::Create, Fault::Arerr9093, "create: 9093"),
        (On::Create, Fault::BadGateway, "create: 502"),
        (
            On::Create,
            Fault::BadGatewayAfterCommit,
            "create: 502 stored",
        ),
        (
            On::Create,
            Fault::TooMany {
                retry_after_s: seconds,
            },
            "create: 429",
        ),
        (
            On::Create,
            Fault::Unavailable {
                retry_after_s: seconds,
            },
            "create: 503",
        ),
        (On::Create, Fault::TruncatedJson, "create: cut JSON"),
        (On::Create, Fault::EmptyCreated, "create: 201 empty"),
        (On::Create, Fault::CaptivePortal, "create: portal"),
        (On::Create, Fault::RedirectElsewhere, "create: redirect"),
        (On::Create, Fault::ExpireToken, "create: token dies"),
        (On::Read, Fault::DropBefore, "read: no answer"),
        (On::Read, Fault::BadGateway, "read: busy"),
        (
            On::Read,
            Fault::Unavailable {
                retry_after_s: seconds,
            },
            "read: busy",
        ),
        (On::Read, Fault::TruncatedJson, "read: cut JSON"),
        (On::Read, Fault::CaptivePortal, "read: portal"),
        (On::Read, Fault::ExpireToken, "read: token dies"),
        (On::Login, Fault::DropBefore, "login: no answer"),
        (On::Login, Fault::CaptivePortal, "login: portal"),
        (
            On::Create,
            Fault::Slow {
                ms: 60_000,
                committed: false,
            },
            "create: slow",
        ),
        (
            On::Create,
            Fault::Slow {
                ms: 60_000,
                committed: true,
            },
            "create: slow stored",
        ),
    ];
    let (on, fault, kind) = table[rng.random_range(0..table.len())];
    Planned { on, fault, kind }
}
