//! What an entitled user completed from the signed copy, kept apart from the pack.
//!
//! Invariant: a completed cell says who completed it, when, and on which page; the pack itself never
//! changes. Storing it and deciding who is entitled are other crates' work.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::words::{Activity, Party, Perimeter};

/// The place of a cell in the matrix; no perimeter means the line « tous ».
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    pub service: String,
    pub perimeter: Option<Perimeter>,
    pub activity: Activity,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    pub party: Party,
    pub by: String,
    pub on: NaiveDate,
    pub page: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    pub cells: BTreeMap<CellKey, Completed>,
}

impl Overlay {
    pub fn complete(&mut self, key: CellKey, completed: Completed) {
        self.cells.insert(key, completed);
    }

    pub fn get(
        &self,
        service: &str,
        perimeter: Option<Perimeter>,
        activity: Activity,
    ) -> Option<&Completed> {
        self.cells.get(&CellKey {
            service: service.to_owned(),
            perimeter,
            activity,
        })
    }
}
