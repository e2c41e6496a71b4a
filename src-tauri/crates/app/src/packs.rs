//! Packs: which convention is in force, what another would change, and putting it in force.
//!
//! Invariant: a pack is put in force only whole, without a mistake, and from someone a person chose to trust; what it
//! would change is shown first. One version of a pack is one content for ever, so that two collèges who name the same
//! version speak of the same text. Nothing here touches a draft: it keeps the pack it began with (`pack`).

mod author;
mod moved;
mod told;

pub use author::{AuthorKey, NewKeys};
pub(crate) use moved::{Way, way};

use std::sync::Arc;

use convention::{
    Pack,
    bundle::{self, Bundle, Signature},
};
use store::Connection;

use crate::{
    App, Error,
    labels::{NNBSP, count},
    pack::{self, Convention, Files},
    tickets::narrow,
    wire::{
        self, ById, Nothing, PackDiff, PackFile, PackFolder, PackInfo, PackInspection, PackInstall,
        PackPair, PackReport, Packs, Trust, TrustedKey,
    },
};

impl From<bundle::BundleError> for Error {
    fn from(error: bundle::BundleError) -> Self {
        Self::refused("file", convention::text::typeset(&error.to_string()))
    }
}

fn info(pack: &Pack) -> PackInfo {
    PackInfo {
        id: String::new(),
        name: pack.manifest.name.clone(),
        departement: pack.manifest.departement.clone(),
        version: pack.manifest.version.clone(),
        built_in: true,
        in_force: false,
        signer: None,
        installed_at_ms: None,
    }
}

pub(crate) fn list(app: &App, _: Nothing) -> Result<Packs, Error> {
    app.desk()?.store.read(all)
}

/// The one built in, then those kept, the last to come first.
fn all(conn: &Connection) -> Result<Packs, Error> {
    let built_in = pack::built_in()?;
    let chosen = pack::in_force_id(conn)?.filter(|id| *id != built_in.id);
    let mut packs = vec![PackInfo {
        in_force: chosen.is_none(),
        ..info(&built_in.pack)
    }];
    for row in store::pack::list(conn)? {
        if row.id == built_in.id {
            continue;
        }
        packs.push(PackInfo {
            in_force: chosen.as_deref() == Some(row.id.as_str()),
            id: row.id,
            name: row.name,
            departement: row.departement,
            version: row.version,
            built_in: false,
            signer: row.signer,
            installed_at_ms: Some(row.installed_at_ms),
        });
    }
    let keys = store::pack_key::list(conn)?
        .into_iter()
        .map(|key| TrustedKey {
            id: key.id,
            label: key.label,
            trusted_at_ms: key.trusted_at_ms,
        })
        .collect();
    Ok(Packs { packs, keys })
}

/// The file of the tray, opened against the keys trusted here.
fn opened(app: &App, conn: &Connection, file_id: &str) -> Result<Bundle, Error> {
    let taken = app.taken(file_id)?;
    let trusted: Vec<String> = store::pack_key::list(conn)?
        .into_iter()
        .map(|key| key.public_key)
        .collect();
    Ok(bundle::open(&taken.bytes, &trusted)?)
}

pub(crate) fn inspect(app: &App, request: PackFile) -> Result<PackInspection, Error> {
    let taken = app.taken(&request.file_id)?;
    app.desk()?.store.read(|conn| {
        let Bundle { files, signature } = opened(app, conn, &request.file_id)?;
        let (signature, key_id, comment) = match signature {
            Signature::Missing => (wire::Signature::Missing, None, None),
            // The whole key where it is there: its short identifier can be anybody's.
            Signature::Unknown {
                key_id,
                public_key,
                comment,
            } => (
                wire::Signature::Unknown,
                Some(public_key.unwrap_or(key_id)),
                Some(comment),
            ),
            Signature::Trusted {
                public_key,
                comment,
            } => (wire::Signature::Trusted, Some(public_key), Some(comment)),
        };
        let loaded = Pack::load(&files);
        let mistakes = match &loaded {
            Ok(pack) => told::unlisted(pack, &files),
            Err(mistakes) => told::mistakes(mistakes),
        };
        let new = loaded.ok().map(Arc::new);
        let manifest = new.as_ref().map(|pack| pack.manifest.clone());
        let diff = match (new, app.convention(conn)) {
            (Some(new), Ok(now)) => Some(compared(
                app,
                Some(conn),
                &now,
                &Convention::over(conn, new)?,
            )?),
            // Where the one in force no longer reads there is nothing to compare with.
            _ => None,
        };
        Ok(PackInspection {
            file_id: request.file_id.clone(),
            name: manifest
                .as_ref()
                .map_or(taken.name.clone(), |manifest| manifest.name.clone()),
            departement: manifest
                .as_ref()
                .map_or_else(String::new, |manifest| manifest.departement.clone()),
            version: manifest.map_or_else(String::new, |manifest| manifest.version),
            signature,
            key_id,
            comment,
            mistakes,
            diff,
        })
    })
}

