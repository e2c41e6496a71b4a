//! Handing over on the command line: the file with everything, made, opened by a successor, or merged.
//!
//! Invariant: a handover's passphrase comes from a file of its own, never from the arguments, and is not the one that
//! opens the data folder. A merge takes what it proposes; where both sides changed, the person says who wins.

use app::App;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::{Done, Refusal, arguments::HandoverAct, call, opened, refused, register::taken};
use crate::{file, print};

pub(super) async fn answer(app: &App, act: &HandoverAct) -> Result<Done, Refusal> {
    match act {
        HandoverAct::Export {
            handover_passphrase_file,
        } => {
            opened(app)?;
            let phrase = file::secret(handover_passphrase_file).map_err(refused)?;
            let body = json!({ "passphrase": phrase.expose_secret() });
            let saved = call(app, "handover_export", body).await?;
            let notice = print::text(&saved, "notice").to_owned();
            let value = json!({
                "file": print::path(&saved), "unsent": print::field(&saved, "unsent"), "notice": print::field(&saved, "notice"),
            });
            Ok(Done::new(value, |value| {
                format!("{}\n{notice}", print::text(value, "file"))
            }))
        }
        HandoverAct::Open {
            file,
            handover_passphrase_file,
        } => {
            let phrase = file::secret(handover_passphrase_file).map_err(refused)?;
            // The new folder is kept by the keyring, or by --passphrase-file.
            let body = json!({
                "file_id": taken(app, file)?, "passphrase": phrase.expose_secret(), "own_passphrase": null,
            });
            Ok(Done::new(call(app, "handover_adopt", body).await?, |_| {
                "Tout est repris. Relais est prêt.".to_owned()
            }))
        }
        HandoverAct::Merge {
            file,
            handover_passphrase_file,
            dry_run,
            file_wins,
        } => {
            opened(app)?;
            let phrase = file::secret(handover_passphrase_file).map_err(refused)?;
            let (id, phrase) = (taken(app, file)?, phrase.expose_secret());
            let body = json!({ "file_id": id, "passphrase": phrase });
            let simulation = call(app, "merge_simulate", body).await?;
            if *dry_run {
                return Ok(Done::new(simulation, print::merge));
            }
            let choices = choices(&simulation, *file_wins);
            let body = json!({ "file_id": id, "passphrase": phrase, "choices": choices });
            Ok(Done::new(
                call(app, "merge_apply", body).await?,
                print::sentence,
            ))
        }
    }
}

/// What the merge proposes, field by field.
fn choices(simulation: &Value, file_wins: bool) -> Value {
    let chosen: Vec<Value> = print::list(simulation, "changed")
        .flat_map(|row| print::list(row, "fields").map(move |field| (row, field)))
        .map(|(row, field)| {
            let side = if file_wins && print::field(field, "conflict") == true {
                json!("fichier")
            } else {
                print::field(field, "proposed").clone()
            };
            json!({
                "what": print::field(row, "what"), "id": print::field(row, "id"), "field": print::field(field, "field"),
                "side": side, "here": print::field(field, "here"),
            })
        })
        .collect();
    json!(chosen)
}
