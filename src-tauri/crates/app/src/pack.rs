//! The convention in force: the pack that decides, and what was read on the signed copy over it.
//!
//! Invariant: the pack built into the program decides only as long as no other was put in force. A kept pack never
//! changes, so it is read once per run. One that this program can no longer read is told, and nothing answers in its
//! place: the matrix of another convention would be a guess. Left out on purpose: installing and comparing (`packs`).

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use chrono::NaiveDate;
use convention::{
    Activity, Answers, Basis, CellKey, Completed, Facts, Mistake, Overlay, Pack, Party, Perimeter,
    Step,
};
use include_dir::{Dir, DirEntry, include_dir};
use store::{Connection, Transaction};

use crate::{App, Error};

/// The setting that names the kept pack in force; none: the one built in.
pub(crate) const IN_FORCE: &str = "pack.in_force";

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/convention");

/// The kept packs read in this run, by the id of their row, which is a digest of what they hold.
static READ: Mutex<BTreeMap<String, Arc<Pack>>> = Mutex::new(BTreeMap::new());

/// The names and texts of a pack's files.
pub(crate) type Files = BTreeMap<String, String>;

/// The pack of this version of Relais.
pub(crate) struct BuiltIn {
    pub(crate) pack: Arc<Pack>,
    pub(crate) files: Files,
    /// What its row is called once it is kept.
    pub(crate) id: String,
}

fn collect(folder: &Dir<'_>, files: &mut Files) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, files),
            DirEntry::File(file) => {
                if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                    files.insert(path.replace('\\', "/"), text.to_owned());
                }
            }
        }
    }
}

pub(crate) fn built_in() -> Result<&'static BuiltIn, Error> {
    static BUILT_IN: OnceLock<Result<BuiltIn, String>> = OnceLock::new();
    BUILT_IN
        .get_or_init(|| {
            let mut files = Files::new();
            collect(&FILES, &mut files);
            Ok(BuiltIn {
                pack: Arc::new(Pack::load(&files).map_err(|mistakes| in_one_line(&mistakes))?),
                id: store::pack::digest(&files),
                files,
            })
        })
        .as_ref()
        .map_err(|mistakes| Error::Internal(format!("the built-in pack is wrong: {mistakes}")))
}

fn in_one_line(mistakes: &[Mistake]) -> String {
    let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    lines.join(" ; ")
}

/// A kept pack, by the id of its row.
pub(crate) fn kept(conn: &Connection, id: &str) -> Result<Arc<Pack>, Error> {
    let read = || READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pack) = read().get(id) {
        return Ok(Arc::clone(pack));
    }
    let built_in = built_in()?;
    let pack = if id == built_in.id {
        Arc::clone(&built_in.pack)
    } else {
        let row = store::pack::get(conn, id)?.ok_or(Error::NotFound("Cette convention"))?;
        let files = files(conn, id)?;
        Arc::new(Pack::load(&files).map_err(|mistakes| {
            tracing::warn!(pack = row.pack_id, version = row.version, mistakes = in_one_line(&mistakes), "a kept pack no longer loads");
            Error::Conflict(format!(
                "La convention « {} », version {}, ne se lit plus avec cette version de Relais. Mettez-en une autre en vigueur (page Convention, ou relais pack use), ou installez-en une version plus récente.",
                row.name, row.version
            ))
        })?)
    };
    read().insert(id.to_owned(), Arc::clone(&pack));
    Ok(pack)
}

/// The texts of a kept pack.
pub(crate) fn files(conn: &Connection, id: &str) -> Result<Files, Error> {
    store::pack::files(conn, id)?.ok_or(Error::NotFound("Cette convention"))
}

/// The row of the pack in force; none: the one built in.
pub(crate) fn in_force_id(conn: &Connection) -> Result<Option<String>, Error> {
    Ok(store::setting::get(conn, IN_FORCE)?)
}

/// The pack in force.
pub(crate) fn in_force(conn: &Connection) -> Result<Arc<Pack>, Error> {
    match in_force_id(conn)? {
        Some(id) => kept(conn, &id),
        None => Ok(Arc::clone(&built_in()?.pack)),
    }
}

