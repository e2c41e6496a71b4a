//! A public client nobody here wrote: `remedy-py`, as its users call it.
//!
//! The test makes its own virtual environment under `target/`, with every version pinned.

use std::path::{Path, PathBuf};

use sandbox::Settings;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::desk::{open, printer};

const NEEDS: &str = "this test needs python3 with its venv module (on Debian: apt-get install python3-venv) and access to PyPI";

pub async fn run(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("NO_PROXY", "127.0.0.1")
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
        .output()
        .await;
    let output =
        output.unwrap_or_else(|e| panic!("{NEEDS}: {} does not start: {e}", program.display()));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{NEEDS}: {} {arguments:?} failed:\n{errors}",
        program.display()
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The interpreter of an environment that has the public clients, made once for all tests of this process.
pub async fn python() -> PathBuf {
    static MADE: tokio::sync::OnceCell<PathBuf> = tokio::sync::OnceCell::const_new();
    MADE.get_or_init(made).await.clone()
}

async fn made() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/requirements.txt");
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("remedy-py");
    let (python, ready) = (home.join("bin/python"), home.join("requirements.txt"));
    let wanted = std::fs::read(&here).unwrap();
    if std::fs::read(&ready).ok().as_ref() != Some(&wanted) {
        run(
            Path::new("python3"),
            &["-m", "venv", "--clear", home.to_str().unwrap()],
        )
        .await;
        run(
            &python,
            &[
                "-m",
                "pip",
                "install",
                "--quiet",
                "--requirement",
                here.to_str().unwrap(),
            ],
        )
        .await;
        // Written last: its presence says that the installation was whole.
        std::fs::write(&ready, &wanted).unwrap();
    }
    python
}

#[tokio::test]
async fn remedy_py_creates_reads_updates_and_deletes() {
    let python = python().await;
    let desk = open(Settings::default()).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/remedy_client.py");
    let port = desk.running.address.port().to_string();
    let said = run(
        &python,
        &[script.to_str().unwrap(), &port, &printer().to_string()],
    )
    .await;
    let said: Value = serde_json::from_str(&said)
        .unwrap_or_else(|e| panic!("the script answers JSON ({e}): {said}"));

    assert_eq!(said["created"]["status"], 201, "it created");
    let number = &said["created"]["values"]["Incident Number"];
    assert!(
        number.as_str().is_some_and(|n| n.starts_with("INC")),
        "and was given a number: {said}"
    );
    assert_eq!(
        &said["staged"]["Incident Number"], number,
        "it read the row it created"
    );
    assert_eq!(
        (&said["restaged"]["Resolution"], &said["unstaged"]),
        (&json!("Essai"), &json!(204)),
        "it updated and deleted that row, as its own example does"
    );
    assert_eq!(
        &said["found"]["Incident Number"], number,
        "it found the incident by its number"
    );
    assert_eq!(
        said["found"]["Detailed Decription"], "Le bac 2 bloque.",
        "with what was sent"
    );
    assert_eq!(said["updated"]["status"], 204, "it updated");
    assert_eq!(
        said["updated"]["values"]["Status"], "Resolved",
        "and read the update back"
    );
    assert_eq!(
        said["updated"]["values"]["Description"], "Bourrage imprimante CDI",
        "which left the rest alone"
    );
    assert_eq!(said["deleted"], 204, "it deleted");
    assert_eq!(said["read_after_delete"], 404, "and the entry is gone");
    assert_eq!(said["logged_out"], 204, "it logged out");
    assert_eq!(said["read_after_logout"], 401, "and is out");
    assert_eq!(
        json!(desk.sandbox.incidents().len()),
        0,
        "the platform agrees that nothing is left"
    );
    let refused = desk
        .sandbox
        .history()
        .iter()
        .filter(|seen| seen.status == Some(400))
        .count();
    assert_eq!(
        refused,
        0,
        "nothing it sent was misunderstood: {:?}",
        desk.sandbox.history()
    );
}
