//! Many machines at once: the whole of a list, and one change made to all of it, undone in one go.
//!
//! Invariant: each value is checked once, as the form of one record checks it, before anything is written; either all
//! the machines are changed, in one batch, or none.

use std::collections::BTreeSet;

use store::{Connection, Transaction, batch::Batch, equipment::Equipment};

use super::{list::wanted, record};
use crate::{
    App, Error,
    convention_view::day,
    labels::{self, count},
    pack,
    tickets::narrow,
    wire::{
        BatchDone, BulkChange, BulkEdit, BulkField, EquipmentFamily, EquipmentQuery,
        EquipmentState, Funding, Ids,
    },
};

/// More than any collège has: beyond, the list was not filtered.
const MOST: usize = 20_000;

pub(crate) fn ids(app: &App, query: EquipmentQuery) -> Result<Ids, Error> {
    let ids = app.desk()?.store.read(|conn| -> Result<_, Error> {
        let wanted = wanted(&*pack::in_force(conn)?, &query, app.today())?;
        Ok(store::equipment::ids(conn, &wanted)?)
    })?;
    not_too_many(&ids)?;
    Ok(Ids { ids })
}

fn not_too_many(ids: &[String]) -> Result<(), Error> {
    if ids.len() > MOST {
        return Err(Error::refused(
            "ids",
            "Cette liste dépasse 20 000 équipements : filtrez-la d’abord.",
        ));
    }
    Ok(())
}

type Set = Box<dyn Fn(&mut Equipment)>;

/// One checked change, ready for any machine.
struct Change {
    set: Set,
    /// « salle B204 », « sans salle »: what the batch is called by.
    words: String,
}

/// « salle B204 », or « sans salle » when the value was emptied.
fn words(field: &str, value: &str) -> String {
    if value.is_empty() {
        format!("sans {field}")
    } else {
        format!("{field} {value}")
    }
}

fn unknown(what: &str) -> Error {
    Error::refused("changes", format!("Choisissez {what} dans la liste."))
}

fn checked(conn: &Connection, change: BulkChange) -> Result<Change, Error> {
    let value = change.value.trim().to_owned();
    let (words, set): (String, Set) = match change.field {
        BulkField::Room => {
            let room = match value.as_str() {
                "" => None,
                id => Some(record::room(conn, id)?),
            };
            let words = words("salle", room.as_ref().map_or("", |room| &room.code));
            let id = room.map(|room| room.id);
            (
                words,
                Box::new(move |machine| machine.room_id.clone_from(&id)),
            )
        }
        BulkField::User => {
            let line = record::user_line(&*pack::in_force(conn)?, &value)?;
            let words = words("utilisateur", &line);
            (
                words,
                Box::new(move |machine| machine.user_line.clone_from(&line)),
            )
        }
        BulkField::Funding => {
            let funding = Funding::from_id(&value).ok_or_else(|| unknown("un financement"))?;
            (
                words("financement", labels::funding(funding)),
                Box::new(move |machine| funding.id().clone_into(&mut machine.funding)),
            )
        }
        BulkField::State => {
            let state = EquipmentState::from_id(&value).ok_or_else(|| unknown("un état"))?;
            (
                words("état", labels::equipment_state(state)),
                Box::new(move |machine| state.id().clone_into(&mut machine.state)),
            )
        }
        BulkField::Kind => {
            let kind = record::kind(&value)?;
            (
                words("type", super::short_kind(&kind)),
                Box::new(move |machine| machine.kind.clone_from(&kind)),
            )
        }
        BulkField::Family => {
            let family = EquipmentFamily::from_id(&value).ok_or_else(|| unknown("une famille"))?;
            (
                words("famille", labels::equipment_family(family)),
                Box::new(move |machine| family.id().clone_into(&mut machine.family)),
            )
        }
        BulkField::Bought => {
            let on = day("changes", Some(&value))?.map(|day| day.to_string());
            (
                dated("date d’achat", on.as_deref()),
                Box::new(move |machine| machine.bought_on.clone_from(&on)),
            )
        }
        BulkField::Warranty => {
            let on = day("changes", Some(&value))?.map(|day| day.to_string());
            (
                dated("fin de garantie", on.as_deref()),
                Box::new(move |machine| machine.warranty_on.clone_from(&on)),
            )
        }
        BulkField::Validated => {
            let validated = match value.as_str() {
                "oui" => true,
                "non" => false,
                _ => return Err(unknown("« oui » ou « non »")),
            };
            (
                words("validation", &value),
                Box::new(move |machine| machine.validated = validated),
            )
        }
        BulkField::Order => (
            words("commande", &value),
            Box::new(move |machine| machine.order_ref.clone_from(&value)),
        ),
        BulkField::Invoice => (
            words("facture", &value),
            Box::new(move |machine| machine.invoice_ref.clone_from(&value)),
        ),
        BulkField::WarrantyKind => (
            words("genre de garantie", &value),
            Box::new(move |machine| machine.warranty_kind.clone_from(&value)),
        ),
        BulkField::Notes => (
            // Notes may be a page: the batch does not repeat them.
            if value.is_empty() {
                "sans notes"
            } else {
                "notes"
            }
            .to_owned(),
            Box::new(move |machine| machine.notes.clone_from(&value)),
        ),
    };
    Ok(Change { set, words })
}

