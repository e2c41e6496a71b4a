//! What someone read on the signed copy for the cells that the pack does not know, and its proposal to the Département.
//!
//! Invariant: only the correspondant writes, with the page that was read, and only where the convention in force says
//! nothing. Each act is a batch of its own, so that « Annuler » gives the cell back. Left out on purpose: laying what
//! was read over the matrix, which `pack::Convention` does for every route.

use convention::{Basis, CellKey, Completed, Pack};
use reports::{CompletedCell, CompletionProposal};
use store::{
    Connection, Transaction,
    batch::{self, Batch},
    completion::{self, Completion},
};

use crate::{
    App, Error,
    convention_view::{party_word, service_label},
    labels::{self, NNBSP},
    pack::{self, Convention},
    papers,
    wire::{BatchDone, CellForm, CellPlace, Nothing, Party, Role, SavedFile},
};

/// The kind of these batches.
pub(crate) const KIND: &str = "completion";
/// « Annexe 2, page 14 » fits; a paragraph is no page.
const PAGE_MOST: usize = 40;

/// Why this person may not complete the matrix; nothing when he may.
pub(crate) fn may_not(conn: &Connection) -> Result<Option<String>, Error> {
    let profile = store::profile::get(conn)?.ok_or(Error::NotReady)?;
    Ok(match Role::from_id(&profile.role) {
        Some(Role::Correspondant) => None,
        _ => Some(format!(
            "Seul le correspondant maintenance informatique complète la matrice{NNBSP}: dites-lui le responsable et la page que vous avez lus."
        )),
    })
}

pub(crate) fn complete(app: &App, form: CellForm) -> Result<BatchDone, Error> {
    let CellForm { place, party, page } = form;
    if matches!(party, Party::SelonUtilisateur | Party::Inconnu) {
        return Err(Error::refused(
            "party",
            "Choisissez le responsable écrit dans cette case de l’exemplaire signé.",
        ));
    }
    let page = read_page(&page)?;
    let (now, today) = (app.now_ms(), app.today());
    app.desk()?.store.write(|tx| {
        entitled(tx)?;
        let Convention { pack, overlay } = app.convention(tx)?;
        let key = open_cell(&pack, &place)?;
        let cell = named(&pack, &key);
        let party = convention::Party::from(party);
        let known = overlay.get(&key.service, key.perimeter, key.activity);
        if known.is_some_and(|known| known.party == party && known.page == page) {
            return Ok(BatchDone {
                batch_id: None,
                changed: 0,
                sentence: format!("{cell}{NNBSP}: rien n’a changé, c’est ce qui était déjà noté."),
            });
        }
        let batch = begin(tx, &format!("Case complétée{NNBSP}: {cell}"), now)?;
        let completion = Completion {
            id: store::new_id(now, &mut rand::rng()),
            pack_id: pack.manifest.id.clone(),
            service: key.service,
            perimeter: key.perimeter.map(|side| side.id().to_owned()),
            activity: key.activity.id().to_owned(),
            party: party.id().to_owned(),
            by_name: person(tx)?,
            on_date: today.to_string(),
            page: page.clone(),
            created_at_ms: now,
        };
        completion::set(tx, &completion, now, &batch)?;
        Ok(BatchDone {
            batch_id: Some(batch),
            changed: 1,
            sentence: format!(
                "Case complétée{NNBSP}: {}, page {page} de l’exemplaire signé. Les demandes en tiennent compte dès maintenant.",
                party.label()
            ),
        })
    })
}

pub(crate) fn clear(app: &App, place: CellPlace) -> Result<BatchDone, Error> {
    let now = app.now_ms();
    app.desk()?.store.write(|tx| {
        entitled(tx)?;
        let pack = pack::in_force(tx)?;
        let key = key(&place);
        let completed = completion::of_cell(
            tx,
            &pack.manifest.id,
            &key.service,
            key.perimeter.map(convention::Perimeter::id),
            key.activity.id(),
        )?
        .ok_or_else(|| Error::Conflict("Cette case n’est pas complétée.".into()))?;
        let cell = named(&pack, &key);
        let batch = begin(tx, &format!("Case effacée{NNBSP}: {cell}"), now)?;
        completion::remove(tx, &completed.id, now, &batch)?;
        Ok(BatchDone {
            batch_id: Some(batch),
            changed: 1,
            sentence: format!("{cell}{NNBSP}: la case est de nouveau à compléter."),
        })
    })
}

/// A paper for the Département. What the pack in force says itself by now is no longer to be proposed.
pub(crate) fn proposal(app: &App, _: Nothing) -> Result<SavedFile, Error> {
    let bytes = app.desk()?.store.read(|conn| -> Result<_, Error> {
        let convention = app.convention(conn)?;
        let cells = completed(&convention);
        if cells.is_empty() {
            return Err(Error::Conflict(format!(
                "Aucune case n’est complétée{NNBSP}: il n’y a rien à proposer."
            )));
        }
        let head = papers::Head::read(app, conn)?;
        let profile = store::profile::get(conn)?.ok_or(Error::NotReady)?;
        let manifest = &convention.pack.manifest;
        let proposal = CompletionProposal {
            convention: manifest.name.clone(),
            version: manifest.version.clone(),
            signed_on: manifest.signed_on,
            departement: manifest.departement.clone(),
            quality: match Role::from_id(&profile.role) {
                Some(Role::Gestionnaire) => "Gestionnaire réseau",
                _ => "Correspondant maintenance informatique",
            }
            .to_owned(),
            phone: profile.phone,
            email: profile.email,
            cells: cells
                .into_iter()
                .map(|(key, completed)| CompletedCell {
                    service: service_label(&convention.pack, &key.service),
                    activity: key.activity.label().to_owned(),
                    side: key
                        .perimeter
                        .map_or_else(|| "Tous".to_owned(), |side| labels::capital(side.label())),
                    today: party_word(said_by_the_pack(&convention.pack, key)).to_owned(),
                    party: party_word(completed.party).to_owned(),
                    page: completed.page.clone(),
                    by: completed.by.clone(),
                    on: completed.on,
                })
                .collect(),
        };
        reports::completion_proposal(&head.paper(), &proposal).map_err(papers::wording)
    })?;
    papers::save(app, "cases-completees", "", "pdf", &bytes)
}

