//! The chosen parts of the convention, to print or to keep.
//!
//! Invariant: a cell read on the signed copy says so, with its page; one that nobody knows says that it is to be
//! completed. What was ticked in the mission sheets is not printed: the paper is the sheet itself.

use std::collections::BTreeSet;

use convention::{Activity, Basis, MissionLine, Pack, Party};
use reports::{
    Acronym, Annexe, ConventionDocument, Leaflet, LeafletSection, Legend, Matrix, MatrixCell,
    MatrixFamily, MatrixLine, Note, Passage,
};

use crate::{
    App, Error, completions, labels,
    pack::Convention,
    papers,
    wire::{ConventionPaper, SavedFile},
};

pub(crate) fn paper(app: &App, wanted: ConventionPaper) -> Result<SavedFile, Error> {
    let bytes = app.desk()?.store.read(|conn| -> Result<_, Error> {
        let convention = app.convention(conn)?;
        let head = papers::Head::read(app, conn)?;
        match reports::convention(&head.paper(), &document(&convention, &wanted)) {
            Err(reports::Error::Nothing) => Err(Error::refused(
                "parts",
                "Choisissez au moins une partie à imprimer.",
            )),
            made => made.map_err(papers::wording),
        }
    })?;
    papers::save(app, "convention", "", "pdf", &bytes)
}

/// A party in a table: « Département ».
pub(crate) const fn party_word(party: Party) -> &'static str {
    match party {
        Party::Departement => "Département",
        Party::Academie => "Académie",
        Party::Etablissement => "Collège",
        Party::CollectiviteOuEtablissement => "Collectivité ou collège",
        Party::Editeur => "Éditeur",
        Party::Region => "Région",
        Party::SansObjet => "sans objet",
        Party::SelonUtilisateur => "selon l’utilisateur",
        Party::Inconnu => "à compléter",
    }
}

const fn meaning(party: Party) -> &'static str {
    match party {
        Party::Departement => "Le Département s’en charge.",
        Party::Academie => "L’Académie s’en charge.",
        Party::Etablissement => "Le collège le fait lui-même.",
        Party::CollectiviteOuEtablissement => "Celui des deux qui achète s’en charge.",
        Party::Editeur => "Le collège appelle directement l’éditeur.",
        Party::Region => "La Région s’en charge.",
        Party::SansObjet => "La question ne se pose pas.",
        Party::SelonUtilisateur => "Cela dépend de qui s’en sert.",
        Party::Inconnu => "La plateforme d’assistance reçoit la demande et la transmet.",
    }
}

fn document(convention: &Convention, wanted: &ConventionPaper) -> ConventionDocument {
    let pack = &*convention.pack;
    ConventionDocument {
        name: pack.manifest.name.clone(),
        version: pack.manifest.version.clone(),
        signed_on: pack.manifest.signed_on,
        matrix: wanted.matrix.then(|| matrix(convention)),
        rules: if wanted.annexes { rules(pack) } else { vec![] },
        annexes: if wanted.annexes {
            annexes(pack)
        } else {
            vec![]
        },
        missions: if wanted.missions {
            let sheets = pack.missions.iter();
            sheets
                .map(|sheet| {
                    leaflet(
                        &sheet.annexe,
                        &sheet.title,
                        &sheet.sections,
                        MissionLine::text,
                    )
                })
                .collect()
        } else {
            vec![]
        },
        charter: wanted.charter.then(|| {
            let charter = &pack.charter;
            leaflet(
                &charter.annexe,
                &charter.title,
                &charter.sections,
                String::as_str,
            )
        }),
        glossary: if wanted.glossary {
            let terms = pack.glossary.iter();
            terms
                .map(|term| Acronym {
                    acronym: term.acronym.clone(),
                    meaning: term.meaning.clone(),
                    remark: term.remark.clone(),
                })
                .collect()
        } else {
            vec![]
        },
    }
}

