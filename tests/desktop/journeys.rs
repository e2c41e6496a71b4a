//! What people do with Relais, told once: the tests assert on it, the films take its pictures.
//!
//! Invariant: everything goes through the window, by role, name and key. `look` is called at each halt with
//! the halt's name. Left out on purpose: judgements; a journey fails only when it cannot go on.

pub mod paths;
pub mod register;

use thirtyfour::Key;

use super::{desk::Desk, window::Window};

pub const TRY: &str = "Essayer avec un collège d’exemple";
pub const CUT: &str = "Couper le réseau";
pub const QUEUE: &str = "Mettre en file d’envoi";
const PASSPHRASE: &str = "trombone girafe lundi orage";
/// On every question of the guide, and on its summary.
const LATER: &str = "Finir plus tard";
/// What is ticked for a machine or a room that the register does not hold.
const ABSENT: &str = "Pas dans le registre";

/// Opens the sample collège from the first screen.
pub async fn begin_training(window: &Window) {
    window.click("button", TRY).await;
    window.find("switch", CUT).await;
    window.settle().await;
}

/// Cuts the network of the sample collège, or brings it back.
pub async fn switch_network(window: &Window) {
    window.click("switch", CUT).await;
}

/// The three steps of a real collège, reached at an AR System server.
pub async fn first_start(window: &Window, platform: &str, login: &str) {
    fill_profile(window, platform, login, async |_: &Window, _: &str| {}).await;
    window.click("button", "Ouvrir Relais").await;
    window.find("link", "Envois").await;
}

async fn fill_profile(
    window: &Window,
    platform: &str,
    login: &str,
    mut look: impl AsyncFnMut(&Window, &str),
) {
    window.find("button", TRY).await;
    look(window, "premier-demarrage").await;
    window.fill("Votre collège", "Desaix").await;
    window.find("option", "Desaix").await;
    window.press(Key::Down).await;
    window.press(Key::Enter).await;
    look(window, "premier-demarrage-college").await;
    window.click("button", "Continuer").await;
    window.click("radio", "Correspondant").await;
    window.fill("Prénom", "Camille").await;
    window.fill("Nom", "Martin").await;
    look(window, "premier-demarrage-personne").await;
    window.click("button", "Continuer").await;
    window.click("radio", "Relais envoie mes demandes").await;
    window.fill("Adresse de la plateforme", platform).await;
    window.fill("Votre identifiant", login).await;
    look(window, "premier-demarrage-plateforme").await;
}

/// The screens of a desk without a keyring, and those before and after the data are open.
pub async fn closed_screens(
    desk: &Desk,
    (width, height): (u32, u32),
    mut look: impl AsyncFnMut(&Window, &str),
) {
    let window = desk.open().await;
    window.resize(width, height).await;
    fill_profile(&window, "http://127.0.0.1:9", "c.martin", &mut look).await;
    window.click("button", "Continuer").await;
    window.fill("Phrase secrète", PASSPHRASE).await;
    window.fill("La même, une seconde fois", PASSPHRASE).await;
    look(&window, "premier-demarrage-phrase").await;
    window.click("button", "Ouvrir Relais").await;
    window.find("link", "Envois").await;
    window.settle().await;
    look(&window, "accueil-vide").await;
    window.close().await;

    let window = desk.open().await;
    window.resize(width, height).await;
    window
        .fill("Votre phrase secrète", "une autre phrase, longue")
        .await;
    window.press(Key::Enter).await;
    look(&window, "ferme").await;
    window.close().await;
}

/// From any page to a queued dossier about the jammed printer of the CDI, by keyboard alone.
pub async fn report_printer(window: &Window, mut look: impl AsyncFnMut(&Window, &str)) {
    window.press("n").await;
    window.shows_page("Signaler").await;
    window.tab_to_field().await;
    window.press("imprimante cdi bourrage").await;
    window.find("list", "Propositions").await;
    window.settle().await;
    look(window, "signaler-propositions").await;
    window.press(Key::Enter).await;
    window.find("button", LATER).await;
    answer_questions(window, &mut look).await;
    look(window, "signaler-resume").await;
    window.tab_to("button", QUEUE).await;
    window.press(Key::Enter).await;
    window.gone("button", QUEUE).await;
}

