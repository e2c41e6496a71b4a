//! What a file would change: each row is created, updates one known thing, changes nothing, or is refused.
//!
//! Invariant: the plan is a pure function of what is known and of the file. It has exactly one verdict for each row
//! read, so that read = created + updated + unchanged + refused. A row updates one thing only when its marks all
//! agree on it; whatever could be two things is refused with both. Nothing here reads or writes the store.

mod matching;

use std::collections::{BTreeMap, HashMap};

use crate::{
    Error,
    import::{cells::Read, columns::Columns},
    labels::NNBSP,
    wire::{ImportChoices, MatchKey},
};

/// A field of the register that a column may feed. Values are texts, one for each meaning.
pub(super) struct Field<T: Subject> {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    /// What its column may be called besides its label, in French, in English, in GLPI and in OCS.
    pub(super) names: &'static str,
    /// An empty cell may empty it.
    pub(super) clears: bool,
    pub(super) read: fn(&T::Words, &str) -> Read,
    pub(super) get: fn(&T) -> String,
    pub(super) set: fn(&mut T, String),
    /// As a person reads it.
    pub(super) show: fn(&str) -> String,
}

/// What a file may hold: equipment or contacts.
pub(super) trait Subject: Clone + 'static {
    /// What its cells are read with.
    type Words;
    const FIELDS: &'static [Field<Self>];
    /// What may tell one from another, in the usual order.
    const KEYS: &'static [MatchKey];
    /// Two different marks of the same kind are two different things: a serial number never changes, a mail may.
    const FIRM: bool;
    /// « cet équipement »
    const THIS: &'static str;

    fn load(
        conn: &store::Connection,
        choices: &ImportChoices,
        format: intake::Format,
        new_id: Box<dyn FnMut() -> String>,
    ) -> Result<(Vec<Self>, Self::Words), Error>;
    /// What a field holds, as a person reads it.
    fn shown(field: &Field<Self>, _: &Self::Words, held: &str) -> String {
        (field.show)(held)
    }
    /// What a row without any cell would be.
    fn fresh() -> Self;
    fn written(&self, key: MatchKey) -> String;
    /// Whether nothing else tells them apart, their marks being the same.
    fn could_be(&self, other: &Self) -> bool;
    /// A mark that no two may share, and its field.
    fn own(&self) -> Option<(&'static str, String)>;
    fn id(&self) -> &str;
    fn name(&self) -> String;
    /// What helps to tell it from others of the same name.
    fn detail(&self) -> String;
    /// Completes what follows from the rest, and checks it. `given` says which fields the row fills.
    fn settle(
        &mut self,
        before: Option<&Self>,
        given: &dyn Fn(&str) -> bool,
        words: &mut Self::Words,
    ) -> Result<(), Fault>;
    /// Writes the plan under a batch.
    fn keep(
        plan: &mut Plan<Self>,
        words: &mut Self::Words,
        tx: &store::Transaction<'_>,
        batch: &str,
        now_ms: i64,
    ) -> Result<(), Error>;
    /// Codes of the rooms that the plan makes.
    fn new_rooms(words: &Self::Words) -> Vec<String>;
}

/// How the file is to be taken.
pub(super) struct Order<T: Subject> {
    pub(super) columns: Columns<T>,
    pub(super) keys: Vec<MatchKey>,
    pub(super) empty_clears: bool,
}

pub(super) struct Plan<T> {
    pub(super) known: Vec<T>,
    /// In the order of the file.
    pub(super) rows: Vec<Planned<T>>,
}

pub(super) struct Planned<T> {
    pub(super) line: u64,
    pub(super) origin: Option<String>,
    /// Its place among the rows of the table; none when it could not be read at all.
    pub(super) row: Option<usize>,
    pub(super) verdict: Verdict<T>,
}

pub(super) enum Verdict<T> {
    Created(T),
    Updated { known: usize, after: T },
    Unchanged,
    Refused(Fault),
}

/// Why a row is refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fault {
    /// The field at fault, or the heading when the reader found it.
    pub(super) column: Option<String>,
    pub(super) reason: String,
    /// Places among what is known.
    pub(super) candidates: Vec<usize>,
}

impl Fault {
    pub(super) fn of(field: &str, reason: impl Into<String>) -> Self {
        Self {
            column: Some(field.to_owned()),
            reason: reason.into(),
            candidates: Vec::new(),
        }
    }
}