fn dated(field: &str, on: Option<&str>) -> String {
    words(field, &on.map(labels::short_day).unwrap_or_default())
}

pub(crate) fn bulk(app: &App, edit: BulkEdit) -> Result<BatchDone, Error> {
    not_too_many(&edit.ids)?;
    let mut known = BTreeSet::new();
    let ids: Vec<String> = edit
        .ids
        .into_iter()
        .filter(|id| known.insert(id.clone()))
        .collect();
    if ids.is_empty() {
        return Err(Error::refused("ids", "Choisissez au moins un équipement."));
    }
    if edit.changes.is_empty() {
        return Err(Error::refused(
            "changes",
            "Choisissez ce qu’il faut changer.",
        ));
    }
    app.desk()?.store.write(|tx| {
        let changes = edit
            .changes
            .into_iter()
            .map(|change| checked(tx, change))
            .collect::<Result<Vec<_>, Error>>()?;
        let found = store::equipment::by_ids(tx, &ids)?;
        let all = found.len();
        let changed: Vec<Equipment> = found
            .into_iter()
            .filter_map(|before| {
                let mut after = before.clone();
                changes.iter().for_each(|change| (change.set)(&mut after));
                (after != before).then_some(after)
            })
            .collect();
        let said: Vec<&str> = changes.iter().map(|change| change.words.as_str()).collect();
        let batch = in_one_batch(
            tx,
            app,
            Act {
                kind: "modification",
                word: "modification-en-nombre",
                label: &format!("{} : {}", machines(changed.len()), said.join(", ")),
            },
            &changed,
        )?;
        Ok(BatchDone {
            batch_id: batch,
            changed: narrow(changed.len() as u64),
            sentence: sentence(changed.len(), all, ids.len()),
        })
    })
}

/// « 12 équipements »
pub(crate) fn machines(number: usize) -> String {
    count(narrow(number as u64), "équipement", "équipements")
}

fn sentence(changed: usize, found: usize, asked: usize) -> String {
    let mut parts = Vec::new();
    if changed > 0 {
        let word = if changed < 2 { "modifié" } else { "modifiés" };
        parts.push(format!("{} {word}.", machines(changed)));
    }
    match found - changed {
        0 => {}
        rest if changed == 0 => {
            let were = if rest < 2 {
                "l’était"
            } else {
                "l’étaient"
            };
            parts.push(format!("Rien à changer : {} {were} déjà.", machines(rest)));
        }
        1 => parts.push("Un autre l’était déjà.".to_owned()),
        rest => parts.push(format!("{rest} autres l’étaient déjà.")),
    }
    match asked - found {
        0 => {}
        1 => parts.push("Un n’est plus dans le registre.".to_owned()),
        gone => parts.push(format!("{gone} ne sont plus dans le registre.")),
    }
    parts.join(" ")
}

/// How an act on many machines is called: in the list of acts, in each history, and for the person.
pub(crate) struct Act<'a> {
    pub(crate) kind: &'a str,
    pub(crate) word: &'a str,
    pub(crate) label: &'a str,
}

/// Writes the changed machines under one batch; none is opened when nothing changed.
pub(crate) fn in_one_batch(
    tx: &Transaction,
    app: &App,
    act: Act<'_>,
    changed: &[Equipment],
) -> Result<Option<String>, Error> {
    if changed.is_empty() {
        return Ok(None);
    }
    let now = app.now_ms();
    let batch = begin(tx, app, &act)?;
    for machine in changed {
        store::equipment::update_in(tx, machine, now, act.word, &batch)?;
    }
    Ok(Some(batch))
}

/// Opens a batch; the changes follow in the same transaction.
pub(crate) fn begin(tx: &Transaction, app: &App, act: &Act<'_>) -> Result<String, Error> {
    let now = app.now_ms();
    let batch = Batch {
        id: store::new_id(now, &mut rand::rng()),
        kind: act.kind.to_owned(),
        label: act.label.to_owned(),
        at_ms: now,
        undone_at_ms: None,
    };
    store::batch::begin(tx, &batch)?;
    Ok(batch.id)
}