/// From any page to the question that asks for the machine, the focus in its field.
pub async fn ask_for_machine(window: &Window) {
    window.press("n").await;
    window.shows_page("Signaler").await;
    window.tab_to_field().await;
    window.press("imprimante bourrage").await;
    window.find("list", "Propositions").await;
    window.settle().await;
    window.press(Key::Enter).await;
    window.find("combobox", "Appareil").await;
    window.settle().await;
    window.tab_to_field().await;
}

/// What kind of answer the question on screen wants, in the words of the pack; none on the summary.
async fn asked(window: &Window) -> Option<String> {
    let kind = window
        .run(
            "return document.querySelector('[data-answer]')?.dataset.answer ?? null",
            vec![],
        )
        .await;
    kind.as_str().map(str::to_owned)
}

/// Says of each thing to try that it changed nothing; gives how many there were.
async fn try_in_vain(window: &Window) -> usize {
    let outcomes = window.names("radio").await;
    let trials = outcomes
        .iter()
        .filter(|name| name.starts_with("Pas réglé"))
        .count();
    for answered in 1..=trials {
        window.press("2").await;
        // Keys that follow at once would be a scanner's.
        window
            .until(
                "the outcome is noted",
                "return document.querySelectorAll('[data-answer] input:checked').length === arguments[0]",
                vec![answered.into()],
            )
            .await;
    }
    trials
}

/// Answers whatever is asked until the summary stands there. What is tried first has not settled it.
async fn answer_questions(window: &Window, look: &mut impl AsyncFnMut(&Window, &str)) {
    for number in 1..30 {
        window.settle().await;
        if window.sees("button", QUEUE).await {
            return;
        }
        let before = window.main_text().await;
        if window.sees("checkbox", ABSENT).await {
            // This collège has no register yet.
            window.tab_to("checkbox", ABSENT).await;
            window.press(" ").await;
        } else {
            match asked(window).await.as_deref() {
                Some("essais") => {
                    try_in_vain(window).await;
                }
                // Nothing on it is required, and what Relais knows stands there already.
                Some("fiche") => {}
                Some("choix") => window.press("1").await,
                _ => {
                    window.tab_to_field().await;
                    window.press("Depuis ce matin, après une rame neuve").await;
                    // Enter is a new line in a long text: the button is reached instead.
                    window.tab_to("button", "Continuer").await;
                }
            }
        }
        look(window, &format!("signaler-question-{number}")).await;
        window.press(Key::Enter).await;
        window.changes_from(&before).await;
    }
    panic!("the guide never ends\n{}", window.text().await);
}

/// From the typed line to the queue in as few keys as a person can; gives how many there were beside the typing.
pub async fn report_in_few_keys(window: &Window, line: &str) -> usize {
    window.press("n").await;
    window.shows_page("Signaler").await;
    window.in_field().await;
    window.press(line).await;
    window.find("list", "Propositions").await;
    window.settle().await;
    window.press(Key::Enter).await;
    window.find("button", LATER).await;
    let mut keys = 1;
    for _ in 0..12 {
        window.settle().await;
        let before = window.main_text().await;
        if window.sees("button", QUEUE).await {
            window.press(Key::Enter).await;
            window.gone("button", QUEUE).await;
            return keys + 1;
        }
        let kind = asked(window).await;
        if kind.as_deref() == Some("essais") {
            keys += try_in_vain(window).await;
        } else if kind.as_deref() == Some("choix") {
            window.press("1").await;
            keys += 1;
        }
        window.press(Key::Enter).await;
        keys += 1;
        window.changes_from(&before).await;
    }
    panic!(
        "the guide asks for more than it may\n{}",
        window.text().await
    );
}

