//! The register on the command line: files in, tables and labels out, and what is undone.
//!
//! Invariant: with `--json`, an import answers with exactly read, created, updated, unchanged, refused (line, column,
//! reason), encoding and separator, simulated or done. It ends well when the file was read, whatever was refused in
//! it: the figures say so; a file that cannot be read ends with 3.

use std::{collections::BTreeMap, path::Path};

use app::App;
use serde_json::{Map, Value, json};

use super::{Command, Done, Refusal, call, refused};
use crate::{file, print};

/// What a mapping file looks like.
const MAPPING: &str = r#"{"N° de série": "serie", "Local": "salle"}"#;

pub(super) async fn answer(app: &App, command: &Command) -> Result<Done, Refusal> {
    match command {
        Command::Import {
            what,
            file,
            dry_run,
            mapping,
            keys,
            encoding,
            separator,
            sheet,
            role,
            empty_clears,
            refused,
        } => {
            let mut request = json!({
                "file_id": taken(app, file)?, "kind": what.id(),
                "choices": {
                    "encoding": encoding, "separator": separator, "sheet": sheet, "headings_line": null, "mapping": null,
                    "keys": keys, "empty_clears": empty_clears, "default_role": role,
                },
                "expected": null,
            });
            if let Some(mapping) = mapping {
                let chosen = columns(app, &request, mapping).await?;
                set(&mut request, chosen);
            }
            import(app, request, *dry_run, *refused).await
        }
        Command::Undo { batch } => undo(app, batch.as_deref()).await,
        Command::Export { what, format } => {
            let body = json!({ "what": what.id(), "format": format, "ids": null, "query": null, "columns": [] });
            written(call(app, "table_export", body).await?)
        }
        Command::Labels {
            stock,
            code,
            room,
            ids,
            first,
        } => {
            let usual = call(app, "label_choices", json!({})).await?;
            let stock =
                stock.map_or_else(|| print::field(&usual, "stock").clone(), |one| json!(one));
            let code = code.map_or_else(|| print::field(&usual, "code").clone(), |one| json!(one));
            let ids = machines(app, room.as_deref(), ids).await?;
            let body = json!({ "ids": ids, "stock": stock, "code": code, "first": first });
            written(call(app, "label_print", body).await?)
        }
        _ => Err(refused("Cette commande n’est pas du registre.".to_owned())),
    }
}