pub(crate) fn install(app: &App, request: PackInstall) -> Result<Packs, Error> {
    let now = app.now_ms();
    app.desk()?.store.write(|tx| {
        let Bundle { files, signature } = opened(app, tx, &request.file_id)?;
        let pack = sound(&files)?;
        let signer = trusted(tx, &request, signature, now)?;
        one_content(tx, &pack, &files)?;
        let id = pack::keep(tx, (&pack, &files), signer, now)?;
        choose(tx, &id)?;
        all(tx)
    })
}

/// A pack that can be put in force.
fn sound(files: &Files) -> Result<Pack, Error> {
    let pack = Pack::load(files).map_err(|mistakes| faulty(&told::mistakes(&mistakes)))?;
    match told::unlisted(&pack, files) {
        none if none.is_empty() => Ok(pack),
        mistakes => Err(faulty(&mistakes)),
    }
}

fn faulty(mistakes: &[wire::PackMistake]) -> Error {
    let first = mistakes.first().map(told::line).unwrap_or_default();
    let number = count(narrow(mistakes.len() as u64), "erreur", "erreurs");
    Error::refused(
        "file",
        format!(
            "Ce pack a {number}{NNBSP}: il ne peut pas être mis en vigueur. La première{NNBSP}: {first}"
        ),
    )
}

/// Who signed, by the name given to the key; refused unless the person chose to trust.
fn trusted(
    tx: &store::Transaction,
    request: &PackInstall,
    signature: Signature,
    now_ms: i64,
) -> Result<Option<String>, Error> {
    let refused = |sentence: String| Err(Error::refused("trust", sentence));
    match (signature, request.trust) {
        (Signature::Trusted { public_key, .. }, _) => Ok(store::pack_key::list(tx)?
            .into_iter()
            .find(|key| key.public_key == public_key)
            .map(|key| key.label)),
        (_, Trust::Once) => Ok(None),
        (Signature::Missing, Trust::No) => refused(format!(
            "Ce pack n’est pas signé{NNBSP}: rien ne prouve d’où il vient. Demandez un pack signé, ou dites que vous lui faites confiance cette fois."
        )),
        (Signature::Missing, Trust::Key) => refused(format!(
            "Ce pack n’est pas signé{NNBSP}: il n’y a pas de clé à reconnaître."
        )),
        (
            Signature::Unknown {
                public_key, key_id, ..
            },
            Trust::No,
        ) => refused(format!(
            "Ce pack est signé par une clé que Relais ne connaît pas ({}). Vérifiez-la auprès de son auteur par un autre moyen que ce fichier, puis dites si vous lui faites confiance.",
            public_key.unwrap_or(key_id)
        )),
        (
            Signature::Unknown {
                public_key: None, ..
            },
            Trust::Key,
        ) => refused(format!(
            "Ce fichier n’apporte pas la clé publique de son auteur{NNBSP}: sa signature ne peut pas être vérifiée. Demandez-lui un pack fait avec sa clé jointe."
        )),
        (
            Signature::Unknown {
                public_key: Some(public_key),
                ..
            },
            Trust::Key,
        ) => {
            let label = request.key_label.trim().to_owned();
            if label.is_empty() {
                return Err(Error::refused(
                    "key_label",
                    "Donnez un nom à cette clé, par exemple « DSI du Département ».",
                ));
            }
            store::pack_key::trust(
                tx,
                &store::pack_key::PackKey {
                    id: store::new_id(now_ms, &mut rand::rng()),
                    public_key,
                    label: label.clone(),
                    trusted_at_ms: now_ms,
                },
            )?;
            Ok(Some(label))
        }
    }
}

