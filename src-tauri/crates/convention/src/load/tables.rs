//! The CSV files of a pack: services, matrix, sources, colleges, users, equipment types, glossary.
//!
//! Invariant: a cell is accepted only with a basis that agrees with its party and source, and every
//! service has every activity. The column reported is the field's own, found by scanning the record.

use super::{
    Desk,
    rows::{rows, table, unique},
};
use crate::{
    pack::{Cell, College, EquipmentType, Family, Rules, Service, Source, Term, UserLine},
    text::slug,
    words::{Activity, Basis, Party, Perimeter},
};

#[derive(Default)]
pub(crate) struct Tables {
    pub families: Vec<Family>,
    pub services: Vec<Service>,
    pub cells: Vec<Cell>,
    pub sources: Vec<Source>,
    pub colleges: Vec<College>,
    pub users: Vec<UserLine>,
    pub equipment_types: Vec<EquipmentType>,
    pub glossary: Vec<Term>,
}

const SERVICES: &str = "services.csv";
const MATRIX: &str = "matrice.csv";

pub(super) fn read(desk: &mut Desk<'_>) -> Tables {
    let mut tables = Tables::default();
    table(desk, "familles.csv", ["famille", "libelle"], |page, row| {
        let [id, label] = row.filled(page)?;
        unique(
            page,
            row,
            tables.families.iter().map(|known| &known.id),
            &id,
        );
        tables.families.push(Family { id, label });
        Some(())
    });
    table(
        desk,
        SERVICES,
        ["service", "famille", "libelle", "explication"],
        |page, row| {
            let [id, family, label, explanation] = row.texts();
            row.present(page, 0, &id)?;
            row.present(page, 2, &label)?;
            unique(
                page,
                row,
                tables.services.iter().map(|known| &known.id),
                &id,
            );
            if !tables.families.iter().any(|known| known.id == family) {
                page.at(
                    row.at(1),
                    format!("la famille « {family} » n’existe pas dans familles.csv"),
                );
            }
            tables.services.push(Service {
                id,
                family,
                label,
                explanation,
            });
            Some(())
        },
    );
    table(desk, "sources.csv", ["source", "passage"], |page, row| {
        let [code, passage] = row.filled(page)?;
        unique(
            page,
            row,
            tables.sources.iter().map(|known| &known.code),
            &code,
        );
        tables.sources.push(Source { code, passage });
        Some(())
    });
    matrix(desk, &mut tables);
    table(
        desk,
        "colleges.csv",
        ["college", "commune", "cite_scolaire", "remarque"],
        |page, row| {
            let [name, town, _, remark] = row.texts();
            row.present(page, 0, &name)?;
            let cite_scolaire = row.yes(page, 2)?;
            tables.colleges.push(College {
                name,
                town,
                cite_scolaire,
                remark,
            });
            Some(())
        },
    );
    table(
        desk,
        "perimetre.csv",
        ["utilisateur", "perimetre"],
        |page, row| {
            let [label, side] = row.filled(page)?;
            let id = slug(&label);
            unique(page, row, tables.users.iter().map(|known| &known.id), &id);
            let perimeter = match side.as_str() {
                "administratif" => Perimeter::Administratif,
                "autre" | "pedagogique" => Perimeter::Pedagogique,
                _ => {
                    page.at(row.at(1), format!("« {side} » n’est pas un périmètre ; valeurs possibles : administratif, autre"));
                    return None;
                }
            };
            tables.users.push(UserLine {
                id,
                label,
                perimeter,
            });
            Some(())
        },
    );
    table(
        desk,
        "referentiel.csv",
        ["typologie", "fonds_propres_sur_demande"],
        |page, row| {
            let [label, _] = row.filled(page)?;
            let id = slug(&label);
            unique(
                page,
                row,
                tables.equipment_types.iter().map(|known| &known.id),
                &id,
            );
            let on_request = row.yes(page, 1)?;
            tables.equipment_types.push(EquipmentType {
                id,
                label,
                on_request,
            });
            Some(())
        },
    );
    table(
        desk,
        "glossaire.csv",
        ["sigle", "enonce", "remarque"],
        |page, row| {
            let [acronym, meaning, remark] = row.texts();
            row.present(page, 0, &acronym)?;
            row.present(page, 1, &meaning)?;
            tables.glossary.push(Term {
                acronym,
                meaning,
                remark,
            });
            Some(())
        },
    );
    tables
}