/// Where a mark was met: on something known, or on a row of the file that will be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Known(usize),
    Row(usize),
}

/// « numéro de série »
pub(super) fn key_label(key: MatchKey) -> &'static str {
    match key {
        MatchKey::Serial => "numéro de série",
        MatchKey::Inventory => "numéro d’inventaire",
        MatchKey::Host => "nom sur le réseau",
        MatchKey::Email => "courriel",
        MatchKey::Name => "nom",
    }
}

fn mark<T: Subject>(subject: &T, key: MatchKey) -> Option<String> {
    Some(convention::text::fold(&subject.written(key))).filter(|mark| !mark.is_empty())
}

struct Planner<'a, T: Subject> {
    order: &'a Order<T>,
    known: Vec<T>,
    rows: Vec<Planned<T>>,
    // Looked up and never walked: their order is nobody's.
    marks: BTreeMap<MatchKey, HashMap<String, Vec<Slot>>>,
    owners: HashMap<String, Vec<Slot>>,
    /// The line that speaks of each known thing.
    claimed: BTreeMap<usize, u64>,
    /// What no chosen key can tell, by all that the file says of it.
    twins: HashMap<String, Vec<usize>>,
    /// What a cell of a column means: registers say the same few words thousands of times.
    meanings: HashMap<(&'static str, String), Read>,
}

/// The verdict on each row of a reading.
pub(super) fn plan<T: Subject>(
    known: Vec<T>,
    reading: &intake::Reading,
    order: &Order<T>,
    words: &mut T::Words,
    unread: impl Fn(&intake::Refusal) -> Fault,
) -> Plan<T> {
    let mut planner = Planner {
        order,
        known,
        rows: Vec::with_capacity(reading.table.rows.len()),
        marks: BTreeMap::new(),
        owners: HashMap::new(),
        claimed: BTreeMap::new(),
        twins: HashMap::new(),
        meanings: HashMap::new(),
    };
    planner.index_known();
    for (place, row) in reading.table.rows.iter().enumerate() {
        let verdict = planner.verdict(row, words).unwrap_or_else(Verdict::Refused);
        planner.take(place, row, verdict);
    }
    let mut rows = planner.rows;
    rows.extend(reading.refused.iter().map(|refusal| Planned {
        line: refusal.line,
        origin: refusal.origin.clone(),
        row: None,
        verdict: Verdict::Refused(unread(refusal)),
    }));
    rows.sort_by_key(|planned| planned.line);
    Plan {
        known: planner.known,
        rows,
    }
}

/// The fields whose values differ.
pub(super) fn differences<'a, T: Subject>(
    before: &'a T,
    after: &'a T,
) -> impl Iterator<Item = &'static Field<T>> + 'a {
    T::FIELDS
        .iter()
        .filter(move |field| (field.get)(before) != (field.get)(after))
}

