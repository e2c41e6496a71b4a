//! The command line as people and scripts use it: the built program, on folders of its own, against a sandbox.
//!
//! Invariant: nothing of the person's own session is seen (no keyring, no display, an empty home), and every
//! answer is judged by what a script sees: exit code, standard output, error output. Stories that go well are
//! in `day.rs`, `answers.rs`, `register.rs` and `packs.rs`, bad input in `refusals.rs`, folders that cannot be opened in `damage.rs`.
//!
//! It runs `target/debug/relais`, which `cargo build --workspace --bin relais` makes.

mod answers;
mod damage;
mod day;
mod packs;
mod refusals;
mod register;

use std::{
    cell::OnceCell,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use sandbox::{Running, Sandbox};
use secrecy::SecretString;
use serde_json::{Value, json};
use store::{Key, KeyFile, Store, outbox::OutboxFilter, ticket::TicketQuery};
use tempfile::TempDir;
use tests::{Clock, LOGIN, desktop::desk::application, sandbox, settings};

const PHRASE: &str = "girafe parapluie lundi confiture";

/// A person with an empty folder, a passphrase in a file and no keyring.
struct Person {
    home: TempDir,
    /// Derived once: a passphrase is slow on purpose.
    key: OnceCell<Key>,
}

/// How a command ended.
struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Ended {
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Ended {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

impl Person {
    fn new() -> Person {
        let person = Person {
            home: tempfile::tempdir().expect("a temporary folder can be made"),
            key: OnceCell::new(),
        };
        person.file("phrase", format!("{PHRASE}\r\n"));
        person
    }

    /// Someone whose collège is set up, with the platform at this address.
    fn with_college(platform: &str) -> Person {
        let person = Person::new();
        for (key, value) in [
            ("college", "Desaix"),
            ("first-name", "Camille"),
            ("last-name", "Martin"),
            ("platform-url", platform),
            ("platform", "remedy"),
        ] {
            person.says(&["config", "set", key, value]);
        }
        person
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("données")
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.home.path().join(name);
        fs::write(&path, content).expect("the folder is ours");
        path.to_string_lossy().into_owned()
    }

    /// A command on this person's own session, which has nothing: no folder named, no secret.
    fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(application());
        command
            .args(arguments)
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("LANG", "C.UTF-8")
            .env("TZ", "Europe/Paris")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
            .stdin(Stdio::null());
        command
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let (data, phrase) = (self.data(), self.home.path().join("phrase"));
        let (data, phrase) = (data.to_string_lossy(), phrase.to_string_lossy());
        self.bare(
            &[
                arguments,
                &[
                    "--data",
                    data.as_ref(),
                    "--passphrase-file",
                    phrase.as_ref(),
                ],
            ]
            .concat(),
        )
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments))
    }

    /// What a command that goes well says.
    fn says(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, 0, "{arguments:?} goes well: {}", ended.err);
        assert_eq!(ended.err, "", "{arguments:?} has nothing to complain of");
        ended.out
    }

    /// The one JSON value that a command prints.
    fn json(&self, arguments: &[&str]) -> Value {
        let text = self.says(&[arguments, &["--json"]].concat());
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{arguments:?} prints one JSON value ({error}): {text}"))
    }

    /// The sentence of a command that refuses, with nothing changed.
    fn refused(&self, code: i32, arguments: &[&str]) -> String {
        let before = self.kept();
        let ended = self.run(arguments);
        assert_eq!(self.kept(), before, "{arguments:?} writes nothing");
        sentence(code, ended)
    }

    /// Everything that a refused command could have written half of, read behind the program's back.
    fn kept(&self) -> String {
        if !self.data().join("relais.db").exists() {
            return String::new();
        }
        let key = self.key.get_or_init(|| {
            let key_file = KeyFile::read(&self.data()).expect("the key file reads");
            let phrase = SecretString::from(PHRASE);
            let key = key_file.expect("it is there").key_from_passphrase(&phrase);
            key.expect("the phrase is right")
        });
        let store = Store::open(&self.data(), key).expect("the store opens");
        let everything = TicketQuery {
            state: "tous".into(),
            limit: 1000,
            ..TicketQuery::default()
        };
        store
            .read(|conn| {
                Ok::<_, store::Error>(format!(
                    "{:?} {:?} {:?} {:?}",
                    store::profile::get(conn)?,
                    store::setting::get(conn, "theme")?,
                    store::ticket::page(conn, &everything)?.rows,
                    store::outbox::list(conn, &OutboxFilter::All)?,
                ))
            })
            .expect("the store reads")
    }

    fn sync(&self) -> Ended {
        let password = self.file("mot-de-passe", "essai\n");
        self.run(&["sync", "--username", LOGIN, "--password-file", &password])
    }
}

fn ended(mut command: Command) -> Ended {
    command.output().expect("the application starts").into()
}

/// A refusal as a person reads it: one French sentence or two, and nothing a script would take for an answer.
fn sentence(code: i32, ended: Ended) -> String {
    let Ended {
        code: found,
        out,
        err,
    } = ended;
    assert_eq!(
        found, code,
        "the exit code says what kind of refusal: {err}{out}"
    );
    assert_eq!(out, "", "a refusal leaves the standard output empty");
    let said = err.trim_end().to_owned();
    assert!(
        said.lines().count() == 1 && said.chars().count() > 15,
        "one line says what is wrong and what to do: {said:?}"
    );
    for foreign in [
        "os error", "error:", "panicked", "unknown", "expected", "invalid", "Usage", "line ",
    ] {
        assert!(!said.contains(foreign), "in French only: {said}");
    }
    said
}

/// A platform on loopback, which knows one person.
async fn platform() -> (Sandbox, Running) {
    let there = sandbox(settings(), &Clock::new());
    let running = there.serve(0).await.expect("loopback can be served");
    (there, running)
}

/// Answers that end in a request for the platform, about a machine that the register does not have.
fn jammed_printer() -> Value {
    json!({
        "started": "imprimante cdi bourrage",
        "answers": {
            "situation": "panne-impression",
            "equipement": "HP LaserJet au CDI",
            "imprimante": "bourrage",
            "utilisateur": "cdi",
            "essai-imprimante-bourrage": { "1": "pas-regle", "2": "pas-regle", "3": "pas-regle", "4": "pas-pu" },
            "salle": "CDI",
            "gene": "personne-genant",
            "fiche-decrit": {},
        },
    })
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