fn matrix(convention: &Convention) -> Matrix {
    let pack = &*convention.pack;
    let families: Vec<MatrixFamily> = pack
        .families
        .iter()
        .map(|family| MatrixFamily {
            label: family.label.clone(),
            services: pack
                .services
                .iter()
                .filter(|service| service.family == family.id)
                .map(|service| line(convention, service))
                .collect(),
        })
        .collect();
    let shown: BTreeSet<String> = families
        .iter()
        .flat_map(|family| &family.services)
        .flat_map(|line| line.cells.iter().flatten())
        .map(|cell| cell.party.clone())
        .collect();
    let cited: BTreeSet<&str> = pack
        .cells
        .iter()
        .filter_map(|cell| cell.source.as_deref())
        .collect();
    let known = pack
        .cells
        .iter()
        .filter(|cell| cell.basis != Basis::Inconnu);
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Matrix {
        activities: Activity::ALL
            .map(|activity| activity.label().to_owned())
            .to_vec(),
        families,
        legend: Party::ALL
            .into_iter()
            .filter(|party| shown.contains(party.id()))
            .map(|party| Legend {
                party: party.id().to_owned(),
                word: party_word(party).to_owned(),
                meaning: meaning(party).to_owned(),
            })
            .collect(),
        notes: pack
            .rules
            .notes
            .iter()
            .map(|note| Note {
                number: note.number,
                text: note.text.clone(),
            })
            .collect(),
        sources: pack
            .sources
            .iter()
            .filter(|source| cited.contains(source.code.as_str()))
            .map(|source| Passage {
                heading: source.code.clone(),
                text: source.passage.clone(),
                source: String::new(),
            })
            .collect(),
        total: size(pack.cells.len()),
        known: size(known.count()),
        completed: size(completions::completed(convention).len()),
    }
}

fn line(convention: &Convention, service: &convention::Service) -> MatrixLine {
    let Convention { pack, overlay } = convention;
    let cell = |perimeter, activity| {
        let written = pack.cell(&service.id, perimeter, activity);
        let read = overlay.get(&service.id, perimeter, activity);
        let party = match (written, read) {
            (_, Some(read)) => read.party,
            (Some(written), None) => written.party,
            (None, None) => return None,
        };
        let mark = match read {
            Some(read) => format!("lu sur l’exemplaire signé, page {}", read.page),
            None => written
                .and_then(|cell| cell.source.clone())
                .unwrap_or_default(),
        };
        Some(MatrixCell {
            side: perimeter.map_or_else(String::new, |side| labels::capital(side.label())),
            party: party.id().to_owned(),
            word: party_word(party).to_owned(),
            mark,
            note: written.and_then(|cell| cell.note),
        })
    };
    let sides = [
        None,
        Some(convention::Perimeter::Administratif),
        Some(convention::Perimeter::Pedagogique),
    ];
    MatrixLine {
        label: service.label.clone(),
        cells: Activity::ALL
            .map(|activity| {
                sides
                    .into_iter()
                    .filter_map(|side| cell(side, activity))
                    .collect()
            })
            .to_vec(),
    }
}

fn rules(pack: &Pack) -> Vec<Passage> {
    pack.rules
        .list
        .iter()
        .map(|rule| Passage {
            heading: rule.title.clone(),
            text: rule.text.clone(),
            source: rule.source.passage.clone(),
        })
        .collect()
}

/// The lists of the annexes; one that the pack leaves empty is not printed.
fn annexes(pack: &Pack) -> Vec<Annexe> {
    let yes = |said: bool, word: &str| if said { word.to_owned() } else { String::new() };
    let annexe = |title: &str, headings: [&str; 2], rows: Vec<[String; 2]>| Annexe {
        title: title.to_owned(),
        headings: headings.map(str::to_owned),
        rows,
    };
    let mut annexes = vec![
        annexe(
            "Collèges",
            ["Collège", "Commune"],
            pack.colleges
                .iter()
                .map(|college| {
                    let shared = yes(college.cite_scolaire, " (cité scolaire)");
                    [format!("{}{shared}", college.name), college.town.clone()]
                })
                .collect(),
        ),
        annexe(
            "Utilisateurs",
            ["Utilisateur", "Réseau"],
            pack.users
                .iter()
                .map(|user| [user.label.clone(), labels::capital(user.perimeter.label())])
                .collect(),
        ),
        annexe(
            "Matériel pris en charge",
            ["Type", "Sur fonds propres"],
            pack.equipment_types
                .iter()
                .map(|kind| {
                    [
                        kind.label.clone(),
                        yes(kind.on_request, "spécificités sur demande"),
                    ]
                })
                .collect(),
        ),
    ];
    annexes.retain(|annexe| !annexe.rows.is_empty());
    annexes
}

/// The paper is the sheet itself: a task reads like any other line.
fn leaflet<L>(
    annexe: &str,
    title: &str,
    sections: &[convention::Section<L>],
    text: fn(&L) -> &str,
) -> Leaflet {
    let words = |lines: &[L]| lines.iter().map(|line| text(line).to_owned()).collect();
    Leaflet {
        annexe: annexe.to_owned(),
        title: title.to_owned(),
        sections: sections
            .iter()
            .map(|section| LeafletSection {
                title: section.title.clone(),
                text: words(&section.text),
                points: words(&section.points),
                after: words(&section.after),
            })
            .collect(),
    }
}