/// What was read on the signed copy, in the order of the matrix.
pub(crate) fn completed(convention: &Convention) -> Vec<(&CellKey, &Completed)> {
    let place = |key: &CellKey| {
        let services = &convention.pack.services;
        services
            .iter()
            .position(|service| service.id == key.service)
            .map(|place| (place, key.activity, key.perimeter))
    };
    let mut cells: Vec<_> = convention
        .overlay
        .cells
        .iter()
        .filter_map(|(key, completed)| Some((place(key)?, (key, completed))))
        .collect();
    cells.sort_by_key(|(place, _)| *place);
    cells.into_iter().map(|(_, cell)| cell).collect()
}

fn said_by_the_pack(pack: &Pack, key: &CellKey) -> convention::Party {
    pack.cell(&key.service, key.perimeter, key.activity)
        .map_or(convention::Party::Inconnu, |cell| cell.party)
}

fn entitled(tx: &Transaction<'_>) -> Result<(), Error> {
    may_not(tx)?.map_or(Ok(()), |why| Err(Error::Conflict(why)))
}

fn person(tx: &Transaction<'_>) -> Result<String, Error> {
    let profile = store::profile::get(tx)?.ok_or(Error::NotReady)?;
    Ok(format!("{} {}", profile.first_name, profile.last_name)
        .trim()
        .to_owned())
}

fn begin(tx: &Transaction<'_>, label: &str, now_ms: i64) -> Result<String, Error> {
    let id = store::new_id(now_ms, &mut rand::rng());
    batch::begin(
        tx,
        &Batch {
            id: id.clone(),
            kind: KIND.to_owned(),
            label: label.to_owned(),
            at_ms: now_ms,
            undone_at_ms: None,
        },
    )?;
    Ok(id)
}

/// The word « page » is written before it everywhere, so that it is not kept.
fn read_page(text: &str) -> Result<String, Error> {
    let mut words = text.split_whitespace().peekable();
    words.next_if(|word| ["page", "p."].contains(&word.to_lowercase().as_str()));
    let page = words.collect::<Vec<_>>().join(" ");
    if page.is_empty() {
        return Err(Error::refused(
            "page",
            "Indiquez la page de l’exemplaire signé où la case se lit.",
        ));
    }
    if page.chars().count() > PAGE_MOST {
        return Err(Error::refused(
            "page",
            format!("Indiquez seulement la page, en {PAGE_MOST} caractères au plus."),
        ));
    }
    Ok(page)
}

fn key(place: &CellPlace) -> CellKey {
    CellKey {
        service: place.service.clone(),
        perimeter: place.perimeter.map(Into::into),
        activity: place.activity.into(),
    }
}

/// The place of a cell that the pack does not know.
fn open_cell(pack: &Pack, place: &CellPlace) -> Result<CellKey, Error> {
    let key = key(place);
    if pack.service(&key.service).is_none() {
        return Err(Error::refused(
            "service",
            format!(
                "«{NNBSP}{}{NNBSP}» n’est pas un service de la matrice.",
                key.service
            ),
        ));
    }
    let cell = |perimeter| pack.cell(&key.service, perimeter, key.activity);
    match cell(key.perimeter) {
        Some(cell) if cell.basis == Basis::Inconnu => Ok(key),
        Some(cell) => Err(Error::Conflict(format!(
            "La convention remplit déjà cette case{NNBSP}: {}. Seules celles qui sont à compléter se complètent.",
            cell.party.label()
        ))),
        // Where the matrix speaks of one side alone, the other is to be completed too.
        None if key.perimeter.is_some() && cell(None).is_none() => Ok(key),
        None => Err(Error::refused(
            "perimeter",
            format!(
                "La matrice n’a pas cette case{NNBSP}: elle a, pour ce service et cette activité, {}.",
                match key.perimeter {
                    Some(_) => "une seule case pour tous",
                    None => "une case par réseau",
                }
            ),
        )),
    }
}

/// The name of a cell as it is kept, under the pack in force.
pub(crate) fn cell_of(conn: &Connection, row: &Completion) -> Result<String, Error> {
    let (key, _) = pack::read_completion(row)
        .ok_or_else(|| Error::Internal("a completed cell does not read".into()))?;
    Ok(named(&*pack::in_force(conn)?, &key))
}

/// « Infrastructure réseau, Installation (réseau pédagogique) »
pub(crate) fn named(pack: &Pack, key: &CellKey) -> String {
    let service = pack
        .service(&key.service)
        .map_or(key.service.as_str(), convention::Service::short);
    let side = key
        .perimeter
        .map(|side| format!(" ({})", side.label()))
        .unwrap_or_default();
    format!("{service}, {}{side}", key.activity.label())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_kept_without_the_word_page() {
        for (typed, kept) in [
            ("12", "12"),
            ("  page  12 ", "12"),
            ("Page 12", "12"),
            ("p. 12", "12"),
            ("annexe 2, page 3", "annexe 2, page 3"),
        ] {
            assert_eq!(
                read_page(typed).unwrap(),
                kept,
                "« {typed} » stands after « page » everywhere"
            );
        }
        for empty in ["", " ", "page", " p. "] {
            assert!(read_page(empty).is_err(), "« {empty} » is no page");
        }
    }
}
