//! Rows known on both sides, field by field: which differ, and which side is proposed.
//!
//! Invariant: the file's value is proposed when here is proved older, or when the field is empty here; anything else
//! leaves here as it is, and says whether both sides changed.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    fields::{Field, Row},
    history::{History, left_behind},
    matching::Ids,
    plan::{Change, Offer, Sides, Table, here},
    values::{Kind, is_empty},
};
use crate::{
    Error,
    wire::{MergeSide, MergeWhat},
};

impl Sides<'_> {
    pub(super) fn table<R: Row>(
        &self,
        ours: Vec<R>,
        theirs: Vec<R>,
        ids: &Ids,
    ) -> Result<Table<R>, Error> {
        let mut ours: BTreeMap<String, R> = ours
            .into_iter()
            .map(|row| (row.id().to_owned(), row))
            .collect();
        let mut table = Table {
            added: Vec::new(),
            changes: Vec::new(),
            same: 0,
        };
        for file in theirs {
            let Some(here) = ids.get(file.id()).and_then(|id| ours.remove(id)) else {
                table.added.push(file);
                continue;
            };
            let offers = self.offers(&here, &file)?;
            if offers.is_empty() {
                table.same += 1;
            } else {
                table.changes.push(Change { here, file, offers });
            }
        }
        Ok(table)
    }

    fn offers<R: Row>(&self, here: &R, file: &R) -> Result<Vec<Offer<R>>, Error> {
        let differing: Vec<&'static Field<R>> = R::FIELDS
            .iter()
            .filter(|field| {
                let theirs = (field.get)(file);
                // A dossier that has a number keeps one.
                (field.get)(here) != theirs && !(R::WHAT == MergeWhat::Tickets && is_empty(&theirs))
            })
            .collect();
        if differing.is_empty() {
            return Ok(Vec::new());
        }
        let (ours, theirs) = (History::of(self.here, here)?, History::of(self.file, file)?);
        Ok(differing
            .into_iter()
            .map(|field| {
                let (proposed, conflict) = self.proposed(field, (here, &ours), (file, &theirs));
                Offer {
                    field,
                    proposed,
                    conflict,
                }
            })
            .collect())
    }

    fn proposed<R: Row>(
        &self,
        field: &Field<R>,
        (here, ours): (&R, &History),
        (file, theirs): (&R, &History),
    ) -> (MergeSide, bool) {
        if let Some(moved_ms) = field.moved_ms {
            return match moved_ms(here).cmp(&moved_ms(file)) {
                std::cmp::Ordering::Less => (MergeSide::File, false),
                std::cmp::Ordering::Equal => (MergeSide::Here, true),
                std::cmp::Ordering::Greater => (MergeSide::Here, false),
            };
        }
        let (value, other) = ((field.get)(here), (field.get)(file));
        let (empty, other_empty) = (is_empty(&value), is_empty(&other));
        let ours = ours.spans(field.name, value, Value::clone);
        let theirs = theirs.spans(field.name, other, |value| self.seen(field.kind, value));
        match (left_behind(&ours, &theirs), left_behind(&theirs, &ours)) {
            (true, false) => (MergeSide::File, false),
            (false, true) => (MergeSide::Here, false),
            (false, false) if empty => (MergeSide::File, false),
            (false, false) if other_empty => (MergeSide::Here, false),
            _ => (MergeSide::Here, true),
        }
    }

    /// A value of the file's journal, in the ids of here.
    fn seen(&self, kind: Kind, value: &Value) -> Value {
        let ids = match kind {
            Kind::Room => &self.same.rooms,
            Kind::Machine => &self.same.equipment,
            Kind::Person => &self.same.contacts,
            Kind::Purchase => &self.same.purchases,
            _ => return value.clone(),
        };
        match value.as_str() {
            Some(id) => here(ids, id).into(),
            None => value.clone(),
        }
    }
}
