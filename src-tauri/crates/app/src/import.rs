//! Import: a file of the tray read, simulated, applied under one batch, and its refused rows given back to be mended.
//!
//! Invariant: a simulation and an application are the same plan, made again from what is known at that moment; the
//! second is made and written in one transaction, so nothing is ever applied in part. The columns chosen are kept
//! under the headings they were chosen for. Left out on purpose: reading bytes (`intake`) and undoing (`batches`).

mod cells;
mod contacts;
mod equipment;
mod plan;
mod told;

pub(crate) use contacts::service_names;

use std::collections::{BTreeMap, BTreeSet};

use intake::{Choices, Format, Reading};
use reports::{Cell, Table};
use sha2::{Digest, Sha256};
use store::{Connection, batch::Batch, mapping::Mapping};

use self::{
    contacts::Person,
    equipment::Machine,
    plan::{Field, Order, Plan, Subject, Verdict, key_label},
};
use crate::{
    App, Error,
    tickets::narrow,
    wire::{
        ContactRole, Encoding, FileFormat, ImportChoices, ImportDone, ImportField, ImportHeading,
        ImportKind, ImportPreview, ImportRequest, ImportSimulation, MatchKey, NamedValue,
        SavedFile, Separator,
    },
};

/// What the file of refused rows adds to the file it comes from; these columns feed nothing.
const LINE: &str = "Ligne";
const REASON: &str = "Motif";

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
    let reading = intake::read(&taken.name, &taken.bytes, &choices)
        .map_err(|why| told::unreadable(&why, &taken.name))?;
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

fn field<T: Subject>(id: &str) -> Option<&'static Field<T>> {
    T::FIELDS.iter().find(|field| field.id == id)
}

/// What recognises a file's headings. The two columns of refused rows are not the file's own.
fn signature(reading: &Reading) -> String {
    let mut digest = Sha256::new();
    for heading in reading.table.headings.iter().filter(|text| !added(text)) {
        digest.update(convention::text::fold(heading));
        digest.update([0]);
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn added(heading: &str) -> bool {
    [LINE, REASON].contains(&heading)
}

/// Which column feeds which field: as chosen, as remembered, or as the headings say.
fn columns<T: Subject>(
    conn: &Connection,
    kind: ImportKind,
    reading: &Reading,
    choices: &ImportChoices,
) -> Result<(Vec<Option<&'static Field<T>>>, bool), Error> {
    let headings = &reading.table.headings;
    if let Some(chosen) = &choices.mapping {
        return Ok((chosen_columns(chosen, headings.len())?, false));
    }
    if let Some(kept) = store::mapping::get(conn, kind.id(), &signature(reading))? {
        let by_heading: BTreeMap<String, String> =
            serde_json::from_str(&kept.mapping).unwrap_or_default();
        let columns = headings
            .iter()
            .map(|heading| by_heading.get(heading).and_then(|id| field(id)))
            .collect();
        return Ok((columns, true));
    }
    let names: Vec<Vec<&str>> = T::FIELDS
        .iter()
        .map(|field| [&[field.label], field.names].concat())
        .collect();
    let fields: Vec<intake::Field<'_>> = T::FIELDS
        .iter()
        .zip(&names)
        .map(|(field, names)| intake::Field {
            id: field.id,
            names,
        })
        .collect();
    let proposed = intake::propose(headings, &reading.table.rows, &fields);
    let columns = headings
        .iter()
        .zip(proposed)
        .enumerate()
        .map(|(place, (heading, id))| {
            let field = field::<T>(&id?)?;
            let people = kind == ImportKind::Equipment
                && field.id == "utilisateur"
                && !equipment::could_be_users(&samples(reading, place, 50));
            (!people && !added(heading)).then_some(field)
        })
        .collect();
    Ok((columns, false))
}

fn chosen_columns<T: Subject>(
    chosen: &[Option<String>],
    headings: usize,
) -> Result<Vec<Option<&'static Field<T>>>, Error> {
    if chosen.len() != headings {
        return Err(Error::refused(
            "mapping",
            "Les colonnes du fichier ont changé. Choisissez à nouveau ce que chacune contient.",
        ));
    }
    let mut seen = BTreeSet::new();
    chosen
        .iter()
        .map(|id| {
            let Some(id) = id else { return Ok(None) };
            let known = field::<T>(id).ok_or_else(|| {
                let fields: Vec<&str> = T::FIELDS.iter().map(|field| field.id).collect();
                Error::refused(
                    "mapping",
                    format!(
                        "{} n’est pas un champ. Champs possibles : {}.",
                        cells::quoted(id),
                        fields.join(", ")
                    ),
                )
            })?;
            if !seen.insert(known.id) {
                return Err(Error::refused(
                    "mapping",
                    format!(
                        "Deux colonnes remplissent le champ {}. Gardez-en une.",
                        cells::quoted(known.label)
                    ),
                ));
            }
            Ok(Some(known))
        })
        .collect()
}

/// The first values of a column that are not empty.
fn samples(reading: &Reading, column: usize, most: usize) -> Vec<&str> {
    reading
        .table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(column))
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .take(most)
        .collect()
}

