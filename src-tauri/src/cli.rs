//! The command line: the window's commands, headless.
//!
//! Invariant: with `--json` the standard output is one JSON value and nothing else; a
//! refusal is a French sentence on the error output and an exit code: 0 done, 2 usage,
//! 3 refused input, 4 offline or login needed, 5 damaged data, 1 anything else.

mod arguments;
mod handover;
mod pack;
mod register;

pub(crate) use arguments::{Arguments, Command};

use std::process::ExitCode;

use app::{
    App, commands,
    wire::{AnswersFile, Code, WireError},
};
use arguments::{ConfigAct, TicketAct};
use serde_json::{Value, json};

use crate::{
    file,
    print::{self, say, warn},
};

pub(crate) const REFUSED: u8 = 3;
const OFFLINE: u8 = 4;
const DAMAGED: u8 = 5;

/// What an answers file looks like.
const ANSWERS: &str = r#"{"started": "imprimante cdi", "answers": {"question": "réponse"}}"#;

/// What ended a command: a sentence and an exit code.
pub(crate) struct Refusal {
    sentence: String,
    exit: u8,
}

impl From<WireError> for Refusal {
    fn from(error: WireError) -> Self {
        let exit = match error.code {
            Code::BadRequest
            | Code::NotFound
            | Code::Conflict
            | Code::NotReady
            | Code::WrongKey
            | Code::KeyringMissing => REFUSED,
            Code::Offline | Code::LoginNeeded => OFFLINE,
            Code::Damaged | Code::TooNew => DAMAGED,
            Code::DiskFull | Code::ReadOnly | Code::Busy | Code::Internal => 1,
        };
        let mut sentence = error.message;
        if error.code == Code::KeyringMissing {
            sentence.push_str(
                " Sans trousseau, donnez une phrase secrète avec --passphrase-file FICHIER.",
            );
        }
        Self { sentence, exit }
    }
}

fn refused(sentence: String) -> Refusal {
    Refusal {
        sentence,
        exit: REFUSED,
    }
}

/// Runs one command and ends the process with its exit code.
pub(crate) fn run(app: &App, command: &Command, as_json: bool) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            warn(&format!("Relais n’a pas pu démarrer : {error}"));
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(answer(app, command)) {
        Ok(Done { value, text, exit }) => {
            let said = if as_json {
                print::out(&format!("{value:#}"))
            } else {
                say(&text)
            };
            if exit == 0 {
                said
            } else {
                ExitCode::from(exit)
            }
        }
        Err(Refusal { sentence, exit }) => {
            warn(&sentence);
            ExitCode::from(exit)
        }
    }
}

struct Done {
    value: Value,
    text: String,
    exit: u8,
}

impl Done {
    fn new(value: Value, text: impl Fn(&Value) -> String) -> Self {
        Self {
            text: text(&value),
            value,
            exit: 0,
        }
    }
}

async fn call(app: &App, name: &str, body: Value) -> Result<Value, Refusal> {
    commands::dispatch(app, name, body)
        .await
        .map_err(|error| match error.code {
            // What the folder lacks is said in the command line's words.
            Code::NotReady => app.refusal().unwrap_or(error).into(),
            _ => error.into(),
        })
}

/// A store that cannot be opened is said before a command fails on it.
fn opened(app: &App) -> Result<(), Refusal> {
    Ok(app.refusal().map_or(Ok(()), Err)?)
}