/// Puts a file on the application's tray. A folder of inventories is put there as one archive.
pub(super) fn taken(app: &App, path: &Path) -> Result<String, Refusal> {
    let name = path.file_name().map_or_else(
        || "import".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let taken = if path.is_dir() {
        app.take_files(
            &name,
            file::folder(path, App::largest_file(&name)).map_err(refused)?,
        )?
    } else {
        app.take_file(
            &name,
            file::bytes(path, App::largest_file(&name)).map_err(refused)?,
        )?
    };
    Ok(taken.id)
}

/// For each heading of the file, the field that the mapping file gives it.
async fn columns(app: &App, request: &Value, path: &Path) -> Result<Value, Refusal> {
    let chosen: BTreeMap<String, String> = file::json(path, MAPPING).map_err(refused)?;
    let preview = call(app, "import_read", request.clone()).await?;
    let headings: Vec<&str> = print::list(&preview, "headings")
        .map(|heading| print::text(heading, "text"))
        .collect();
    if let Some(absent) = chosen
        .keys()
        .find(|name| !headings.contains(&name.as_str()))
    {
        return Err(refused(format!(
            "La colonne « {absent} » n’est pas dans ce fichier. Colonnes : {}.",
            headings.join(", ")
        )));
    }
    Ok(json!(
        headings
            .iter()
            .map(|heading| chosen.get(*heading))
            .collect::<Vec<_>>()
    ))
}

fn set(request: &mut Value, mapping: Value) {
    if let Some(choices) = request.get_mut("choices").and_then(Value::as_object_mut) {
        choices.insert("mapping".to_owned(), mapping);
    }
}

async fn import(
    app: &App,
    request: Value,
    dry_run: bool,
    keep_refused: bool,
) -> Result<Done, Refusal> {
    let name = if dry_run {
        "import_simulate"
    } else {
        "import_apply"
    };
    // Told from the state before: what is imported now would no longer be refused alike.
    let simulation = match keep_refused {
        true => Some(call(app, "import_simulate", request.clone()).await?),
        false => None,
    };
    let mended = simulation.is_some_and(|simulation| {
        let figures = print::field(&simulation, "figures");
        print::list(figures, "refused").next().is_some()
    });
    let saved = match mended {
        true => Some(call(app, "import_refused", request.clone()).await?),
        false => None,
    };
    let done = call(app, name, request).await?;
    let figures = plain(print::field(&done, "figures"));
    let mut text = print::import(&figures, dry_run);
    let rooms: Vec<&str> = print::list(&done, "new_rooms")
        .filter_map(Value::as_str)
        .collect();
    if !rooms.is_empty() {
        text.push_str(&format!("\nSalles à créer : {}", rooms.join(", ")));
    }
    if let Some(batch) = print::field(&done, "batch_id").as_str() {
        text.push_str(&format!("\nPour annuler : relais undo {batch}"));
    }
    if let Some(saved) = saved {
        text.push_str(&format!("\nLignes refusées : {}", print::path(&saved)));
    }
    Ok(Done {
        value: figures,
        text,
        exit: 0,
    })
}

/// The figures as the command line promises them, without what only a window can show.
fn plain(figures: &Value) -> Value {
    let mut plain = Map::new();
    for name in ["read", "created", "updated", "unchanged"] {
        plain.insert(name.to_owned(), print::field(figures, name).clone());
    }
    let refused: Vec<Value> = print::list(figures, "refused")
        .map(|refusal| {
            json!({
                "line": print::field(refusal, "line"), "column": print::field(refusal, "column"),
                "reason": print::field(refusal, "reason"),
            })
        })
        .collect();
    plain.insert("refused".to_owned(), json!(refused));
    for name in ["encoding", "separator"] {
        plain.insert(name.to_owned(), print::field(figures, name).clone());
    }
    Value::Object(plain)
}

async fn undo(app: &App, batch: Option<&str>) -> Result<Done, Refusal> {
    let id = match batch {
        Some(id) => id.to_owned(),
        None => {
            let batches = call(app, "batch_list", json!({})).await?;
            print::list(&batches, "batches")
                .find(|batch| print::field(batch, "undone_at_ms").is_null())
                .map(|batch| print::text(batch, "id").to_owned())
                .ok_or_else(|| refused("Il n’y a rien à annuler.".to_owned()))?
        }
    };
    Ok(Done::new(
        call(app, "batch_undo", json!({ "id": id })).await?,
        print::undone,
    ))
}

/// Where a document was written.
pub(super) fn written(saved: Value) -> Result<Done, Refusal> {
    Ok(Done::new(json!({ "file": print::path(&saved) }), |value| {
        print::text(value, "file").to_owned()
    }))
}

/// The machines of a room, those named, or all; what nobody knows is said.
async fn machines(app: &App, room: Option<&str>, marks: &[String]) -> Result<Value, Refusal> {
    if !marks.is_empty() {
        let mut ids = Vec::new();
        for mark in marks {
            let found = call(app, "equipment_by_mark", json!({ "mark": mark })).await?;
            let id = print::field(&found, "equipment_id").as_str();
            ids.push(
                id.map(str::to_owned)
                    .ok_or_else(|| refused(format!("Aucun équipement ne porte « {mark} ».")))?,
            );
        }
        return Ok(json!(ids));
    }
    let facets = match room {
        None => json!({}),
        Some(code) => {
            let choices = call(app, "register_choices", json!({})).await?;
            let id = print::list(&choices, "rooms")
                .find(|room| print::text(room, "code").eq_ignore_ascii_case(code))
                .map(|room| print::text(room, "id").to_owned())
                .ok_or_else(|| refused(format!("La salle « {code} » n’existe pas.")))?;
            json!({ "salle": [id] })
        }
    };
    let query = json!({ "text": "", "facets": facets, "sort": "salle", "descending": false, "offset": 0, "limit": 500 });
    let found = call(app, "equipment_ids", query).await?;
    Ok(print::field(&found, "ids").clone())
}
