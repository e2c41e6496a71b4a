//! The real window, driven as a person would: what issue by issue must be true of the whole application.
//!
//! Each test has its own desk (home, screen, bus, keyring). They need `target/debug/relais` and its window, built without the
//! store's faults: `cargo xtask test desktop` sees to it.

mod register;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use sandbox::{Fault, Sandbox, Settings};
use tests::desktop::{
    desk::{Desk, Keyring, wait_until},
    journeys,
    window::Window,
};
use thirtyfour::Key;

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_queued_without_network_gets_its_number_when_it_is_back() {
    let desk = Desk::new("training", Keyring::Unlocked, 1);
    let window = desk.open().await;
    window.resize(1280, 800).await;
    journeys::begin_training(&window).await;

    journeys::switch_network(&window).await;
    window.reads("Hors ligne").await;
    journeys::go(&window, "Envois").await;
    let known = numbers(&window.main_text().await);

    journeys::report_printer(&window, async |_: &Window, _: &str| {}).await;
    journeys::go(&window, "Envois").await;
    window.reads("partira au retour du réseau").await;
    assert_eq!(
        numbers(&window.main_text().await),
        known,
        "no number can exist while the network is cut"
    );

    journeys::switch_network(&window).await;
    window.reads("Accepté").await;
    window
        .main_text_until("a number that was not there before", |text| {
            numbers(text).len() == known.len() + 1
        })
        .await;
    let number = numbers(&window.main_text().await)
        .into_iter()
        .find(|number| !known.contains(number));
    let number = number.expect("the loop above saw it");

    journeys::go(&window, "Dossiers").await;
    journeys::filter(&window, &number).await;
    window.find("grid", "1 dossier").await;
    window.find("heading", "Imprimante").await;
    window.reads(&number).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_is_found_while_typing_fast() {
    let desk = Desk::new("machine", Keyring::Unlocked, 1);
    let window = desk.open().await;
    window.resize(1280, 800).await;
    journeys::begin_training(&window).await;
    journeys::ask_for_machine(&window).await;
    window.press("laserjet m404 cdi").await;
    window.settle().await;
    assert_eq!(
        window.value("combobox", "Appareil").await,
        "laserjet m404 cdi",
        "no key is lost while the list follows"
    );
    assert_eq!(
        window.names("option").await.len(),
        1,
        "only the machine that holds these words is proposed"
    );
    window.press(Key::Down).await;
    window.press(Key::Enter).await;
    window.settle().await;
    let picked = window.value("combobox", "Appareil").await;
    assert!(
        picked.contains("M404dn"),
        "the field names the machine: {picked}"
    );
    window.press(Key::Enter).await;
    window.gone("combobox", "Appareil").await;
    window.reads(&picked).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_typed_line_is_queued_in_a_dozen_keys_when_the_register_knows_the_machine() {
    let desk = Desk::new("keys", Keyring::Unlocked, 1);
    let window = desk.open().await;
    window.resize(1280, 800).await;
    journeys::begin_training(&window).await;
    journeys::switch_network(&window).await;
    for line in ["imprimante cdi bourrage", "b204-01 ne s'allume plus"] {
        let keys = journeys::report_in_few_keys(&window, line).await;
        println!("« {line} »: {keys} keys beside the typing");
        assert!(
            keys <= 12,
            "« {line} » took {keys} keys, and a dozen is the most a person in a hurry accepts"
        );
    }
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_platform_stored_it_the_dossier_is_there_once() {
    killed_during_the_send("killed-after", true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_platform_stored_it_the_dossier_is_there_once() {
    killed_during_the_send("killed-before", false).await;
}

/// SIGKILL while the platform is slow to answer a create, which it has stored or will never store.
async fn killed_during_the_send(name: &str, committed: bool) {
    let platform = sandbox();
    let served = platform.serve(0).await.expect("loopback has a free port");
    let person = platform
        .settings()
        .users
        .first()
        .cloned()
        .expect("the sandbox has a user");
    let password = person
        .passwords
        .first()
        .cloned()
        .expect("who has a password");

    let mut desk = Desk::new(name, Keyring::Unlocked, 1);
    let window = desk.open().await;
    window.resize(1280, 800).await;
    journeys::first_start(&window, &served.url(), &person.login).await;
    platform.inject(Fault::Slow {
        ms: 600_000,
        committed,
    });
    journeys::report_printer(&window, async |_: &Window, _: &str| {}).await;
    journeys::log_in(&window, &password).await;
    wait_until("the create has reached the platform", || {
        creates(&platform) == 1
    });
    window.kill();
    assert_eq!(
        platform.incidents().len(),
        usize::from(committed),
        "the kill fell where this test wants it"
    );

    platform.clear_faults();
    // Long enough for the platform to have ended or dropped the call: only then does « not found » prove anything.
    desk.minutes_pass(10);
    let window = desk.open().await;
    journeys::go(&window, "Envois").await;
    window.reads("Incertain").await;
    journeys::log_in(&window, &password).await;
    window.reads("Accepté").await;
    let incidents = platform.incidents();
    assert_eq!(
        incidents.len(),
        1,
        "exactly one incident, whatever the kill interrupted: {incidents:?}"
    );
    let incident = incidents.first().expect("counted above");
    window.reads(&incident.number).await;
    let expected = if committed { 1 } else { 2 };
    assert_eq!(
        creates(&platform),
        expected,
        "a stored create is found by its reference, never repeated"
    );
    window.close().await;
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_is_accessible_in_both_themes_and_written_in_good_french() {
    let desk = Desk::new("axe", Keyring::Unlocked, 1);
    let window = desk.open().await;
    window.resize(1280, 800).await;
    let mut seen = Vec::new();
    let mut faults = Vec::new();
    let mut audit = async |window: &Window, name: &str| {
        for theme in ["light", "dark"] {
            window.theme(theme).await;
            seen.push(format!("{name} {theme}"));
            let found = window.audit().await;
            faults.extend(
                found
                    .iter()
                    .map(|fault| format!("{name}, {theme}: {fault}")),
            );
        }
        window.theme("light").await;
        let found = window.typography().await;
        faults.extend(
            found
                .iter()
                .map(|words| format!("{name}, typography: {words}")),
        );
    };
    journeys::each_screen(&window, &mut audit).await;
    window.close().await;
    let desk = Desk::new("axe-closed", Keyring::Missing, 1);
    journeys::closed_screens(&desk, (1280, 800), &mut audit).await;
    assert!(
        seen.len() >= 2 * 24,
        "every screen was looked at in both themes: {seen:?}"
    );
    assert!(
        faults.is_empty(),
        "on these screens:\n{}",
        faults.join("\n")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_in_the_keyring_and_the_data_are_sealed_without_it() {
    let platform = sandbox();
    let served = platform.serve(0).await.expect("loopback has a free port");
    let desk = Desk::new("keyring", Keyring::Unlocked, 1);
    let window = desk.open().await;
    journeys::first_start(&window, &served.url(), "c.martin").await;
    window.close().await;

    let (code, said) = desk.relais(&["ticket", "list", "--json"]);
    assert_eq!(
        code, 0,
        "the same person on the same desk reads the data: {said}"
    );
    let kept = fs::read_dir(desk.home().join(".local/share/keyrings"))
        .expect("gnome-keyring keeps its files there");
    assert!(
        kept.count() > 0,
        "the key was given to the real gnome-keyring"
    );
    for file in files(&desk.data()) {
        let bytes = fs::read(&file).expect("the file is ours");
        assert!(
            !bytes.starts_with(b"SQLite format 3"),
            "{} is not encrypted",
            file.display()
        );
        assert!(
            !holds(&bytes, "Camille"),
            "{} holds a name in clear",
            file.display()
        );
    }

    let elsewhere = Desk::new("keyring-elsewhere", Keyring::Unlocked, 1);
    copy(&desk.data(), &elsewhere.data());
    let (code, said) = elsewhere.relais(&["ticket", "list", "--json"]);
    assert_ne!(
        code, 0,
        "the folder alone, on another desk, opens nothing: {said}"
    );
    served.stop().await;
}

/// A platform whose time stands still: only its own dates depend on it.
fn sandbox() -> Sandbox {
    Sandbox::new(Settings::default(), Arc::new(|| 1_789_365_600_000))
}

/// How many creates have reached the platform, answered or not.
fn creates(platform: &Sandbox) -> usize {
    let created = |seen: &&sandbox::Seen| {
        seen.method == "POST" && seen.path.contains("HPD:IncidentInterface_Create")
    };
    platform.history().iter().filter(created).count()
}

/// The platform numbers in a text, each once.
fn numbers(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut numbers: Vec<String> = words
        .filter(|word| word.starts_with("INC") && word.len() == 15)
        .map(str::to_owned)
        .collect();
    numbers.sort();
    numbers.dedup();
    numbers
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)
        .expect("the data folder is there")
        .flatten()
    {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|window| window == word.as_bytes())
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).expect("it was found inside"));
        fs::create_dir_all(target.parent().expect("it is inside a folder"))
            .expect("the folder is ours");
        fs::copy(&file, target).expect("the file is ours");
    }
}
