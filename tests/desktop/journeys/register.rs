//! The parts of the register as a person walks through them: the list worked in, loans, récolements, purchases, import.

use std::fs;

use super::{Window, close_dialog, filter, go, open_row};

/// Every screen of the register beside its list and its records.
pub async fn each_part(window: &Window, look: &mut impl AsyncFnMut(&Window, &str)) {
    go(window, "Équipements").await;
    filter(window, "m404dn cdi").await;
    window.click("checkbox", "Tout choisir").await;
    look(window, "equipements-choisis").await;
    for (button, name) in [
        ("Modifier…", "equipements-modifier-en-nombre"),
        ("Étiquettes…", "etiquettes"),
        ("Prêter…", "preter"),
    ] {
        window.click("button", button).await;
        window.find("dialog", "").await;
        look(window, name).await;
        close_dialog(window).await;
    }
    window.click("button", "Ne plus choisir").await;
    for (part, name) in [
        ("Prêts", "prets"),
        ("Récolements", "recolements"),
        ("Achats sur fonds propres", "achats"),
    ] {
        window.click("link", part).await;
        window.shows_page(part).await;
        look(window, name).await;
        if part == "Récolements" {
            window.click("link", "Reprendre").await;
            window.reads("Prêt à scanner").await;
        } else {
            open_row(window).await;
        }
        look(window, &format!("{name}-fiche")).await;
        go(window, "Équipements").await;
    }
    import(window, look).await;
}

/// An import as far as its simulation: nothing is changed.
async fn import(window: &Window, look: &mut impl AsyncFnMut(&Window, &str)) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("inventaire.csv");
    let text = "Type;Marque;Modèle;N° de série;Salle;Acheté le\n\
        Vidéoprojecteur;Epson;EB-982W;X4DEMO0001;CDI;15/09/2024\n\
        Vidéoprojecteur;Epson;EB-982W;X4DEMO0002;D99;32/09/2024\n";
    fs::write(&file, text).expect("the folder is ours");
    window.click("link", "Import").await;
    window.find("button", "Choisir un fichier").await;
    look(window, "import").await;
    window.choose_file(&file).await;
    window.find("button", "Simuler").await;
    look(window, "import-lecture").await;
    window.click("button", "Simuler").await;
    window.find("button", "Importer 1 équipement").await;
    look(window, "import-simulation").await;
}