/// The row of the pack in force, kept now when it is the one built in: what a draft remembers.
pub(crate) fn keep_in_force(tx: &Transaction, now_ms: i64) -> Result<String, Error> {
    match in_force_id(tx)? {
        Some(id) => Ok(id),
        None => {
            let BuiltIn { pack, files, .. } = built_in()?;
            keep(tx, (pack, files), None, now_ms)
        }
    }
}

/// Keeps a pack as it is; the same content is the same row.
pub(crate) fn keep(
    tx: &Transaction,
    (pack, files): (&Pack, &Files),
    signer: Option<String>,
    now_ms: i64,
) -> Result<String, Error> {
    let manifest = &pack.manifest;
    Ok(store::pack::keep(
        tx,
        &store::pack::Pack {
            pack_id: manifest.id.clone(),
            version: manifest.version.clone(),
            name: manifest.name.clone(),
            departement: manifest.departement.clone(),
            signer,
            installed_at_ms: now_ms,
            ..Default::default()
        },
        files,
    )?)
}

/// A pack and what was read on the signed copy over it: what a route and the guide rest on.
#[derive(Clone)]
pub(crate) struct Convention {
    pub(crate) pack: Arc<Pack>,
    pub(crate) overlay: Overlay,
}

impl Convention {
    /// What was completed is laid only over cells that this pack does not know: once it says them itself, it is right.
    pub(crate) fn over(conn: &Connection, pack: Arc<Pack>) -> Result<Self, Error> {
        let mut overlay = Overlay::default();
        for row in store::completion::list(conn, &pack.manifest.id)? {
            let Some((key, completed)) = read_completion(&row) else {
                continue;
            };
            let unknown = pack
                .cell(&key.service, key.perimeter, key.activity)
                .is_none_or(|cell| cell.basis == Basis::Inconnu);
            if unknown {
                overlay.complete(key, completed);
            }
        }
        Ok(Self { pack, overlay })
    }

    /// The pack alone, where no store is open.
    pub(crate) fn bare(pack: Arc<Pack>) -> Self {
        Self {
            pack,
            overlay: Overlay::default(),
        }
    }

    /// The convention in force.
    pub(crate) fn in_force(conn: &Connection) -> Result<Self, Error> {
        Self::over(conn, in_force(conn)?)
    }

    /// The next question of its guide, or the summary.
    pub(crate) fn next(&self, answers: &Answers, facts: &Facts) -> Result<Step, Error> {
        Ok(convention::next(&self.pack, &self.overlay, answers, facts)?)
    }
}

/// The answers that a pack knows, each for itself; the others wait aside.
pub(crate) fn fitted(pack: &Pack, answers: &Answers) -> Answers {
    let mut fitted = answers.clone();
    fitted.answers.retain(|question, answer| {
        let mut alone = Answers::default();
        alone.set(question.clone(), answer.clone());
        alone.check(pack).is_ok()
    });
    fitted
}

/// The convention that a draft began with, by the row it remembers. Where this program cannot read it any more, the one
/// in force, and it is said.
pub(crate) fn began_with(
    conn: &Connection,
    row: Option<&str>,
) -> Result<(Convention, bool), Error> {
    let Some(id) = row else {
        return Ok((Convention::in_force(conn)?, false));
    };
    match kept(conn, id) {
        Ok(pack) => Ok((Convention::over(conn, pack)?, false)),
        Err(Error::Conflict(_) | Error::NotFound(_)) => Ok((Convention::in_force(conn)?, true)),
        Err(error) => Err(error),
    }
}

/// A word that this program does not know leaves the cell as the pack has it.
pub(crate) fn read_completion(row: &store::completion::Completion) -> Option<(CellKey, Completed)> {
    let perimeter = match &row.perimeter {
        Some(word) => Some(word.parse::<Perimeter>().ok()?),
        None => None,
    };
    let key = CellKey {
        service: row.service.clone(),
        perimeter,
        activity: row.activity.parse::<Activity>().ok()?,
    };
    let completed = Completed {
        party: row.party.parse::<Party>().ok()?,
        by: row.by_name.clone(),
        on: NaiveDate::parse_from_str(&row.on_date, "%Y-%m-%d").ok()?,
        page: row.page.clone(),
    };
    Some((key, completed))
}

