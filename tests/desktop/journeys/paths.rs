//! The special paths of the guided form, each from one typed line to its summary.
//!
//! Left out on purpose: what each must say, which `special_paths` of the convention asserts; here they are looked at.

use thirtyfour::Key;

use super::{LATER, asked, go, try_in_vain};
use crate::desktop::window::Window;

/// A path: its name in pictures, the line typed, and the answers that lead into it (question, answer), by parts of
/// their words. What is not named here is answered by the first choice.
struct Path {
    name: &'static str,
    line: &'static str,
    answers: &'static [(&'static str, &'static str)],
}

const PATHS: [Path; 16] = [
    Path {
        name: "fonds-propres",
        line: "acheter ordinateur portable",
        answers: &[("Qui l’achète", "fonds propres"), ("validé", "Non")],
    },
    Path {
        name: "catalogue",
        line: "installer geogebra en b204",
        answers: &[],
    },
    Path {
        name: "hors-catalogue",
        line: "installer un logiciel hors catalogue",
        answers: &[("validé", "Non")],
    },
    Path {
        name: "experimentation",
        line: "installer un logiciel d'expérimentation",
        answers: &[("validé", "Non")],
    },
    Path {
        name: "logiciel-prive",
        line: "pronote ne s'ouvre pas",
        answers: &[],
    },
    Path {
        name: "compte",
        line: "créer un compte pour un professeur remplaçant",
        answers: &[("Que faut-il", "créer")],
    },
    Path {
        name: "partage",
        line: "dossier partagé pour les 6e sur magret",
        answers: &[],
    },
    Path {
        name: "liste-acces",
        line: "débloquer un site internet bloqué par le proxy",
        answers: &[],
    },
    Path {
        name: "wifi",
        line: "ouvrir le wifi en salle b12",
        answers: &[],
    },
    Path {
        name: "port",
        line: "ouvrir un port du pare-feu",
        answers: &[],
    },
    Path {
        name: "appareil-personnel",
        line: "connecter un appareil personnel",
        answers: &[],
    },
    Path {
        name: "incident",
        line: "rançongiciel fichiers illisibles",
        answers: &[],
    },
    Path {
        name: "hors-garantie",
        line: "imprimante du secretariat ne s'allume plus",
        answers: &[],
    },
    Path {
        name: "formation",
        line: "formation sur le logiciel du cdi",
        answers: &[],
    },
    Path {
        name: "inventaire",
        line: "un appareil manque à l'inventaire du département",
        answers: &[],
    },
    Path {
        name: "salle-entiere",
        line: "les postes de b204 ne demarrent plus",
        answers: &[],
    },
];

/// The summary of each special path; what asks to act at once, as soon as it does.
pub async fn each_special(window: &Window, mut look: impl AsyncFnMut(&Window, &str)) {
    for path in &PATHS {
        go(window, "Accueil").await;
        window.press("n").await;
        window.shows_page("Signaler").await;
        window.in_field().await;
        window.press(path.line).await;
        window.find("list", "Propositions").await;
        window.settle().await;
        window.press(Key::Enter).await;
        window.find("button", LATER).await;
        let mut name = Some(format!("chemin-{}-question", path.name));
        for _ in 0..14 {
            window.settle().await;
            let before = window.main_text().await;
            let Some(kind) = asked(window).await else {
                break;
            };
            // The first page, where an incident already says what to do.
            if let Some(name) = name.take() {
                look(window, &name).await;
            }
            answer(window, path, &kind).await;
            window.changes_from(&before).await;
        }
        look(window, &format!("chemin-{}", path.name)).await;
        window.click("button", "Jeter ce brouillon").await;
        window.gone("button", LATER).await;
    }
}

async fn answer(window: &Window, path: &Path, kind: &str) {
    let heading = window
        .run(
            "return document.querySelector('form h2')?.textContent ?? ''",
            vec![],
        )
        .await;
    let heading = heading.as_str().unwrap_or_default();
    let wanted = path
        .answers
        .iter()
        .find(|(question, _)| heading.contains(question));
    match (kind, wanted) {
        ("essais", _) => {
            try_in_vain(window).await;
        }
        ("fiche", _) => {}
        ("choix", Some((_, choice))) => {
            let names = window.names("radio").await;
            let place = names.iter().position(|name| name.contains(choice));
            let place = place.unwrap_or_else(|| panic!("no answer « {choice} » among {names:?}"));
            window.press((place + 1).to_string()).await;
            window.settle().await;
        }
        ("choix", None) => {
            window.press("1").await;
            window.settle().await;
        }
        ("equipement" | "salle", _) => {
            window.tab_to("checkbox", super::ABSENT).await;
            window.press(" ").await;
            window.settle().await;
        }
        _ => {
            window.tab_to_field().await;
            window.press("Depuis lundi, sur le poste du fond").await;
            window.tab_to("button", "Continuer").await;
        }
    }
    window.press(Key::Enter).await;
}