impl<T: Subject> Planner<'_, T> {
    fn index_known(&mut self) {
        let known = std::mem::take(&mut self.known);
        for (place, subject) in known.iter().enumerate() {
            self.index(subject, Slot::Known(place));
            if self.unmarked(subject) {
                let said = self.said(subject);
                self.twins.entry(said).or_default().push(place);
            }
        }
        // The first of those alike is the first taken.
        self.twins.values_mut().for_each(|places| places.reverse());
        self.known = known;
    }

    fn index(&mut self, subject: &T, slot: Slot) {
        for key in &self.order.keys {
            if let Some(mark) = mark(subject, *key) {
                let slots = self.marks.entry(*key).or_default().entry(mark).or_default();
                if !slots.contains(&slot) {
                    slots.push(slot);
                }
            }
        }
        if let Some((_, own)) = subject.own() {
            let slots = self.owners.entry(own).or_default();
            if !slots.contains(&slot) {
                slots.push(slot);
            }
        }
    }

    fn unmarked(&self, subject: &T) -> bool {
        self.order
            .keys
            .iter()
            .all(|key| subject.written(*key).is_empty())
    }

    /// All that the file's columns say of something, as one text.
    fn said(&self, subject: &T) -> String {
        let values: Vec<String> = self
            .order
            .columns
            .iter()
            .flatten()
            .map(|field| (field.get)(subject))
            .collect();
        values.join("\u{1f}")
    }

    fn subject(&self, slot: Slot) -> Option<&T> {
        match slot {
            Slot::Known(place) => self.known.get(place),
            Slot::Row(row) => match &self.rows.get(row)?.verdict {
                Verdict::Created(subject) => Some(subject),
                _ => None,
            },
        }
    }

    /// The line of the file that speaks of it already.
    fn line(&self, slot: Slot) -> Option<u64> {
        match slot {
            Slot::Known(place) => self.claimed.get(&place).copied(),
            Slot::Row(row) => self.rows.get(row).map(|planned| planned.line),
        }
    }

    /// What a cell means. Marks are nearly all different: only what repeats is kept.
    fn meaning(&mut self, field: &Field<T>, cell: &str, words: &T::Words) -> Read {
        if cell.is_empty() {
            return Ok(String::new());
        }
        if T::KEYS.iter().any(|key| key.id() == field.id) {
            return (field.read)(words, cell);
        }
        let kept = self.meanings.entry((field.id, cell.to_owned()));
        kept.or_insert_with(|| (field.read)(words, cell)).clone()
    }

    fn verdict(&mut self, row: &intake::Row, words: &mut T::Words) -> Result<Verdict<T>, Fault> {
        let mut given: Vec<(&'static Field<T>, &str, Read)> = Vec::new();
        for (column, cell) in self.order.columns.iter().zip(&row.cells) {
            let Some(field) = column else { continue };
            let cell = cell.trim();
            let read = self.meaning(field, cell, words);
            let empty = read.as_deref() == Ok("");
            if !empty || (self.order.empty_clears && field.clears) {
                given.push((*field, cell, read));
            }
        }
        let mut fresh = T::fresh();
        for (field, _, read) in &given {
            if let Ok(value) = read {
                (field.set)(&mut fresh, value.clone());
            }
        }
        let found = self.find(&fresh)?;
        let before = found.and_then(|place| self.known.get(place));
        let mut after = before.cloned().unwrap_or(fresh);
        let mut faults: Vec<(&Field<T>, String)> = Vec::new();
        for (field, cell, read) in given.iter() {
            match read {
                Ok(value) => (field.set)(&mut after, value.clone()),
                // What the register says already is no mistake, however it came to be written.
                Err(_) if before.is_some_and(|before| says(field, words, before, cell)) => {}
                Err(reason) => faults.push((field, reason.clone())),
            }
        }
        if let Some(fault) = joined(&faults) {
            return Err(fault);
        }
        self.own_mark(found, before, &after)?;
        let fills = |id: &str| given.iter().any(|(field, _, _)| field.id == id);
        after.settle(before, &fills, words)?;
        let Some(place) = found else {
            return Ok(self.created(after, row.line));
        };
        let same = before.is_some_and(|before| differences(before, &after).next().is_none());
        self.claimed.insert(place, row.line);
        Ok(if same {
            Verdict::Unchanged
        } else {
            Verdict::Updated {
                known: place,
                after,
            }
        })
    }

    /// A row that no key can tell is the same as something alike that no key can tell, each only once.
    fn created(&mut self, after: T, line: u64) -> Verdict<T> {
        if self.unmarked(&after) {
            let said = self.said(&after);
            if let Some(place) = self.twins.get_mut(&said).and_then(Vec::pop) {
                self.claimed.insert(place, line);
                return Verdict::Unchanged;
            }
        }
        Verdict::Created(after)
    }

    fn take(&mut self, place: usize, row: &intake::Row, verdict: Verdict<T>) {
        match &verdict {
            Verdict::Created(subject) => self.index(subject, Slot::Row(self.rows.len())),
            Verdict::Updated { known, after } => self.index(after, Slot::Known(*known)),
            Verdict::Unchanged | Verdict::Refused(_) => {}
        }
        self.rows.push(Planned {
            line: row.line,
            origin: row.origin.clone(),
            row: Some(place),
            verdict,
        });
    }
}

/// Whether a cell repeats what the field holds, as it is kept or as it is shown.
fn says<T: Subject>(field: &Field<T>, words: &T::Words, before: &T, cell: &str) -> bool {
    let held = (field.get)(before);
    held == cell || T::shown(field, words, &held) == cell
}

/// Every mistake of the row in one reason; the column is the first one's.
fn joined<T: Subject>(faults: &[(&Field<T>, String)]) -> Option<Fault> {
    let ((first, reason), rest) = faults.split_first()?;
    let mut reason = reason.clone();
    for (field, more) in rest {
        reason.push_str(&format!(" {}{NNBSP}: {more}", field.label));
    }
    Some(Fault::of(first.id, reason))
}
