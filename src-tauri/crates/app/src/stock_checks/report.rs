//! The report of a récolement, as a PDF to sign and as a workbook to sort.
//!
//! Invariant: an interrupted check is told as it stands: what nobody has seen yet is listed with those words.

use reports::{CheckRow, RoomCheck, StockCheckReport, TableFormat};
use store::Connection;

use super::{find, rooms};
use crate::{
    App, Error,
    opening::day_of,
    papers,
    wire::{CheckLine, CheckReport, CheckRoom, ReportFormat, SavedFile, Verdict},
};

pub(crate) fn report(app: &App, request: CheckReport) -> Result<SavedFile, Error> {
    let (bytes, title) = app.desk()?.store.read(|conn| -> Result<_, Error> {
        let check = find(conn, &request.id)?;
        let rooms = rooms(conn, &check)?;
        let report = StockCheckReport {
            title: check.title.clone(),
            began: day_of(check.created_at_ms),
            ended: check.applied_at_ms.map(day_of),
            rooms: rooms
                .iter()
                .map(|room| told(conn, room))
                .collect::<Result<_, Error>>()?,
        };
        let bytes = match request.format {
            ReportFormat::Pdf => {
                let head = papers::Head::read(app, conn)?;
                reports::stock_check(&head.paper(), &report)
            }
            ReportFormat::Xlsx => {
                reports::tables(&reports::stock_check_tables(&report), TableFormat::Xlsx)
            }
        }
        .map_err(papers::wording)?;
        Ok((bytes, check.title))
    })?;
    let extension = match request.format {
        ReportFormat::Pdf => "pdf",
        ReportFormat::Xlsx => "xlsx",
    };
    // « Récolement de novembre » already says what it is.
    let about = convention::text::slug(&title);
    let about = about.strip_prefix("recolement-").unwrap_or(&about);
    papers::save(app, "recolement", about, extension, &bytes)
}

fn name(room: &CheckRoom) -> String {
    if room.name.is_empty() {
        room.code.clone()
    } else {
        format!("{} – {}", room.code, room.name)
    }
}

fn told(conn: &Connection, room: &CheckRoom) -> Result<RoomCheck, Error> {
    let of = |wanted: &[Verdict]| {
        room.lines
            .iter()
            .filter(|line| wanted.contains(&line.verdict))
            .map(|line| row(conn, line))
            .collect::<Result<Vec<_>, Error>>()
    };
    Ok(RoomCheck {
        room: name(room),
        present: of(&[Verdict::Present])?,
        moved: of(&[Verdict::Moved])?,
        missing: of(&[Verdict::Missing, Verdict::Awaited])?,
        away: of(&[Verdict::Elsewhere, Verdict::Out])?,
        unknown: of(&[Verdict::Unknown])?,
    })
}

fn row(conn: &Connection, line: &CheckLine) -> Result<CheckRow, Error> {
    let machine = match &line.equipment_id {
        Some(id) => store::equipment::get(conn, id)?,
        None => None,
    };
    let (serial, inventory) = match machine {
        Some(machine) => (machine.serial, machine.inventory_number),
        None => (line.mark.clone(), String::new()),
    };
    Ok(CheckRow {
        machine: line.label.clone(),
        serial,
        inventory,
        note: match line.verdict {
            Verdict::Awaited => "Pas encore vu".to_owned(),
            _ => line.detail.clone(),
        },
    })
}