/// One version of a pack is one content.
fn one_content(conn: &Connection, pack: &Pack, files: &Files) -> Result<(), Error> {
    let id = store::pack::digest(files);
    let built_in = pack::built_in()?;
    let same = |pack_id: &str, version: &str| {
        pack_id == pack.manifest.id && version == pack.manifest.version
    };
    let kept = store::pack::list(conn)?
        .iter()
        .any(|row| row.id != id && same(&row.pack_id, &row.version));
    let manifest = &built_in.pack.manifest;
    if kept || (built_in.id != id && same(&manifest.id, &manifest.version)) {
        return Err(Error::refused(
            "file",
            format!(
                "Relais a déjà la version {} de ce pack, avec un autre contenu. Changez la version dans manifest.toml, puis refaites le pack.",
                pack.manifest.version
            ),
        ));
    }
    Ok(())
}

/// Puts a kept pack in force; the one built in needs no setting.
fn choose(tx: &store::Transaction, id: &str) -> Result<(), Error> {
    if id.is_empty() || id == pack::built_in()?.id {
        return Ok(store::setting::remove(tx, pack::IN_FORCE)?);
    }
    Ok(store::setting::set(tx, pack::IN_FORCE, id)?)
}

pub(crate) fn put_in_force(app: &App, request: ById) -> Result<Packs, Error> {
    app.desk()?.store.write(|tx| {
        if !request.id.is_empty() {
            // One that no longer reads is refused here, before everything rests on it.
            pack::kept(tx, &request.id)?;
        }
        choose(tx, &request.id)?;
        all(tx)
    })
}

pub(crate) fn forget_key(app: &App, request: ById) -> Result<Packs, Error> {
    app.desk()?.store.write(|tx| {
        store::pack_key::forget(tx, &request.id)?;
        all(tx)
    })
}

pub(crate) fn check(_: &App, request: PackFolder) -> Result<PackReport, Error> {
    Ok(match Pack::load(&request.files) {
        Ok(pack) => PackReport {
            mistakes: told::unlisted(&pack, &request.files),
            survey: Some(told::survey(&convention::survey(&pack))),
        },
        Err(mistakes) => PackReport {
            mistakes: told::mistakes(&mistakes),
            survey: None,
        },
    })
}

/// Two packs side by side; one without any file is the one in force. The dossiers of an open store are followed.
pub(crate) fn diff(app: &App, request: PackPair) -> Result<PackDiff, Error> {
    let side = |conn: Option<&Connection>, folder: &PackFolder| {
        let pack = match (folder.files.is_empty(), conn) {
            (true, Some(conn)) => pack::in_force(conn)?,
            (true, None) => app.pack()?,
            (false, _) => Arc::new(sound(&folder.files)?),
        };
        match conn {
            Some(conn) => Convention::over(conn, pack),
            None => Ok(Convention::bare(pack)),
        }
    };
    let of = |conn: Option<&Connection>| {
        let (before, after) = (side(conn, &request.before)?, side(conn, &request.after)?);
        compared(app, conn, &before, &after)
    };
    match app.desk() {
        Ok(desk) => desk.store.read(|conn| of(Some(conn))),
        Err(_) => of(None),
    }
}

fn compared(
    app: &App,
    conn: Option<&Connection>,
    before: &Convention,
    after: &Convention,
) -> Result<PackDiff, Error> {
    let comparison = convention::compare(&before.pack, &after.pack);
    let tickets = match conn {
        Some(conn) => moved::moved(app, conn, before, after)?,
        None => Vec::new(),
    };
    Ok(told::diff(&comparison, &before.overlay, tickets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pack_of_the_house_has_no_unlisted_file() {
        let built_in = pack::built_in().unwrap();
        assert_eq!(
            told::unlisted(&built_in.pack, &built_in.files),
            Vec::new(),
            "what the manifest announces is what is there"
        );
        assert!(
            sound(&built_in.files).is_ok(),
            "the pack of the house could be put in force"
        );
    }
}