async fn answer(app: &App, command: &Command) -> Result<Done, Refusal> {
    match command {
        Command::Route {
            service,
            activity,
            user,
            perimeter,
            funding,
            bought_on,
            validated,
            cite_scolaire,
            out_of_warranty,
        } => {
            let body = json!({
                "service": service, "activity": activity, "perimeter": perimeter, "user": user, "funding": funding,
                "bought_on": bought_on, "validated": validated, "cite_scolaire": cite_scolaire.then_some(true), "out_of_warranty": out_of_warranty,
            });
            Ok(Done::new(
                print::flat_route(call(app, "route", body).await?),
                print::route,
            ))
        }
        Command::Guide {
            start: Some(text), ..
        } => Ok(Done::new(
            call(app, "guide_propose", json!({ "text": text })).await?,
            print::proposals,
        )),
        Command::Guide { answers, .. } => {
            let path = answers.clone().unwrap_or_default();
            let file: AnswersFile = file::json(&path, ANSWERS).map_err(refused)?;
            Ok(Done::new(
                call(app, "guide_check", json!(file)).await?,
                print::guide,
            ))
        }
        Command::Ticket { act } => {
            opened(app)?;
            match act {
                TicketAct::New { answers } => {
                    let file: AnswersFile = file::json(answers, ANSWERS).map_err(refused)?;
                    Ok(Done::new(
                        call(app, "ticket_new", json!(file)).await?,
                        print::submitted,
                    ))
                }
                TicketAct::List { filter, text } => {
                    let body = json!({ "text": text, "filter": filter, "party": null, "room_id": null, "equipment_id": null, "offset": 0, "limit": 500 });
                    Ok(Done::new(
                        call(app, "ticket_list", body).await?,
                        print::tickets,
                    ))
                }
                TicketAct::Show { id } => Ok(Done::new(
                    call(app, "ticket_show", json!({ "id": id })).await?,
                    print::ticket,
                )),
            }
        }
        Command::Outbox => {
            opened(app)?;
            Ok(Done::new(
                call(app, "outbox", json!({})).await?,
                print::outbox,
            ))
        }
        Command::Sync {
            username,
            password_file,
        } => {
            opened(app)?;
            let password = password_file
                .as_deref()
                .map(file::secret)
                .transpose()
                .map_err(refused)?;
            let password = password.as_ref().map(secrecy::ExposeSecret::expose_secret);
            let value = call(
                app,
                "sync_now",
                json!({ "username": username, "password": password }),
            )
            .await?;
            let stopped = print::field(&value, "login_needed") == true
                || print::field(&value, "offline") == true;
            Ok(Done {
                exit: if stopped { OFFLINE } else { 0 },
                ..Done::new(value, print::sentence)
            })
        }
        Command::Search { text } => {
            opened(app)?;
            Ok(Done::new(
                call(app, "search", json!({ "text": text, "limit": 50 })).await?,
                print::hits,
            ))
        }
        Command::Config {
            act: ConfigAct::Get { key },
        } => {
            opened(app)?;
            Ok(Done::new(
                print::config(call(app, "settings", json!({})).await?, key.as_deref())
                    .map_err(refused)?,
                print::keys,
            ))
        }
        Command::Config {
            act: ConfigAct::Set { key, value },
        } => Ok(Done::new(
            call(app, "configure", json!({ "key": key, "value": value })).await?,
            |value| print::keys(&print::config(value.clone(), Some(key)).unwrap_or_default()),
        )),
        Command::Import { .. }
        | Command::Undo { .. }
        | Command::Export { .. }
        | Command::Labels { .. } => {
            opened(app)?;
            register::answer(app, command).await
        }
        Command::Handover { act } => handover::answer(app, act).await,
        Command::Pack { act } => pack::answer(app, act).await,
        Command::Convention { act } => pack::convention(app, act).await,
        Command::Doctor => {
            let value = call(app, "doctor", json!({})).await?;
            let sound = print::field(&value, "checks")
                .as_array()
                .is_some_and(|checks| {
                    checks.iter().all(|check| {
                        print::field(check, "name") != "Données"
                            || print::field(check, "ok") == true
                    })
                });
            let exit = match app.refusal() {
                _ if sound => 0,
                Some(refusal) => Refusal::from(refusal).exit,
                None => DAMAGED,
            };
            Ok(Done {
                exit,
                ..Done::new(value, print::doctor)
            })
        }
    }
}