impl App {
    /// The convention in force, with what was completed.
    pub(crate) fn convention(&self, conn: &Connection) -> Result<Convention, Error> {
        Convention::in_force(conn)
    }

    /// The pack in force, wherever no query is under way; without an open store, the one built in.
    pub(crate) fn pack(&self) -> Result<Arc<Pack>, Error> {
        match self.desk() {
            Ok(desk) => desk.store.read(in_force),
            Err(_) => Ok(Arc::clone(&built_in()?.pack)),
        }
    }
}

#[cfg(test)]
mod tests {
    use store::{Key, Store, completion::Completion};

    use super::*;

    fn store(folder: &tempfile::TempDir) -> Store {
        Store::open(folder.path(), &Key::from_bytes([7; 32])).unwrap()
    }

    #[test]
    fn a_kept_pack_that_no_longer_reads_is_told_and_nothing_answers_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        let built_in = built_in().unwrap();
        let mut old = built_in.files.clone();
        old.insert("regles.toml".into(), "écrit pour un autre Relais".into());
        let id = store
            .write(|tx| {
                let id = keep(tx, (&built_in.pack, &old), None, 1)?;
                store::setting::set(tx, IN_FORCE, &id)?;
                Ok::<_, Error>(id)
            })
            .unwrap();
        let why = store.read(in_force).unwrap_err();
        assert!(
            matches!(&why, Error::Conflict(sentence) if sentence.contains("relais pack use")),
            "the sentence says what to do: {why}"
        );
        store
            .write(|tx| Ok::<_, Error>(store::setting::remove(tx, IN_FORCE)?))
            .unwrap();
        let (convention, gave_way) = store.read(|conn| began_with(conn, Some(&id))).unwrap();
        assert!(
            gave_way && Arc::ptr_eq(&convention.pack, &built_in.pack),
            "a draft goes on with the one in force, and it is said"
        );
    }

    #[test]
    fn what_a_draft_remembers_is_kept_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        let twice = store
            .write(|tx| Ok::<_, Error>([keep_in_force(tx, 1)?, keep_in_force(tx, 2)?]))
            .unwrap();
        assert_eq!(twice[0], twice[1], "the same content is the same row");
        let (convention, gave_way) = store
            .read(|conn| began_with(conn, Some(&twice[0])))
            .unwrap();
        assert!(
            !gave_way && Arc::ptr_eq(&convention.pack, &built_in().unwrap().pack),
            "and it is not read twice"
        );
    }

    #[test]
    fn what_was_completed_is_laid_only_over_cells_that_the_pack_does_not_know() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        let pack = &built_in().unwrap().pack;
        let cell = |known: bool| {
            let mut cells = pack.cells.iter();
            cells
                .find(|cell| (cell.basis != Basis::Inconnu) == known)
                .unwrap()
        };
        store
            .write(|tx| {
                let batch = store::batch::Batch {
                    id: "lot".into(),
                    kind: "modification".into(),
                    ..Default::default()
                };
                store::batch::begin(tx, &batch)?;
                for (place, cell) in [cell(true), cell(false)].into_iter().enumerate() {
                    let row = Completion {
                        id: place.to_string(),
                        pack_id: pack.manifest.id.clone(),
                        service: cell.service.clone(),
                        perimeter: cell.perimeter.map(|side| side.id().to_owned()),
                        activity: cell.activity.id().to_owned(),
                        party: "region".into(),
                        on_date: "2026-11-23".into(),
                        page: "4".into(),
                        ..Default::default()
                    };
                    store::completion::set(tx, &row, 1, "lot")?;
                }
                Ok::<_, Error>(())
            })
            .unwrap();
        let overlay = store.read(Convention::in_force).unwrap().overlay;
        let laid = |cell: &convention::Cell| {
            overlay
                .get(&cell.service, cell.perimeter, cell.activity)
                .is_some()
        };
        assert!(laid(cell(false)), "a cell to complete says what was read");
        assert!(
            !laid(cell(true)),
            "one that the pack knows says what the pack says"
        );
    }
}
