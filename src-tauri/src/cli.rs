//! The command line: the window's commands, headless.
//!
//! Invariant: with `--json` the standard output is one JSON value and nothing else; a
//! refusal is a French sentence on the error output and an exit code: 0 done, 2 usage,
//! 3 refused input, 4 offline or login needed, 5 damaged data, 1 anything else.

use std::{path::PathBuf, process::ExitCode};

use app::{
    App, commands,
    wire::{Activity, AnswersFile, Code, Funding, Perimeter, TicketFilter, WireError},
};
use clap::{ArgAction, Parser, Subcommand};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    file,
    print::{self, say, warn},
};

pub(crate) const REFUSED: u8 = 3;
const OFFLINE: u8 = 4;
const DAMAGED: u8 = 5;

/// What an answers file looks like.
const ANSWERS: &str =
    r#"{"started": "imprimante cdi", "answers": {"situation": "panne-impression"}}"#;

/// Relais : les équipements, les contacts et les dossiers informatiques du collège.
#[derive(Parser)]
#[command(name = "relais", version, about, disable_help_subcommand = true)]
#[command(disable_help_flag = true, disable_version_flag = true)]
pub(crate) struct Arguments {
    /// Affiche cette aide.
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Affiche la version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// Dossier de données.
    #[arg(long, global = true, value_name = "DOSSIER")]
    data: Option<PathBuf>,
    /// Fichier qui contient la phrase secrète, là où l’ordinateur n’a pas de trousseau.
    #[arg(long, global = true, value_name = "FICHIER")]
    passphrase_file: Option<PathBuf>,
    /// Dossier où sont écrits les documents demandés (sans autre choix, le dossier courant).
    #[arg(long, global = true, value_name = "DOSSIER")]
    out: Option<PathBuf>,
    /// Réponse en JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Qui s’en occupe, et pourquoi.
    Route {
        /// Ligne de la matrice, par exemple equipement-bureautique.
        #[arg(long)]
        service: String,
        /// preconisation, acquisition, installation, mco, assistance ou conseil.
        #[arg(long, value_name = "ACTIVITÉ", value_parser = word(Activity::from_id, Activity::ALL, Activity::id))]
        activity: Activity,
        /// Ligne de l’annexe 2 bis, par exemple « Vie scolaire ».
        #[arg(long, value_name = "LIGNE")]
        user: Option<String>,
        /// administratif ou pedagogique.
        #[arg(long, value_name = "PÉRIMÈTRE", value_parser = word(Perimeter::from_id, Perimeter::ALL, Perimeter::id))]
        perimeter: Option<Perimeter>,
        /// departement, etat ou fonds-propres.
        #[arg(long, value_name = "FINANCEMENT", value_parser = word(Funding::from_id, Funding::ALL, Funding::id))]
        funding: Option<Funding>,
        /// Date d’achat, par exemple 2016-03-01.
        #[arg(long, value_name = "DATE")]
        bought_on: Option<String>,
        /// Achat validé par le Département avant la commande.
        #[arg(long)]
        validated: bool,
        /// Le collège fait partie d’une cité scolaire.
        #[arg(long)]
        cite_scolaire: bool,
        /// La garantie est finie.
        #[arg(long)]
        out_of_warranty: bool,
    },
    /// Le formulaire guidé : ce qu’une ligne peut vouloir dire, ou la question suivante.
    #[command(group = clap::ArgGroup::new("what").required(true))]
    Guide {
        /// Une ligne, comme on la taperait.
        #[arg(long, group = "what", value_name = "TEXTE")]
        start: Option<String>,
        /// Fichier JSON de réponses.
        #[arg(long, group = "what", value_name = "FICHIER")]
        answers: Option<PathBuf>,
    },
    /// Les dossiers.
    Ticket {
        #[command(subcommand)]
        act: TicketAct,
    },
    /// Ce qui part vers la plateforme, et la preuve que c’est arrivé.
    Outbox,
    /// Échange avec la plateforme.
    Sync {
        /// Identifiant sur la plateforme.
        #[arg(long, value_name = "IDENTIFIANT", requires = "password_file")]
        username: Option<String>,
        /// Fichier qui contient le mot de passe à usage unique. Il n’est jamais gardé.
        #[arg(long, value_name = "FICHIER", requires = "username")]
        password_file: Option<PathBuf>,
    },
    /// Cherche partout.
    Search {
        #[arg(value_name = "TEXTE")]
        text: String,
    },
    /// Le profil et les réglages.
    Config {
        #[command(subcommand)]
        act: ConfigAct,
    },
    /// Vérifie l’installation.
    Doctor,
}

#[derive(Subcommand)]
pub(crate) enum TicketAct {
    /// Crée un dossier à partir d’un fichier de réponses complet.
    New {
        #[arg(long, value_name = "FICHIER")]
        answers: PathBuf,
    },
    /// Liste les dossiers.
    List {
        /// ouverts (sans autre choix), attend-de-moi, en-retard, fermes ou tous.
        #[arg(long, value_name = "FILTRE", default_value = "ouverts", hide_default_value = true, value_parser = word(TicketFilter::from_id, TicketFilter::ALL, TicketFilter::id))]
        filter: TicketFilter,
        /// Mots à trouver.
        #[arg(
            long,
            value_name = "TEXTE",
            default_value = "",
            hide_default_value = true
        )]
        text: String,
    },
    /// Montre un dossier, par identifiant, référence REL-… ou numéro.
    Show { id: String },
}

#[derive(Subcommand)]
pub(crate) enum ConfigAct {
    /// Lit un réglage, ou tous.
    Get {
        #[arg(value_name = "RÉGLAGE")]
        key: Option<String>,
    },
    /// Écrit un réglage ; le premier crée le fichier chiffré du collège.
    Set {
        #[arg(value_name = "RÉGLAGE")]
        key: String,
        #[arg(value_name = "VALEUR")]
        value: String,
    },
}

/// Reads a word of a closed list; a wrong one is told with those that exist.
fn word<T: Copy + Send + Sync + 'static>(
    from_id: fn(&str) -> Option<T>,
    all: &'static [T],
    id: fn(T) -> &'static str,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync {
    move |text| {
        from_id(text).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|value| id(*value)).collect();
            format!("valeurs possibles : {}", known.join(", "))
        })
    }
}

impl Arguments {
    /// The data folder: the one named, or the person's own.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        self.data
            .clone()
            .or_else(|| Some(dirs::data_dir()?.join("relais")))
    }

    /// Where a command writes a document.
    pub(crate) fn out(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| PathBuf::from("."))
    }

    pub(crate) fn passphrase(&self) -> Result<Option<SecretString>, String> {
        let file = self.passphrase_file.as_deref();
        file.map(file::secret).transpose()
    }
}

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
