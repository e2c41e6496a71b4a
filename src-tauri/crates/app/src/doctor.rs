//! Diagnostics: what to tell the person who helps.
//!
//! Invariant: it reads and changes nothing, and it answers whatever state the folder is in.

use chrono::{DateTime, Local};

use crate::{
    App, Error,
    desk::Desk,
    error::code_sentence,
    labels::{NNBSP, count},
    outbox_view::queue,
    secrets,
    wire::{Check, Doctor, Nothing, Stage},
};

pub(crate) fn doctor(app: &App, _: Nothing) -> Result<Doctor, Error> {
    let mut checks = Vec::new();
    let mut check = |name: &str, ok: bool, sentence: String| {
        checks.push(Check {
            name: name.to_owned(),
            ok,
            sentence,
        })
    };
    match app.pack() {
        Ok(pack) => check(
            "Convention",
            true,
            format!(
                "{}, version {}{NNBSP}: {} services, {} cases.",
                pack.manifest.name,
                pack.manifest.version,
                pack.services.len(),
                pack.cells.len()
            ),
        ),
        Err(error) => check("Convention", false, error.sentence()),
    }
    let folder = app
        .desk()
        .map_or_else(|_| app.folder().to_owned(), |desk| desk.folder.clone());
    check("Dossier de données", true, format!("{}", folder.display()));
    let keyring = secrets::keyring_answers();
    check(
        "Trousseau de clés",
        keyring,
        if keyring {
            "Le trousseau de l’ordinateur répond.".into()
        } else {
            "Pas de trousseau utilisable : Relais demande une phrase secrète à l’ouverture.".into()
        },
    );
    match (app.stage(), app.desk()) {
        (_, Ok(desk)) => examine(&desk, app.now_ms(), &mut check)?,
        ((Stage::Unreadable, Some(problem)), _) => {
            check("Données", false, code_sentence(problem.code).to_owned())
        }
        ((Stage::Locked, _), _) => check(
            "Données",
            false,
            "Verrouillées : la phrase secrète est demandée.".into(),
        ),
        _ => check(
            "Données",
            true,
            "Aucun collège n’est encore installé dans ce dossier.".into(),
        ),
    }
    Ok(Doctor {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        checks,
    })
}

fn examine(
    desk: &Desk,
    now_ms: i64,
    check: &mut impl FnMut(&str, bool, String),
) -> Result<(), Error> {
    let faults = desk.store.integrity()?;
    check(
        "Données",
        faults.is_empty(),
        if faults.is_empty() {
            "Le fichier chiffré est intact.".into()
        } else {
            format!(
                "Le fichier est abîmé ({}).",
                count(
                    u32::try_from(faults.len()).unwrap_or(u32::MAX),
                    "défaut",
                    "défauts"
                )
            )
        },
    );
    if !faults.is_empty() {
        // What else the file says is not to be trusted.
        return Ok(());
    }
    let counts = desk.store.read(queue)?;
    check(
        "Envois",
        counts.wedged() == 0,
        format!(
            "{} ; {}.",
            count(counts.waiting(), "envoi en attente", "envois en attente"),
            count(counts.wedged(), "à regarder", "à regarder")
        ),
    );
    let platform = desk.exchange.platform();
    check(
        "Plateforme",
        true,
        if !platform.capabilities().sends {
            "Dossiers recopiés à la main dans le portail.".into()
        } else if platform.has_session(now_ms) {
            "Session ouverte.".into()
        } else {
            let last = desk
                .exchange
                .network(0)
                .last_exchange_ms
                .and_then(DateTime::from_timestamp_millis);
            last.map_or_else(
                || "Aucune session ouverte depuis le démarrage.".into(),
                |at| {
                    format!(
                        "Session fermée ; dernier échange à {}.",
                        at.with_timezone(&Local).format("%-H h %M")
                    )
                },
            )
        },
    );
    Ok(())
}
