//! Acts on many rows (imports, changes in number, stock checks, merges) and their undoing.
//!
//! Invariant: an undone act leaves each row as it was before, or says in a sentence why it was left as it is: what a
//! person changed since is never taken back.

use store::{
    Connection,
    batch::{Kept, Why},
};

use crate::{
    App, Error, completions, equipment, labels,
    tickets::narrow,
    wire::{Batch, BatchUndone, Batches, ById, Nothing},
};

/// What can reasonably still be undone.
const SHOWN: u64 = 50;

pub(crate) fn list(app: &App, _: Nothing) -> Result<Batches, Error> {
    let desk = app.desk()?;
    desk.store.read(|conn| {
        let sizes = store::batch::sizes(conn, SHOWN)?;
        let batches = store::batch::latest(conn, SHOWN)?
            .into_iter()
            .map(|batch| Batch {
                size: Rows::of(&batch).counted(sizes.get(&batch.id).copied().unwrap_or_default()),
                id: batch.id,
                label: batch.label,
                at_ms: batch.at_ms,
                undone_at_ms: batch.undone_at_ms,
            })
            .collect();
        Ok(Batches { batches })
    })
}

pub(crate) fn undo(app: &App, request: ById) -> Result<BatchUndone, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    desk.store.write(|tx| {
        let batch =
            store::batch::get(tx, &request.id)?.ok_or(Error::NotFound("Cette opération"))?;
        let undone = match store::batch::undo(tx, &request.id, now) {
            Err(store::Error::AlreadyUndone { .. }) => {
                return Err(Error::Conflict(format!(
                    "«{n}{}{n}» est déjà annulé.",
                    batch.label,
                    n = labels::NNBSP
                )));
            }
            undone => undone?,
        };
        let (restored, removed) = (narrow(undone.restored), narrow(undone.removed));
        let kept = undone
            .kept
            .iter()
            .map(|kept| why_kept(tx, kept))
            .collect::<Result<Vec<_>, Error>>()?;
        Ok(BatchUndone {
            restored,
            removed,
            sentence: match Rows::of(&batch) {
                Rows::Cell if kept.is_empty() => {
                    format!("Annulé{}: la case est comme avant.", labels::NNBSP)
                }
                rows => sentence(rows, restored, removed, narrow(kept.len() as u64)),
            },
            kept,
        })
    })
}

/// What the rows of an act are: both words are feminine, and so is all that is said of them.
#[derive(Clone, Copy)]
enum Rows {
    Record,
    Cell,
}

impl Rows {
    fn of(batch: &store::batch::Batch) -> Self {
        match batch.kind.as_str() {
            completions::KIND => Self::Cell,
            _ => Self::Record,
        }
    }

    /// « 12 fiches », « 1 case ».
    fn counted(self, number: u64) -> String {
        match self {
            Self::Record => labels::count(narrow(number), "fiche", "fiches"),
            Self::Cell => labels::count(narrow(number), "case", "cases"),
        }
    }
}

/// « Annulé : 12 fiches remises comme avant, 388 fiches retirées, 1 fiche gardée telle quelle. »
fn sentence(rows: Rows, restored: u32, removed: u32, kept: u32) -> String {
    let parts: Vec<String> = [
        (restored, "remise comme avant", "remises comme avant"),
        (removed, "retirée", "retirées"),
        (kept, "gardée telle quelle", "gardées telles quelles"),
    ]
    .into_iter()
    .filter(|(number, _, _)| *number > 0)
    .map(|(number, one, many)| {
        let become_of_them = if number < 2 { one } else { many };
        format!("{} {become_of_them}", rows.counted(number.into()))
    })
    .collect();
    if parts.is_empty() {
        return "Annulé. Rien n’avait changé.".to_owned();
    }
    format!("Annulé{}: {}.", labels::NNBSP, parts.join(", "))
}

fn why_kept(conn: &Connection, kept: &Kept) -> Result<String, Error> {
    let name = named(conn, kept)?;
    Ok(match kept.why {
        Why::ChangedSince => {
            format!(
                "{name} a changé depuis{}: rien n’y est touché.",
                labels::NNBSP
            )
        }
        Why::Used => format!(
            "{name} sert ailleurs depuis (dossier, prêt, document, récolement…){}: rien n’y est touché.",
            labels::NNBSP
        ),
    })
}

/// A row by what a person calls it.
fn named(conn: &Connection, kept: &Kept) -> Result<String, Error> {
    let gone = || "Une fiche supprimée".to_owned();
    let cell = |completion| {
        let cell = completions::cell_of(conn, &completion)?;
        Ok::<_, Error>(format!(
            "La case complétée «{n}{cell}{n}»",
            n = labels::NNBSP
        ))
    };
    Ok(match kept.table_name.as_str() {
        "equipment" => store::equipment::get(conn, &kept.row_id)?.map_or_else(gone, |equipment| {
            let mark = [
                &equipment.serial,
                &equipment.inventory_number,
                &equipment.host_name,
            ]
            .into_iter()
            .find(|mark| !mark.is_empty());
            let name = equipment::label(&equipment);
            mark.map_or_else(|| name.clone(), |mark| format!("{name} ({mark})"))
        }),
        "contact" => store::contact::get(conn, &kept.row_id)?.map_or_else(gone, |contact| {
            let name = format!("{} {}", contact.first_name, contact.last_name);
            Some(name.trim().to_owned())
                .filter(|name| !name.is_empty())
                .unwrap_or(contact.organisation)
        }),
        "room" => store::room::get(conn, &kept.row_id)?
            .map_or_else(gone, |room| format!("La salle {}", room.code)),
        "completion" => store::completion::get(conn, &kept.row_id)?.map_or_else(
            || Ok("Une case complétée, effacée depuis,".to_owned()),
            cell,
        )?,
        _ => "Une fiche".to_owned(),
    })
}
