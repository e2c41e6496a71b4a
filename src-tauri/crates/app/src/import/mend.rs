//! The refused rows of a file, given back as a table to be mended and imported as it is.
//!
//! Invariant: each row has the cells it came with, under the file's own headings, then its line and why. What could
//! not be read at all has no cells to give back, and is told all the same.

use reports::{Cell, Table};

use super::{
    File, Job,
    columns::{LINE, REASON, added},
    contacts::Person,
    equipment::Machine,
    opened,
    plan::{Subject, Verdict},
};
use crate::{
    App, Error,
    labels::NNBSP,
    wire::{ImportKind, ImportRequest, SavedFile},
};

pub(crate) fn refused(app: &App, request: ImportRequest) -> Result<SavedFile, Error> {
    let file = opened(app, &request)?;
    let table = match request.kind {
        ImportKind::Equipment => refused_rows::<Machine>(app, &file, &request)?,
        ImportKind::Contacts => refused_rows::<Person>(app, &file, &request)?,
    };
    let bytes = reports::table(&table, reports::TableFormat::Csv)
        .map_err(|cause| Error::Internal(cause.to_string()))?;
    let stem = file
        .name
        .rsplit_once('.')
        .map_or(&*file.name, |(stem, _)| stem);
    let stem = stem.strip_suffix(REFUSED).unwrap_or(stem);
    app.save_file(&format!("{stem}{REFUSED}.csv"), &bytes)
}

/// What the name of the file of refused rows ends with.
const REFUSED: &str = " - lignes refusées";

/// The refused rows as they were in the file, each with its line and why, to be mended and imported as they are.
fn refused_rows<T: Subject>(
    app: &App,
    file: &File,
    request: &ImportRequest,
) -> Result<Table, Error> {
    let desk = app.desk()?;
    let reading = &file.reading;
    let own: Vec<usize> = (0..reading.table.headings.len())
        .filter(|place| {
            reading
                .table
                .headings
                .get(*place)
                .is_some_and(|text| !added(text))
        })
        .collect();
    let plan = desk.store.read(|conn| {
        let job = Job::<T>::new(conn, file, request)?;
        let (plan, _) = job.plan(conn, app.now_ms())?;
        Ok::<_, Error>(plan)
    })?;
    let rows: Vec<Vec<Cell>> = plan
        .rows
        .iter()
        .filter_map(|planned| {
            let Verdict::Refused(fault) = &planned.verdict else {
                return None;
            };
            let cells = planned
                .row
                .and_then(|row| reading.table.rows.get(row))
                .map(|row| row.cells.as_slice())
                .unwrap_or_default();
            let reason = match &planned.origin {
                Some(origin) => format!("{origin}{NNBSP}: {}", fault.reason),
                None => fault.reason.clone(),
            };
            let own = own
                .iter()
                .map(|place| cells.get(*place).cloned().map_or(Cell::Empty, Cell::Text));
            Some(
                own.chain([Cell::Text(planned.line.to_string()), Cell::Text(reason)])
                    .collect(),
            )
        })
        .collect();
    if rows.is_empty() {
        return Err(Error::Conflict("Aucune ligne n’est refusée.".into()));
    }
    let headings = own
        .iter()
        .filter_map(|place| reading.table.headings.get(*place).cloned())
        .chain([LINE.to_owned(), REASON.to_owned()])
        .collect();
    Ok(Table {
        name: "Lignes refusées".to_owned(),
        headings,
        rows,
    })
}
