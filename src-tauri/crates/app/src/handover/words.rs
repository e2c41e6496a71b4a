//! A merge in French: what a simulation shows and what a merge says it did.

use super::{
    apply::Done,
    envois::Envois,
    fields::Row,
    plan::{Change, Plan, Table},
    values::Names,
};
use crate::{
    labels::{NNBSP, count},
    tickets::narrow,
    wire::{BatchDone, MergeAdded, MergeField, MergeRow, MergeSimulation, MergeWhat, Role},
};

/// Rows named among those added.
const EXAMPLES: usize = 5;

impl Plan {
    pub(super) fn simulation(&self) -> MergeSimulation {
        let mut changed = rows(&self.rooms, &self.names);
        changed.extend(rows(&self.equipment, &self.names));
        changed.extend(rows(&self.contacts, &self.names));
        changed.extend(rows(&self.tickets, &self.names));
        changed.extend(rows(&self.loans, &self.names));
        changed.extend(rows(&self.purchases, &self.names));
        changed.extend(rows(&self.completions, &self.names));
        MergeSimulation {
            origin: self.origin(),
            added: self.added(),
            changed,
            same: narrowed(self.same()),
            warning: self.warning(),
            notices: self.notices(),
        }
    }

    /// « Fusion avec le fichier de Claire Martin »
    pub(super) fn label(&self) -> String {
        match self.author().as_str() {
            "" => "Fusion avec le fichier de l’autre ordinateur".to_owned(),
            author => format!("Fusion avec le fichier de {author}"),
        }
    }

    pub(super) fn done(&self, done: Done) -> BatchDone {
        let added = self.added();
        let total = added
            .iter()
            .fold(done.changed, |total, one| total.saturating_add(one.count));
        let mut sentence = match total {
            0 => format!("Rien n’a changé{NNBSP}: ce qui a été retenu de ce fichier est déjà ici."),
            _ => "Fusion faite.".to_owned(),
        };
        if !added.is_empty() {
            let counted: Vec<String> = added
                .iter()
                .map(|one| {
                    let (singular, plural) = nouns(one.what);
                    count(one.count, singular, plural)
                })
                .collect();
            sentence.push_str(&format!(" Ajouts{NNBSP}: {}.", counted.join(", ")));
        }
        if done.changed > 0 {
            let changed = count(done.changed, "fiche", "fiches");
            sentence.push_str(&format!(" Mises à jour{NNBSP}: {changed}."));
        }
        sentence.push_str(&done.envois.sentence());
        BatchDone {
            batch_id: done.batch,
            changed: total,
            sentence,
        }
    }

    /// What the file has and here has not.
    fn added(&self) -> Vec<MergeAdded> {
        let timelines = self
            .events
            .iter()
            .map(|event| event.text.lines().next().unwrap_or_default().to_owned())
            .chain(self.tasks.iter().map(|task| task.text.clone()));
        let steps: usize = self.steps.iter().map(|steps| steps.added).sum();
        let bought = self
            .steps
            .iter()
            .filter_map(|steps| self.names.purchases.get(&steps.purchase_id).cloned());
        let documents = self.documents.iter().map(|document| document.name.clone());
        let joined = self.attachments.iter().map(|joined| joined.name.clone());
        let mut added = vec![
            self.only_there(&self.rooms),
            self.only_there(&self.equipment),
            self.only_there(&self.contacts),
            self.only_there(&self.tickets),
            new(
                MergeWhat::Events,
                self.events.len() + self.tasks.len(),
                timelines.take(EXAMPLES).collect(),
            ),
            self.only_there(&self.loans),
            self.only_there(&self.purchases),
            self.only_there(&self.completions),
            new(MergeWhat::Steps, steps, bought.take(EXAMPLES).collect()),
            new(
                MergeWhat::Documents,
                self.documents.len() + self.attachments.len(),
                documents.chain(joined).take(EXAMPLES).collect(),
            ),
        ];
        added.retain(|one| one.count > 0);
        added
    }

    fn only_there<R: Row>(&self, table: &Table<R>) -> MergeAdded {
        let examples = table
            .added
            .iter()
            .take(EXAMPLES)
            .map(|row| row.label(&self.names))
            .collect();
        new(R::WHAT, table.added.len(), examples)
    }

    fn author(&self) -> String {
        format!("{} {}", self.theirs.first_name, self.theirs.last_name)
            .trim()
            .to_owned()
    }

