//! Reading a pack: every file is read, every reference checked, every mistake reported at once.
//!
//! Invariant: `Pack::load` is total on any text and gives a pack only when there is no mistake at all.
//! Opening files is the caller's work; here there are only names and texts.

mod choices;
mod filled;
mod names;
mod pieces;
mod platform;
mod raw;
mod rows;
mod schema;
mod script;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use schema::schemas;
use serde::de::DeserializeOwned;

use crate::{
    mistake::{Mistake, Page},
    pack::{Charter, Manifest, Mission, Pack, Rules},
};

/// The names of the files every pack holds.
pub(crate) const MANIFEST: &str = "manifest.toml";
const RULES: &str = "regles.toml";
const MISSIONS: &str = "missions.toml";
const CHARTER: &str = "charte.toml";
const PLATFORM: &str = "plateforme.toml";

#[derive(serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct MissionFile {
    mission: Vec<Mission>,
}

/// The texts of a pack and the mistakes found in them so far.
pub(crate) struct Desk<'a> {
    files: &'a BTreeMap<String, String>,
    mistakes: Vec<Mistake>,
}

impl<'a> Desk<'a> {
    /// Opens a file; its absence is a mistake like another.
    fn page(&mut self, name: &'a str) -> Option<Page<'a>> {
        let Some(text) = self.files.get(name) else {
            let message = "ce fichier manque au pack".to_owned();
            self.mistakes.push(Mistake {
                file: name.to_owned(),
                line: 1,
                column: 1,
                message,
            });
            return None;
        };
        Some(Page::new(
            name,
            text.strip_prefix('\u{feff}').unwrap_or(text),
        ))
    }

    fn close(&mut self, page: Page<'_>) {
        self.mistakes.extend(page.mistakes);
    }

    fn toml<T: DeserializeOwned>(&mut self, name: &'a str) -> Option<(Page<'a>, T)> {
        let mut page = self.page(name)?;
        match toml::from_str(&page.text) {
            Ok(value) => Some((page, value)),
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                page.at(start, format!("contenu TOML refusé : {}", error.message()));
                self.close(page);
                None
            }
        }
    }
}

impl Pack {
    /// Reads a pack from the texts of its files, by name relative to the pack's folder.
    pub fn load(files: &BTreeMap<String, String>) -> Result<Pack, Vec<Mistake>> {
        let mut desk = Desk {
            files,
            mistakes: Vec::new(),
        };
        let pack = read(&mut desk);
        let mut mistakes = desk.mistakes;
        mistakes.sort();
        match pack {
            Some(pack) if mistakes.is_empty() => Ok(pack),
            _ => Err(mistakes),
        }
    }
}

/// Goes on after a mistake wherever the rest can still be checked.
fn read(desk: &mut Desk<'_>) -> Option<Pack> {
    let files = desk.files;
    let manifest = desk.toml::<Manifest>(MANIFEST);
    let tables = tables::read(desk);
    let rules = desk.toml::<Rules>(RULES).map(|(page, rules)| {
        check_rules(desk, page, &rules, &tables);
        rules
    });
    let missions = desk.toml::<MissionFile>(MISSIONS).map(|(page, file)| {
        check_missions(desk, page, &file.mission);
        file.mission
    });
    let charter = desk.toml::<Charter>(CHARTER).map(|(page, charter)| {
        desk.close(page);
        charter
    });
    let (mut page, manifest) = manifest?;
    for listed in manifest
        .files
        .iter()
        .filter(|listed| !files.contains_key(*listed))
    {
        page.quoted(
            listed,
            format!("« {listed} » est annoncé ici mais manque au pack"),
        );
    }
    desk.close(page);
    let scripts: Vec<&str> = manifest
        .files
        .iter()
        .filter_map(|listed| {
            let (name, _) = files.get_key_value(listed)?;
            name.starts_with("guide/").then_some(name.as_str())
        })
        .collect();
    let rules = rules?;
    tables::check_notes(desk, &rules);
    let writer = script::read(desk, &scripts, &tables, &rules);
    // A class may look at any answer, so it is read once every question is known.
    let platform = platform::read(desk, &writer);
    let guide = writer.script;
    filled::check(desk, &rules, &guide);
    Some(Pack {
        manifest,
        families: tables.families,
        services: tables.services,
        cells: tables.cells,
        sources: tables.sources,
        colleges: tables.colleges,
        users: tables.users,
        equipment_types: tables.equipment_types,
        glossary: tables.glossary,
        rules,
        missions: missions?,
        charter: charter?,
        guide,
        platform: platform?,
    })
}

fn check_rules(desk: &mut Desk<'_>, mut page: Page<'_>, rules: &Rules, tables: &tables::Tables) {
    let applied = &rules.applied;
    let lists = [
        &applied.own_funds.services,
        &applied.off_catalogue.services,
        &applied.spare_parts.services,
        &applied.spare_parts.always,
        &applied.shared_site.services,
    ];
    for service in lists.into_iter().flatten() {
        if !tables.services.iter().any(|known| known.id == *service) {
            page.quoted(
                service,
                format!("le service « {service} » n’existe pas dans services.csv"),
            );
        }
    }
    let ids = rules
        .list
        .iter()
        .map(|rule| &rule.id)
        .chain(rules.cases.iter().map(|case| &case.id));
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            page.quoted(id, format!("« {id} » est défini deux fois"));
        }
    }
    desk.close(page);
}

/// A tick is kept under the name of the sheet and that of the task: neither may serve twice.
fn check_missions(desk: &mut Desk<'_>, mut page: Page<'_>, missions: &[Mission]) {
    let mut sheets = std::collections::BTreeSet::new();
    for mission in missions {
        if !sheets.insert(&mission.id) {
            page.quoted(
                &mission.id,
                format!("« {} » est défini deux fois", mission.id),
            );
        }
        let mut tasks = std::collections::BTreeSet::new();
        let lines = mission.sections.iter().flat_map(|section| section.lines());
        for task in lines.filter_map(|line| line.task()) {
            if task.trim().is_empty() {
                page.quoted(task, "une tâche a un nom court");
            } else if !tasks.insert(task) {
                page.quoted(
                    task,
                    format!("« {task} » nomme déjà une tâche de cette fiche"),
                );
            }
        }
    }
    desk.close(page);
}
