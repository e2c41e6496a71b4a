//! The convention on the command line: packs checked, compared, made, signed and put in force; cells completed.
//!
//! Invariant: checking, comparing, making and signing need no open store; a comparison follows the dossiers of one that
//! is. A check ends with 3 as soon as there is one mistake, or one answer after which there is no issue.

use std::{collections::BTreeMap, path::Path};

use app::{App, AuthorKey};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::{
    Done, REFUSED, Refusal,
    arguments::{ConventionAct, PackAct, Place},
    call, opened, refused,
    register::{taken, written},
};
use crate::{file, print};

/// The files of a folder, or of a `.relaispack`.
fn files(path: &Path) -> Result<BTreeMap<String, String>, Refusal> {
    if path.is_dir() {
        return file::tree(path).map_err(refused);
    }
    let bytes = file::bytes(path, App::largest_file("relaispack")).map_err(refused)?;
    Ok(App::pack_files(&bytes)?)
}

/// One side of a comparison; « - » is the pack in force, which the application has itself.
fn side(path: &Path) -> Result<Value, Refusal> {
    if path == Path::new("-") {
        return Ok(json!({ "files": {} }));
    }
    Ok(json!({ "files": files(path)? }))
}

pub(super) async fn answer(app: &App, act: &PackAct) -> Result<Done, Refusal> {
    match act {
        PackAct::Check { pack } => {
            let report = call(app, "pack_check", json!({ "files": files(pack)? })).await?;
            let dead_ends = print::field(&report, "survey");
            let sound = print::list(&report, "mistakes").next().is_none()
                && print::list(dead_ends, "dead_ends").next().is_none();
            Ok(Done {
                exit: if sound { 0 } else { REFUSED },
                ..Done::new(report, print::pack_report)
            })
        }
        PackAct::Diff { before, after } => {
            let body = json!({ "before": side(before)?, "after": side(after)? });
            Ok(Done::new(
                call(app, "pack_diff", body).await?,
                print::pack_diff,
            ))
        }
        PackAct::Build {
            folder,
            key,
            password_file,
        } => {
            let files = files(folder)?;
            let text = key
                .as_deref()
                .map(file::secret)
                .transpose()
                .map_err(refused)?;
            let password = password_file
                .as_deref()
                .map(file::secret)
                .transpose()
                .map_err(refused)?;
            let key = text.as_ref().map(|text| AuthorKey {
                text: text.expose_secret(),
                password: password.as_ref(),
            });
            written(json!(app.build_pack(&files, key)?))
        }
        PackAct::Key {
            name,
            password_file,
        } => {
            let password = file::secret(password_file).map_err(refused)?;
            let keys = app.make_pack_keys(name, &password)?;
            let value = json!({
                "public_key": keys.public_key, "public_file": print::path(&json!(keys.public_file)),
                "secret_file": print::path(&json!(keys.secret_file)),
            });
            Ok(Done::new(value, print::pack_keys))
        }
        PackAct::Install {
            pack,
            trust_key,
            trust_once,
        } => {
            opened(app)?;
            let file_id = if pack.is_dir() {
                let bytes = App::pack_bytes(&files(pack)?)?;
                app.take_file("dossier.relaispack", bytes)?.id
            } else {
                taken(app, pack)?
            };
            let trust = match (trust_key, trust_once) {
                (Some(_), _) => "cle",
                (None, true) => "une-fois",
                (None, false) => "non",
            };
            let before = call(app, "packs", json!({})).await?;
            let body = json!({ "file_id": file_id, "trust": trust, "key_label": trust_key.as_deref().unwrap_or_default() });
            let after = call(app, "pack_install", body).await?;
            Ok(Done::new(after, |after| print::in_force(&before, after)))
        }
        PackAct::List => {
            opened(app)?;
            Ok(Done::new(
                call(app, "packs", json!({})).await?,
                print::packs,
            ))
        }
        PackAct::Use { id } => {
            opened(app)?;
            let before = call(app, "packs", json!({})).await?;
            let id = match id {
                None => String::new(),
                Some(start) => named(&before, start)?,
            };
            let after = call(app, "pack_use", json!({ "id": id })).await?;
            Ok(Done::new(after, |after| print::in_force(&before, after)))
        }
    }
}

/// The pack whose identifier begins so; only one may.
fn named(packs: &Value, start: &str) -> Result<String, Refusal> {
    let ids: Vec<&str> = print::list(packs, "packs")
        .map(|pack| print::text(pack, "id"))
        .filter(|id| !id.is_empty() && id.starts_with(start))
        .collect();
    match ids.as_slice() {
        [id] => Ok((*id).to_owned()),
        [] => Err(refused(format!(
            "Aucun pack gardé ne commence par « {start} ». Voyez-les avec : relais pack list"
        ))),
        _ => Err(refused(format!(
            "Plusieurs packs commencent par « {start} » : donnez plus de caractères."
        ))),
    }
}

pub(super) async fn convention(app: &App, act: &ConventionAct) -> Result<Done, Refusal> {
    opened(app)?;
    let at = |place: &Place| json!({ "service": place.service, "perimeter": place.perimeter, "activity": place.activity });
    match act {
        ConventionAct::Complete { place, party, page } => {
            let body = json!({ "place": at(place), "party": party, "page": page });
            Ok(Done::new(
                call(app, "cell_complete", body).await?,
                print::sentence,
            ))
        }
        ConventionAct::Clear { place } => Ok(Done::new(
            call(app, "cell_clear", at(place)).await?,
            print::sentence,
        )),
        ConventionAct::Export => written(call(app, "completions_export", json!({})).await?),
    }
}