/// Opens a place of the navigation.
pub async fn go(window: &Window, place: &str) {
    window.click("link", place).await;
    let title = match place {
        "Accueil" => "Bonjour",
        "Convention" => "La convention",
        other => other,
    };
    window.shows_page(title).await;
}

/// Gives the one-time password where Envois asks for it.
pub async fn log_in(window: &Window, password: &str) {
    go(window, "Envois").await;
    window.fill("Mot de passe", password).await;
    window.press(Key::Enter).await;
}

/// Every screen of the application, from the first start on, at rest.
pub async fn each_screen(window: &Window, mut look: impl AsyncFnMut(&Window, &str)) {
    window.find("button", TRY).await;
    begin_training(window).await;
    look(window, "accueil").await;
    for (place, name) in [
        ("Dossiers", "dossiers"),
        ("Équipements", "equipements"),
        ("Contacts", "contacts"),
        ("Convention", "convention"),
        ("Envois", "envois"),
        ("Réglages", "reglages"),
    ] {
        go(window, place).await;
        look(window, name).await;
        further(window, place, &mut look).await;
    }
    register::each_part(window, &mut look).await;
    go(window, "Accueil").await;
    window.press_with(Key::Control, 'k').await;
    window.find("dialog", "").await;
    look(window, "recherche").await;
    window.press("imprimante cdi").await;
    window.find("option", "M404dn").await;
    look(window, "recherche-trouve").await;
    // Escape empties the field first.
    window.press(Key::Escape).await;
    close_dialog(window).await;
    window.press("?").await;
    window.find("dialog", "").await;
    look(window, "touches").await;
    close_dialog(window).await;
    switch_network(window).await;
    report_printer(window, &mut look).await;
    go(window, "Envois").await;
    look(window, "envois-hors-ligne").await;
}

/// What a place holds beside its first view: a dossier, a record and its form, a dialog, tabs.
async fn further(window: &Window, place: &str, look: &mut impl AsyncFnMut(&Window, &str)) {
    match place {
        "Dossiers" => {
            open_row(window).await;
            look(window, "dossiers-fiche").await;
        }
        "Équipements" => {
            open_row(window).await;
            look(window, "equipements-fiche").await;
            window.click("button", "Modifier").await;
            window.find("button", "Enregistrer").await;
            look(window, "equipements-modifier").await;
        }
        "Contacts" => {
            window.click("button", "Ajouter un contact").await;
            window.find("dialog", "").await;
            look(window, "contacts-ajouter").await;
            close_dialog(window).await;
        }
        "Convention" | "Réglages" => {
            for tab in window.names("tab").await.into_iter().skip(1) {
                window.click("tab", &tab).await;
                window.settle().await;
                look(window, &slug(&format!("{place} {tab}"))).await;
            }
        }
        _ => {}
    }
}

/// Opens a line of the list by keyboard: the dossier beside the list, the machine's record.
pub(super) async fn open_row(window: &Window) {
    let before = window.main_text().await;
    window.tab_to("grid", "").await;
    window.press(Key::Down).await;
    window.press(Key::Enter).await;
    window.changes_from(&before).await;
    window.settle().await;
}

/// Types into the filter of the list on screen. Keys that follow at once would be a scanner's.
pub async fn filter(window: &Window, text: &str) {
    window.press("/").await;
    window.in_field().await;
    window.press(text).await;
    window.settle().await;
}

/// Presses the button of the dialog that is open: the page behind may have one of the same name.
pub async fn confirm(window: &Window, button: &str) {
    window.tab_to("button", button).await;
    window.press(Key::Enter).await;
    window.gone("dialog", "").await;
}

pub(super) async fn close_dialog(window: &Window) {
    window.press(Key::Escape).await;
    window.gone("dialog", "").await;
}

/// A file name out of a label.
fn slug(label: &str) -> String {
    let plain = label
        .to_lowercase()
        .replace(['é', 'è', 'ê'], "e")
        .replace('à', "a");
    let words = plain
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
