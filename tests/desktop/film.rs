//! Pictures of the real window: `film tour DIR` tells the main job, `film screens DIR` shows every screen,
//! `film paths DIR` the special paths of the guide alone.
//!
//! `cargo xtask run` (without a display) and `cargo xtask screens` call it. Invariant: the pictures of an
//! earlier run are gone before the first new one is taken, so what is in the folder belongs together.

use std::{fs, path::Path};

use tests::desktop::{
    desk::{Desk, Keyring},
    journeys,
    window::Window,
};

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [film, folder] = words.as_slice() else {
        eprintln!("usage: film tour|screens|paths DIR");
        std::process::exit(2);
    };
    let folder = Path::new(folder);
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the pictures of the last run can be removed");
    }
    fs::create_dir_all(folder).expect("the folder of pictures can be made");
    match film.as_str() {
        "tour" => tour(folder).await,
        "screens" => screens(folder).await,
        "paths" => paths(folder).await,
        other => {
            eprintln!("no film named {other}: tour, screens or paths");
            std::process::exit(2);
        }
    }
}

/// First start, training, network cut, guided form, queue, network back, number.
async fn tour(folder: &Path) {
    let desk = Desk::new("tour", Keyring::Unlocked, 1);
    let window = desk.open().await;
    window.resize(1280, 800).await;
    let mut number = 0;
    let mut take = async |window: &Window, name: &str| {
        number += 1;
        window
            .picture(&folder.join(format!("{number:02}-{name}.png")))
            .await;
    };
    window.find("button", journeys::TRY).await;
    take(&window, "premier-demarrage").await;
    journeys::begin_training(&window).await;
    take(&window, "accueil").await;
    journeys::switch_network(&window).await;
    window.reads("Hors ligne").await;
    take(&window, "reseau-coupe").await;
    journeys::report_printer(&window, &mut take).await;
    take(&window, "dossier-en-attente").await;
    journeys::go(&window, "Envois").await;
    take(&window, "envois-en-attente").await;
    journeys::switch_network(&window).await;
    window.reads("Accepté").await;
    take(&window, "envois-arrives").await;
    window.click("link", "Bourrage papier").await;
    window.shows_page("Dossiers").await;
    take(&window, "numero-sur-le-dossier").await;
    window.close().await;
}

/// Each screen light and dark at 1280×800, and light in a small window and at 200 %.
async fn screens(folder: &Path) {
    for (suffix, width, height, scale) in [
        ("", 1280, 800, 1),
        ("-1024", 1024, 700, 1),
        ("-200", 1280, 800, 2),
    ] {
        let mut take = async |window: &Window, name: &str| {
            window
                .picture(&folder.join(format!("{name}{suffix}.png")))
                .await;
            if suffix.is_empty() {
                window.theme("dark").await;
                window
                    .picture(&folder.join(format!("{name}-dark.png")))
                    .await;
                window.theme("light").await;
            }
        };
        let desk = Desk::new(&format!("screens{suffix}"), Keyring::Unlocked, scale);
        let window = desk.open().await;
        window.resize(width, height).await;
        journeys::each_screen(&window, &mut take).await;
        if suffix.is_empty() {
            journeys::paths::each_special(&window, &mut take).await;
        }
        window.close().await;
        let desk = Desk::new(&format!("closed{suffix}"), Keyring::Missing, scale);
        journeys::closed_screens(&desk, (width, height), &mut take).await;
    }
}

/// The special paths of the guided form, light and dark.
async fn paths(folder: &Path) {
    let desk = Desk::new("paths", Keyring::Unlocked, 1);
    let window = desk.open().await;
    window.resize(1280, 800).await;
    journeys::begin_training(&window).await;
    let mut take = async |window: &Window, name: &str| {
        for theme in ["light", "dark"] {
            window.theme(theme).await;
            window
                .picture(&folder.join(format!("{name}-{theme}.png")))
                .await;
        }
        window.theme("light").await;
    };
    journeys::paths::each_special(&window, &mut take).await;
    window.close().await;
}
