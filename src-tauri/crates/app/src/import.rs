//! Import: a file of the tray read, simulated, applied under one batch, and its refused rows given back to be mended.
//!
//! Invariant: a simulation and an application are the same plan, made again from what is known at that moment; the
//! second is made and written in one transaction, so nothing is ever applied in part; and when it is told which plan
//! was seen, it writes that one or nothing. The columns chosen are kept under the headings they were chosen for. Left out on purpose: reading bytes (`intake`) and undoing (`batches`).

mod cells;
mod columns;
mod contacts;
mod equipment;
mod mend;
mod plan;
mod told;

pub(crate) use contacts::service_names;
pub(crate) use mend::refused;

use std::collections::BTreeMap;

use intake::{Choices, Format, Reading};
use store::{Connection, batch::Batch, mapping::Mapping};

use self::{
    cells::unguarded,
    columns::{columns, keys, names, samples, signature},
    contacts::Person,
    equipment::Machine,
    plan::{Order, Plan, Subject, key_label},
};
use crate::{
    App, Error,
    labels::NNBSP,
    tickets::narrow,
    wire::{
        ContactRole, Encoding, FileFormat, ImportChoices, ImportDone, ImportField, ImportHeading,
        ImportKind, ImportPreview, ImportRequest, ImportSimulation, NamedValue, Separator,
    },
};

/// A file of the tray as it is read.
struct File {
    name: String,
    reading: Reading,
}

fn opened(app: &App, request: &ImportRequest) -> Result<File, Error> {
    let taken = app.taken(&request.file_id)?;
    let chosen = &request.choices;
    let encoding = chosen
        .encoding
        .and_then(|encoding| intake::Encoding::from_id(encoding.id()));
    let separator = chosen
        .separator
        .and_then(|separator| intake::Separator::from_id(separator.id()));
    let choices = Choices {
        encoding,
        separator,
        sheet: chosen.sheet.clone(),
        headings_line: chosen.headings_line.map(u64::from),
    };
    let mut reading = intake::read(&taken.name, &taken.bytes, &choices)
        .map_err(|why| told::unreadable(&why, &taken.name))?;
    if reading.format == Format::Delimited {
        let table = &mut reading.table;
        let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
        for text in table.headings.iter_mut().chain(cells) {
            if unguarded(text).len() < text.len() {
                text.remove(0);
            }
        }
    }
    let inventory = matches!(reading.format, Format::AgentJson | Format::AgentXml);
    match (request.kind, reading.format) {
        (ImportKind::Equipment, Format::VCard) => Err(Error::refused(
            "file",
            "Ce fichier contient des contacts. Importez-le depuis la page Contacts.",
        )),
        (ImportKind::Contacts, _) if inventory => Err(Error::refused(
            "file",
            "Ce fichier contient des équipements. Importez-le depuis la page Équipements.",
        )),
        _ => Ok(File {
            name: taken.name,
            reading,
        }),
    }
}

/// A file and all that was decided about it.
struct Job<'a, T: Subject> {
    file: &'a File,
    kind: ImportKind,
    choices: &'a ImportChoices,
    order: Order<T>,
    remembered: bool,
}

impl<'a, T: Subject> Job<'a, T> {
    fn new(conn: &Connection, file: &'a File, request: &'a ImportRequest) -> Result<Self, Error> {
        let (columns, remembered) =
            columns::<T>(conn, request.kind, &file.reading, &request.choices)?;
        Ok(Self {
            file,
            kind: request.kind,
            choices: &request.choices,
            order: Order {
                columns,
                keys: keys::<T>(&request.choices)?,
                empty_clears: request.choices.empty_clears,
            },
            remembered,
        })
    }

    fn feeds(&self, id: &str) -> bool {
        self.order
            .columns
            .iter()
            .flatten()
            .any(|field| field.id == id)
    }

    fn asks_role(&self) -> bool {
        self.kind == ImportKind::Contacts && !self.feeds("role")
    }

