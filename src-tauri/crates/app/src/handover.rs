//! Handover to a successor, and merging the file of the collège's other user.
//!
//! Invariant: the file that comes in is never written to, and nothing here changes before it has opened whole. A merge
//! is planned again in the transaction that applies it; merged twice, a file changes nothing more. Secrets do not
//! travel: the file opens by its own passphrase and the new store has a key of its own. Left out on purpose: who may
//! hand over (whoever opens the collège), and sending what the other computer has to send.

mod additions;
mod apply;
mod differences;
mod envois;
mod fields;
mod history;
mod matching;
mod plan;
#[cfg(test)]
mod tests;
mod values;
mod words;

use std::{io::Write, path::Path};

use apply::Choices;
use convention::text::fold;
use plan::Plan;
use secrecy::SecretString;
use store::{OpenError, handover::Handover, outbox::OutboxFilter, profile::Profile};
use tempfile::TempDir;

use crate::{
    App, Error, folder,
    labels::{NNBSP, count},
    opening,
    tickets::narrow,
    wire::{
        BatchDone, HandoverAdopt, HandoverExport, HandoverFile, MergeApply, MergeRequest,
        MergeSimulation, Status,
    },
};

pub(crate) fn export(app: &App, request: HandoverExport) -> Result<HandoverFile, Error> {
    folder::strong("passphrase", &request.passphrase)?;
    let desk = app.desk()?;
    let (profile, unsent) = desk.store.read(|conn| -> Result<_, Error> {
        Ok((
            store::profile::get(conn)?.unwrap_or_default(),
            store::outbox::list(conn, &OutboxFilter::Live)?.len(),
        ))
    })?;
    let downloads = app.downloads();
    std::fs::create_dir_all(downloads)?;
    let name = file_name(&profile, &app.today().to_string());
    let mut path = downloads.join(format!("{name}.relais"));
    let mut copy = 2;
    loop {
        let written =
            store::handover::export(&desk.store, &path, &request.passphrase, &mut rand::rng());
        match written {
            Err(OpenError::Exists(_)) => {
                path = downloads.join(format!("{name} ({copy}).relais"));
                copy += 1;
            }
            written => break written?,
        }
    }
    let saved = app.note_saved(&path);
    let unsent = narrow(unsent.try_into().unwrap_or(u64::MAX));
    Ok(HandoverFile {
        id: saved.id,
        name: saved.name,
        folder: saved.folder,
        unsent,
        notice: (unsent > 0).then(|| {
            format!(
                "Sans réponse de la plateforme à ce jour{NNBSP}: {}. Le fichier en garde la trace. Chez la personne qui l’ouvre, ce qui n’a pas été refusé sera «{NNBSP}incertain{NNBSP}»{NNBSP}: Relais le cherchera par sa référence avant d’envoyer quoi que ce soit. N’envoyez plus rien d’ici une fois la passation faite.",
                count(unsent, "envoi", "envois")
            )
        }),
    })
}

/// `passation-college-desaix-2026-11-24`
fn file_name(profile: &Profile, today: &str) -> String {
    let folded = fold(&profile.college);
    let mut words: Vec<&str> = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words
        .first()
        .is_some_and(|first| !matches!(*first, "college" | "cite"))
    {
        words.insert(0, "college");
    }
    words.insert(0, "passation");
    words.push(today);
    words.join("-")
}

/// A file of the tray on the disk, and room beside it; all of it goes away with it.
struct Workspace {
    folder: TempDir,
    file: tempfile::NamedTempFile,
}

impl Workspace {
    fn of(app: &App, folder: &Path, file_id: &str) -> Result<Self, Error> {
        let taken = app.taken(file_id)?;
        std::fs::create_dir_all(folder)?;
        let folder = tempfile::Builder::new()
            .prefix("passation-")
            .tempdir_in(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder.path())?;
        file.write_all(&taken.bytes)?;
        Ok(Self { folder, file })
    }

    fn open(&self, passphrase: &SecretString) -> Result<Handover, Error> {
        Handover::open(self.file.path(), passphrase, self.folder.path()).map_err(unopened)
    }
}

/// Why somebody else's file does not open. Nothing of one's own is at fault.
fn unopened(error: OpenError) -> Error {
    let (field, sentence) = match error {
        OpenError::WrongKey => (
            "passphrase",
            format!(
                "Cette phrase secrète n’ouvre pas le fichier. Vérifiez les majuscules, les accents et les espaces, ou demandez-la à la personne qui a fait le fichier{NNBSP}: rien n’a été changé."
            ),
        ),
        OpenError::NotHandover => (
            "file",
            format!(
                "Ce fichier n’est pas une passation de Relais. Choisissez celui dont le nom finit par «{NNBSP}.relais{NNBSP}»."
            ),
        ),
        OpenError::Damaged { detail } => {
            tracing::warn!(detail, "a handover does not open");
            (
                "file",
                format!(
                    "Ce fichier de passation est incomplet ou abîmé{NNBSP}: copiez-le de nouveau depuis l’autre ordinateur, ou demandez-en un autre. Rien n’a été changé."
                ),
            )
        }
        OpenError::TooNew { .. } => (
            "file",
            format!(
                "Cette passation vient d’une version plus récente de Relais. Installez cette version, puis recommencez{NNBSP}: rien n’a été changé."
            ),
        ),
        other => return other.into(),
    };
    Error::refused(field, sentence)
}

pub(crate) fn adopt(app: &App, request: HandoverAdopt) -> Result<Status, Error> {
    if let Some(own) = &request.own_passphrase {
        folder::strong("own_passphrase", own)?;
    }
    let workspace = Workspace::of(app, app.folder(), &request.file_id)?;
    // Opened once for nothing, so that a file that does not open leaves no key behind.
    drop(workspace.open(&request.passphrase)?);
    opening::adopt(
        app,
        workspace.file.path(),
        &request.passphrase,
        request.own_passphrase.as_ref(),
    )
}

pub(crate) fn simulate(app: &App, request: MergeRequest) -> Result<MergeSimulation, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    let workspace = Workspace::of(app, &desk.folder, &request.file_id)?;
    let handover = workspace.open(&request.passphrase)?;
    handover.read(|file| {
        desk.store
            .read(|here| Ok(Plan::of(here, file, now)?.simulation()))
    })
}

pub(crate) fn merge(app: &App, request: MergeApply) -> Result<BatchDone, Error> {
    let desk = app.desk()?;
    let now = app.now_ms();
    let workspace = Workspace::of(app, &desk.folder, &request.file_id)?;
    let handover = workspace.open(&request.passphrase)?;
    let choices = Choices::new(request.choices);
    let done = handover.read(|file| {
        desk.store.write(|tx| {
            let plan = Plan::of(tx, file, now)?;
            let done = plan.apply(&choices, tx, file, &plan.label(), now)?;
            Ok::<_, Error>(plan.done(done))
        })
    })?;
    Ok(done)
}