fn keys<T: Subject>(choices: &ImportChoices) -> Result<Vec<MatchKey>, Error> {
    let Some(chosen) = &choices.keys else {
        return Ok(T::KEYS.to_vec());
    };
    let mut keys = Vec::new();
    for key in chosen {
        if !T::KEYS.contains(key) {
            return Err(Error::refused(
                "keys",
                format!(
                    "Le {} ne permet pas de reconnaître {}.",
                    key_label(*key),
                    T::THIS
                ),
            ));
        }
        if !keys.contains(key) {
            keys.push(*key);
        }
    }
    if keys.is_empty() {
        return Err(Error::refused(
            "keys",
            "Choisissez au moins une façon de reconnaître ce que Relais connaît déjà.",
        ));
    }
    Ok(keys)
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
        let chosen: BTreeMap<&str, &str> = self
            .file
            .reading
            .table
            .headings
            .iter()
            .zip(&self.order.columns)
            .filter_map(|(heading, field)| Some((heading.as_str(), field.as_ref()?.id)))
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
            changes: told::changes(&plan),
            changes_total: figures.created + figures.updated,
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

pub(crate) fn refused(app: &App, request: ImportRequest) -> Result<SavedFile, Error> {
    let file = opened(app, &request)?;
    let table = match request.kind {
        ImportKind::Equipment => refused_rows::<Machine>(app, &file, &request)?,
        ImportKind::Contacts => refused_rows::<Person>(app, &file, &request)?,
    };
    let bytes = reports::table(&table, reports::TableFormat::Csv)
        .map_err(|cause| Error::Internal(cause.to_string()))?;
    let stem = file
        .name
        .rsplit_once('.')
        .map_or(&*file.name, |(stem, _)| stem);
    let stem = stem.strip_suffix(REFUSED).unwrap_or(stem);
    app.save_file(&format!("{stem}{REFUSED}.csv"), &bytes)
}

/// What the name of the file of refused rows ends with.
const REFUSED: &str = " - lignes refusées";

/// The refused rows as they were in the file, each with its line and why, to be mended and imported as they are.
fn refused_rows<T: Subject>(
    app: &App,
    file: &File,
    request: &ImportRequest,
) -> Result<Table, Error> {
    let desk = app.desk()?;
    let reading = &file.reading;
    let own: Vec<usize> = (0..reading.table.headings.len())
        .filter(|place| {
            reading
                .table
                .headings
                .get(*place)
                .is_some_and(|text| !added(text))
        })
        .collect();
    let plan = desk.store.read(|conn| {
        let job = Job::<T>::new(conn, file, request)?;
        let (plan, _) = job.plan(conn, app.now_ms())?;
        Ok::<_, Error>(plan)
    })?;
    let rows: Vec<Vec<Cell>> = plan
        .rows
        .iter()
        .filter_map(|planned| {
            let Verdict::Refused(fault) = &planned.verdict else {
                return None;
            };
            let cells = planned
                .row
                .and_then(|row| reading.table.rows.get(row))
                .map(|row| row.cells.as_slice())
                .unwrap_or_default();
            let reason = match &planned.origin {
                Some(origin) => format!("{origin} : {}", fault.reason),
                None => fault.reason.clone(),
            };
            let own = own
                .iter()
                .map(|place| cells.get(*place).cloned().map_or(Cell::Empty, Cell::Text));
            Some(
                own.chain([Cell::Text(planned.line.to_string()), Cell::Text(reason)])
                    .collect(),
            )
        })
        .collect();
    if rows.is_empty() {
        return Err(Error::Conflict("Aucune ligne n’est refusée.".into()));
    }
    let headings = own
        .iter()
        .filter_map(|place| reading.table.headings.get(*place).cloned())
        .chain([LINE.to_owned(), REASON.to_owned()])
        .collect();
    Ok(Table {
        name: "Lignes refusées".to_owned(),
        headings,
        rows,
    })
}
