//! One walk through the script: from the first question to the first that is not answered.
//!
//! Invariant: the walk is a function of pack, overlay, answers and facts, and goes through the script once,
//! so it ends. An answer counts only where its question applies; elsewhere it is passed over, untouched.

use super::script::{Item, Kind};
pub(crate) use super::state::State;
use crate::{answers::Answers, overlay::Overlay, pack::Pack, step::Facts};

#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub pack: &'a Pack,
    pub overlay: &'a Overlay,
    pub facts: &'a Facts,
}

pub(crate) struct Walk<'a> {
    pub state: State<'a>,
    /// The question to ask, with its place in the script.
    pub pending: Option<(usize, &'a Item)>,
}

pub(crate) fn walk<'a>(ground: Ground<'a>, answers: &Answers) -> Walk<'a> {
    resume(State::new(ground), 0, answers)
}

/// Goes on from a place of the script with what was settled before it.
pub(crate) fn resume<'a>(mut state: State<'a>, from: usize, answers: &Answers) -> Walk<'a> {
    let items = state.ground.pack.guide.items.iter().enumerate();
    for (place, item) in items.skip(from) {
        if state.effects.settled || !state.holds(&item.when) {
            continue;
        }
        if item.kind == Kind::Deduction {
            state.settle(&item.effects);
        } else if let Some(answer) = answers
            .get(&item.id)
            .filter(|answer| state.accepts(item, answer))
        {
            state.take(item, answer);
        } else if state.asks(item) {
            return Walk {
                state,
                pending: Some((place, item)),
            };
        }
    }
    Walk {
        state,
        pending: None,
    }
}

/// How many questions are left on the likeliest way, the pending one included.
pub(crate) fn left(mut state: State<'_>, from: usize) -> usize {
    let mut count = 0;
    for item in state.ground.pack.guide.items.iter().skip(from) {
        if state.effects.settled || !state.holds(&item.when) {
            continue;
        }
        if item.kind == Kind::Deduction {
            state.settle(&item.effects);
        } else if state.asks(item) {
            count += 1;
            state.suppose(item);
        }
    }
    count
}