fn matrix(desk: &mut Desk<'_>, tables: &mut Tables) {
    let header = [
        "service",
        "perimetre",
        "activite",
        "responsable",
        "note",
        "base",
        "source",
    ];
    let cells = &mut tables.cells;
    let (services, sources) = (&tables.services, &tables.sources);
    table(desk, MATRIX, header, |page, row| {
        let [service, perimeter, _, _, note, _, source] = row.texts();
        if !services.iter().any(|known| known.id == service) {
            page.at(
                row.at(0),
                format!("le service « {service} » n’existe pas dans services.csv"),
            );
        }
        let perimeter = if perimeter == "tous" {
            Some(None)
        } else {
            row.word::<Perimeter>(page, 1).map(Some)
        };
        let activity = row.word::<Activity>(page, 2);
        let party = row.word::<Party>(page, 3);
        let note = if note.is_empty() {
            Some(None)
        } else {
            row.parsed::<u8>(page, 4, "un numéro de note").map(Some)
        };
        let basis = row.word::<Basis>(page, 5);
        let source = (!source.is_empty()).then_some(source);
        if let Some(code) = source
            .as_ref()
            .filter(|code| !sources.iter().any(|known| known.code == **code))
        {
            page.at(
                row.at(6),
                format!("la source « {code} » n’existe pas dans sources.csv"),
            );
        }
        let (perimeter, activity, party, note, basis) =
            (perimeter?, activity?, party?, note?, basis?);
        match (basis, party) {
            (_, Party::SelonUtilisateur) => page.at(row.at(3), "« selon-utilisateur » ne s’écrit pas dans la matrice : écrivez une ligne par périmètre"),
            (Basis::Complete, _) => page.at(row.at(5), "« complete » est réservé à ce que l’on complète dans Relais"),
            (Basis::Inconnu, party) if party != Party::Inconnu => page.at(row.at(5), "un responsable nommé ne peut pas être de base « inconnu »"),
            (Basis::Ecrit | Basis::Deduit, Party::Inconnu) => page.at(row.at(3), "une case écrite ou déduite doit nommer un responsable"),
            (Basis::Ecrit | Basis::Deduit, _) if source.is_none() => page.at(row.at(6), "une case écrite ou déduite doit citer sa source"),
            _ => {}
        }
        let cell = Cell {
            service,
            perimeter,
            activity,
            party,
            note,
            basis,
            source,
        };
        if cells.iter().any(|known| {
            known.service == cell.service
                && known.perimeter == cell.perimeter
                && known.activity == cell.activity
        }) {
            page.at(row.at(0), "cette case est déjà écrite plus haut");
        }
        cells.push(cell);
        Some(())
    });
    let empty = tables
        .services
        .iter()
        .flat_map(|service| Activity::ALL.map(|activity| (service, activity)));
    let missing: Vec<String> = empty
        .filter(|(service, activity)| {
            !tables
                .cells
                .iter()
                .any(|cell| cell.service == service.id && cell.activity == *activity)
        })
        .map(|(service, activity)| format!("il manque la case « {} », « {activity} »", service.id))
        .collect();
    if let Some(mut page) = desk.page(MATRIX).filter(|_| !missing.is_empty()) {
        let end = page.text.len();
        missing
            .into_iter()
            .for_each(|message| page.at(end, message));
        desk.close(page);
    }
}

/// The notes the cells bear must stand among the rules.
pub(super) fn check_notes(desk: &mut Desk<'_>, rules: &Rules) {
    let header = [
        "service",
        "perimetre",
        "activite",
        "responsable",
        "note",
        "base",
        "source",
    ];
    let known = |field: &str| {
        field.is_empty()
            || rules
                .notes
                .iter()
                .any(|note| note.number.to_string() == field)
    };
    let mut unknown = Vec::new();
    let Some(mut page) = desk.page(MATRIX) else {
        return;
    };
    for row in rows(&page, header.len()).into_iter().skip(1) {
        let [_, _, _, _, note, _, _] = row.texts();
        if !known(&note) {
            unknown.push((
                row.at(4),
                format!("la note « {note} » n’existe pas dans regles.toml"),
            ));
        }
    }
    unknown
        .into_iter()
        .for_each(|(byte, message)| page.at(byte, message));
    desk.close(page);
}