    /// « Collège Desaix, Tarbes, exporté par Claire Martin, correspondant maintenance »
    fn origin(&self) -> String {
        let role = match Role::from_id(&self.theirs.role) {
            Some(Role::Correspondant) => "correspondant maintenance informatique",
            Some(Role::Gestionnaire) => "gestionnaire réseau",
            None => "",
        };
        let author = self.author();
        let by = match author.as_str() {
            "" => String::new(),
            author => format!("exporté par {author}"),
        };
        [
            &self.theirs.college,
            &self.theirs.commune,
            by.as_str(),
            role,
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
    }

    fn warning(&self) -> Option<String> {
        let place = |college: &str, town: &str| {
            let name = store::search::fold(college);
            let name = name.trim().trim_start_matches("college ").trim().to_owned();
            (name, store::search::fold(town).trim().to_owned())
        };
        let (ours, theirs) = (&self.ours, &self.theirs);
        if place(&ours.college, &ours.commune) == place(&theirs.college, &theirs.commune) {
            return None;
        }
        let named = |college: &str, town: &str| match (college, town) {
            ("", _) => "un collège sans nom".to_owned(),
            (college, "") => college.to_owned(),
            (college, town) => format!("{college}, {town}"),
        };
        Some(format!(
            "Ce fichier vient d’un autre collège ({}), et vous êtes ici dans {}. Ne fusionnez que si c’est bien le même établissement.",
            named(&theirs.college, &theirs.commune),
            named(&ours.college, &ours.commune),
        ))
    }

    fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if self.unsent > 0 {
            notices.push(format!(
                "L’autre ordinateur a encore {} à terminer{NNBSP}: c’est lui qui s’en charge, rien n’en partira d’ici.",
                count(narrowed(self.unsent), "envoi", "envois")
            ));
        }
        notices.extend(Envois::foreseen(&self.tickets.changes, |id| self.live(id)).notices());
        let stays = self.added().iter().any(|one| {
            !matches!(
                one.what,
                MergeWhat::Rooms
                    | MergeWhat::Equipment
                    | MergeWhat::Contacts
                    | MergeWhat::Completions
            )
        }) || !(self.tickets.changes.is_empty()
            && self.loans.changes.is_empty()
            && self.purchases.changes.is_empty());
        if stays {
            notices.push(format!(
                "«{NNBSP}Annuler{NNBSP}» rendra les salles, les équipements, les contacts et les cases complétées. Les dossiers et leur suivi, les prêts, les achats et les documents resteront, avec ce dont ils parlent."
            ));
        }
        notices
    }
}

fn rows<R: Row>(table: &Table<R>, names: &Names) -> Vec<MergeRow> {
    let field = |change: &Change<R>| {
        change
            .offers
            .iter()
            .map(|offer| MergeField {
                field: offer.field.name.to_owned(),
                label: offer.field.label.to_owned(),
                here: names.words(offer.field.kind, &(offer.field.get)(&change.here)),
                file: names.words(offer.field.kind, &(offer.field.get)(&change.file)),
                proposed: offer.proposed,
                conflict: offer.conflict,
            })
            .collect()
    };
    table
        .changes
        .iter()
        .map(|change| MergeRow {
            what: R::WHAT,
            id: change.here.id().to_owned(),
            label: change.here.label(names),
            fields: field(change),
        })
        .collect()
}

fn new(what: MergeWhat, count: usize, examples: Vec<String>) -> MergeAdded {
    let label = match what {
        MergeWhat::Equipment => "Équipements",
        MergeWhat::Contacts => "Contacts",
        MergeWhat::Rooms => "Salles",
        MergeWhat::Tickets => "Dossiers",
        MergeWhat::Loans => "Prêts",
        MergeWhat::Purchases => "Achats sur fonds propres",
        MergeWhat::Events => "Lignes de suivi",
        MergeWhat::Steps => "Étapes d’achats",
        MergeWhat::Documents => "Documents",
        MergeWhat::Completions => "Cases complétées",
    };
    MergeAdded {
        what,
        label: label.to_owned(),
        count: narrowed(count),
        examples,
    }
}

fn nouns(what: MergeWhat) -> (&'static str, &'static str) {
    match what {
        MergeWhat::Equipment => ("équipement", "équipements"),
        MergeWhat::Contacts => ("contact", "contacts"),
        MergeWhat::Rooms => ("salle", "salles"),
        MergeWhat::Tickets => ("dossier", "dossiers"),
        MergeWhat::Loans => ("prêt", "prêts"),
        MergeWhat::Purchases => ("achat", "achats"),
        MergeWhat::Events => ("ligne de suivi", "lignes de suivi"),
        MergeWhat::Steps => ("étape d’achat", "étapes d’achats"),
        MergeWhat::Documents => ("document", "documents"),
        MergeWhat::Completions => ("case complétée", "cases complétées"),
    }
}

fn narrowed(count: usize) -> u32 {
    narrow(count.try_into().unwrap_or(u64::MAX))
}