    fn plan(&self, conn: &Connection, now_ms: i64) -> Result<(Plan<T>, T::Words), Error> {
        if self.order.columns.iter().all(Option::is_none) {
            return Err(Error::refused(
                "mapping",
                "Aucune colonne ne remplit de champ. Dites au moins ce que contient l’une d’elles.",
            ));
        }
        if self.asks_role() && self.choices.default_role.is_none() {
            return Err(Error::refused(
                "default_role",
                "Ce fichier ne dit pas le rôle des contacts. Choisissez celui des nouveaux contacts.",
            ));
        }
        let new_id = Box::new(move || store::new_id(now_ms, &mut rand::rng()));
        let (known, mut words) = T::load(conn, self.choices, self.file.reading.format, new_id)?;
        let plan = plan::plan(
            known,
            &self.file.reading,
            &self.order,
            &mut words,
            told::unread,
        );
        Ok((plan, words))
    }

    fn mapping(&self, now_ms: i64) -> Mapping {
        let chosen: BTreeMap<String, &str> = names(&self.file.reading.table.headings)
            .into_iter()
            .zip(&self.order.columns)
            .filter_map(|(name, field)| Some((name, field.as_ref()?.id)))
            .collect();
        Mapping {
            signature: signature(&self.file.reading),
            kind: self.kind.id().to_owned(),
            mapping: serde_json::json!(chosen).to_string(),
            used_at_ms: now_ms,
        }
    }
}

pub(crate) fn read(app: &App, request: ImportRequest) -> Result<ImportPreview, Error> {
    let desk = app.desk()?;
    let file = opened(app, &request)?;
    desk.store.read(|conn| match request.kind {
        ImportKind::Equipment => Ok(preview(&Job::<Machine>::new(conn, &file, &request)?)),
        ImportKind::Contacts => Ok(preview(&Job::<Person>::new(conn, &file, &request)?)),
    })
}

fn preview<T: Subject>(job: &Job<'_, T>) -> ImportPreview {
    const SAMPLES: usize = 4;
    const ROWS: usize = 20;
    let reading = &job.file.reading;
    let delimited = reading.format == Format::Delimited;
    let choices = |all: Vec<(&str, &str)>| {
        all.into_iter()
            .filter(|_| delimited)
            .map(|(value, label)| choice(value, label))
            .collect::<Vec<NamedValue>>()
    };
    let (format, format_label) = format(reading.format);
    ImportPreview {
        name: job.file.name.clone(),
        format,
        format_label: format_label.to_owned(),
        encoding: reading.encoding.map(told::encoding),
        encodings: choices(
            Encoding::ALL
                .iter()
                .map(|encoding| (encoding.id(), told::encoding_label(*encoding)))
                .collect(),
        ),
        separator: reading.separator.map(told::separator),
        separators: choices(
            Separator::ALL
                .iter()
                .map(|separator| (separator.id(), told::separator_label(*separator)))
                .collect(),
        ),
        sheet: reading.sheet.clone(),
        sheets: reading.sheets.clone(),
        headings_line: narrow(reading.headings_line),
        headings: reading
            .table
            .headings
            .iter()
            .zip(&job.order.columns)
            .enumerate()
            .map(|(place, (text, field))| ImportHeading {
                text: text.clone(),
                field: field.map(|field| field.id.to_owned()),
                samples: samples(reading, place, SAMPLES)
                    .into_iter()
                    .map(str::to_owned)
                    .collect(),
            })
            .collect(),
        sample: reading
            .table
            .rows
            .iter()
            .take(ROWS)
            .map(|row| row.cells.clone())
            .collect(),
        fields: T::FIELDS
            .iter()
            .map(|field| ImportField {
                id: field.id.to_owned(),
                label: field.label.to_owned(),
            })
            .collect(),
        keys: job.order.keys.clone(),
        all_keys: T::KEYS
            .iter()
            .map(|key| choice(key.id(), &convention::text::capital(key_label(*key))))
            .collect(),
        remembered: job.remembered,
        read: narrow((reading.table.rows.len() + reading.refused.len()) as u64),
        asks_role: job.asks_role(),
        roles: ContactRole::ALL
            .iter()
            .filter(|_| job.kind == ImportKind::Contacts)
            .map(|role| choice(role.id(), crate::labels::contact_role(*role)))
            .collect(),
    }
}

