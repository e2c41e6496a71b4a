//! The register worked in, in the real window: import, récolement, many machines at once, labels.

use std::{fs, path::PathBuf};

use tests::desktop::{
    desk::{Desk, Keyring, wait_until},
    journeys,
    window::Window,
};
use thirtyfour::Key;

/// The sample collège's equipment.
const ALL: &str = "412 équipements";

async fn register(desk: &Desk) -> Window {
    let window = desk.open().await;
    window.resize(1280, 800).await;
    journeys::begin_training(&window).await;
    journeys::go(&window, "Équipements").await;
    window.reads(ALL).await;
    window
}

/// As French Excel saves it: Windows-1252, semicolons, a line with a date that does not exist.
fn inventory(desk: &Desk) -> PathBuf {
    let text = "Type;Marque;Modèle;N° de série;Salle;Date d'achat\r\n\
        Vidéoprojecteur;Epson;EB-982W;X4DÉMO0001;CDI;15/09/2024\r\n\
        Vidéoprojecteur;Epson;EB-982W;X4DEMO0002;CDI;15/09/2024\r\n\
        Vidéoprojecteur;Epson;EB-982W;X4DEMO0003;CDI;32/09/2024\r\n";
    let bytes: Vec<u8> = text
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).expect("Windows-1252 has these letters"))
        .collect();
    let path = desk.home().join("inventaire.csv");
    fs::write(&path, bytes).expect("the home is ours");
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_windows_1252_is_simulated_imported_and_taken_back() {
    let desk = Desk::new("import", Keyring::Unlocked, 1);
    let window = register(&desk).await;
    window.click("link", "Import").await;
    window.choose_file(&inventory(&desk)).await;

    window.find("button", "Encodage").await;
    window.reads("Windows-1252").await;
    window.reads("X4DÉMO0001").await;
    window.click("button", "Simuler").await;

    let simulated = "Importer 2 équipements";
    window.find("button", simulated).await;
    window.reads("32/09/2024").await;
    let told = window.main_text().await;
    journeys::go(&window, "Équipements").await;
    window.reads(ALL).await;
    assert!(
        told.contains("3") && told.contains("refus"),
        "three lines are read, one of them refused: {told}"
    );

    window.click("link", "Import").await;
    if !window.sees("button", simulated).await {
        window.choose_file(&inventory(&desk)).await;
        window.click("button", "Simuler").await;
    }
    window.click("button", simulated).await;
    window.find("button", "Annuler l’import").await;
    journeys::go(&window, "Équipements").await;
    window.reads("414 équipements").await;

    window.click("link", "Import").await;
    window.click("button", "Annuler").await;
    journeys::go(&window, "Équipements").await;
    window.reads(ALL).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_machines_change_at_once_and_come_back() {
    let desk = Desk::new("bulk", Keyring::Unlocked, 1);
    let window = register(&desk).await;
    journeys::filter(&window, "m404dn cdi").await;
    window.click("checkbox", "Tout choisir").await;
    window.reads("1 choisi").await;
    window.click("button", "Modifier…").await;
    window.click("button", "Que voulez-vous changer").await;
    window.click("option", "État").await;
    window.click("button", "État").await;
    window.click("option", "en réserve").await;
    window.click("button", "Modifier 1 équipement").await;
    window.gone("dialog", "").await;
    window.find("button", "Annuler").await;
    window
        .main_text_until("the list shows the new state", |text| {
            text.to_lowercase().contains("en réserve")
        })
        .await;
    let row = window.names("row").await.pop().unwrap_or_default();
    assert!(
        row.to_lowercase().contains("réserve"),
        "the machine itself is in reserve, not only the facet: {row}"
    );
    window.click("button", "Annuler").await;
    window
        .until_row("the machine is back in service", |row| {
            row.to_lowercase().contains("en service")
        })
        .await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_of_labels_is_made_and_opened() {
    let desk = Desk::new("labels", Keyring::Unlocked, 1);
    let window = register(&desk).await;
    journeys::filter(&window, "m404dn cdi").await;
    window.click("checkbox", "Tout choisir").await;
    window.click("button", "Étiquettes…").await;
    window.click("button", "Créer les étiquettes").await;
    window.gone("dialog", "").await;
    window.click("button", "Ouvrir").await;
    wait_until("the sheet is opened in the person's own program", || {
        !desk.opened().is_empty()
    });
    let opened = desk.opened();
    let sheet = opened.first().expect("just seen");
    assert!(
        sheet.starts_with(desk.home()),
        "the sheet is where a browser would put it: {}",
        sheet.display()
    );
    let pdf = lopdf::Document::load(sheet).expect("what is opened is a PDF");
    assert_eq!(pdf.get_pages().len(), 1, "one label needs one sheet");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_checked_and_what_was_found_applied() {
    let desk = Desk::new("recolement", Keyring::Unlocked, 1);
    let window = register(&desk).await;
    window.click("link", "Récolements").await;
    window.click("button", "Commencer un récolement").await;
    window.fill("Filtrer les salles", "CDI").await;
    window.settle().await;
    window.click("checkbox", "CDI").await;
    window.click("button", "Commencer").await;
    window.gone("dialog", "").await;

    window.reads("Prêt à scanner").await;
    // The printer of the CDI, then a code that nothing has.
    window.press("PHB8779159").await;
    window.press(Key::Enter).await;
    window.reads("Présent").await;
    window.press("XX-JAMAIS-VU").await;
    window.press(Key::Enter).await;
    window.reads("inconnu").await;

    // Interrupted: closed, then opened again on another day.
    window.close().await;
    let window = register(&desk).await;
    window.click("link", "Récolements").await;
    window.click("link", "Reprendre").await;
    window.reads("XX-JAMAIS-VU").await;

    window.click("button", "Appliquer").await;
    window.find("dialog", "Appliquer le récolement").await;
    window.click("radio", "Les passer sans salle").await;
    journeys::confirm(&window, "Appliquer").await;
    window.find("button", "Annuler").await;
    journeys::go(&window, "Équipements").await;
    journeys::filter(&window, "PHB8779159").await;
    window
        .until_row(
            "the printer that was there still stands in the CDI",
            |row| row.contains("CDI"),
        )
        .await;
    window.close().await;
}