fn choice(value: &str, label: &str) -> NamedValue {
    NamedValue {
        value: value.to_owned(),
        label: label.to_owned(),
    }
}

fn format(format: Format) -> (FileFormat, &'static str) {
    match format {
        Format::Delimited => (FileFormat::Delimited, "Texte (CSV)"),
        Format::Xlsx => (FileFormat::Xlsx, "Classeur Excel"),
        Format::Ods => (FileFormat::Ods, "Classeur LibreOffice"),
        Format::AgentJson => (FileFormat::AgentJson, "Inventaire GLPI Agent"),
        Format::AgentXml => (FileFormat::AgentXml, "Inventaire OCS ou FusionInventory"),
        Format::Zip => (FileFormat::Zip, "Archive ZIP"),
        Format::VCard => (FileFormat::VCard, "Cartes de visite (vCard)"),
    }
}

pub(crate) fn simulate(app: &App, request: ImportRequest) -> Result<ImportSimulation, Error> {
    match request.kind {
        ImportKind::Equipment => simulated::<Machine>(app, &request),
        ImportKind::Contacts => simulated::<Person>(app, &request),
    }
}

fn simulated<T: Subject>(app: &App, request: &ImportRequest) -> Result<ImportSimulation, Error> {
    let desk = app.desk()?;
    let file = opened(app, request)?;
    let now = app.now_ms();
    desk.store.read(|conn| {
        let job = Job::<T>::new(conn, &file, request)?;
        let (plan, words) = job.plan(conn, now)?;
        let figures = told::figures(&plan, &file.reading, &job.order);
        Ok(ImportSimulation {
            changes: told::changes(&plan, &words),
            changes_total: figures.created + figures.updated,
            plan: told::digest(&plan, &T::new_rooms(&words)),
            new_rooms: T::new_rooms(&words),
            figures,
        })
    })
}

pub(crate) fn apply(app: &App, request: ImportRequest) -> Result<ImportDone, Error> {
    match request.kind {
        ImportKind::Equipment => applied::<Machine>(app, &request),
        ImportKind::Contacts => applied::<Person>(app, &request),
    }
}

fn applied<T: Subject>(app: &App, request: &ImportRequest) -> Result<ImportDone, Error> {
    let desk = app.desk()?;
    let file = opened(app, request)?;
    let now = app.now_ms();
    desk.store.write(|tx| {
        let job = Job::<T>::new(tx, &file, request)?;
        let (mut plan, mut words) = job.plan(tx, now)?;
        if let Some(expected) = &request.expected
            && *expected != told::digest(&plan, &T::new_rooms(&words))
        {
            return Err(Error::Conflict(format!(
                "Le registre a changé depuis la simulation{NNBSP}: relancez-la."
            )));
        }
        let figures = told::figures(&plan, &file.reading, &job.order);
        store::mapping::keep(tx, &job.mapping(now))?;
        if figures.created + figures.updated == 0 {
            return Ok(ImportDone {
                figures,
                batch_id: None,
            });
        }
        let batch = Batch {
            id: store::new_id(now, &mut rand::rng()),
            kind: format!("import-{}", request.kind.id()),
            label: format!("Import de {}", file.name),
            at_ms: now,
            undone_at_ms: None,
        };
        store::batch::begin(tx, &batch)?;
        T::keep(&mut plan, &mut words, tx, &batch.id, now)?;
        Ok(ImportDone {
            figures,
            batch_id: Some(batch.id),
        })
    })
}
