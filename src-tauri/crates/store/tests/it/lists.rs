//! The register's list: facets that keep their promise, pages that follow each other, every order.

use store::{
    equipment::{self, Equipment, EquipmentQuery},
    room,
};

use crate::{Folder, printer, register::room};

/// Thirty machines over three families, three rooms (one is nowhere), three funders.
fn parc(folder: &Folder) {
    folder.write(|tx| {
        for code in ["A1", "B2"] {
            room::upsert(tx, &room(code, code))?;
        }
        for number in 0..30_usize {
            let family = ["poste", "portable", "imprimante"][number % 3];
            equipment::insert(
                tx,
                &Equipment {
                    family: family.to_owned(),
                    kind: family.to_owned(),
                    room_id: [Some("A1"), Some("B2"), None][number / 10].map(str::to_owned),
                    funding: ["departement", "etat", "fonds-propres"][number % 4 % 3].to_owned(),
                    state: if number == 7 {
                        "en-panne"
                    } else {
                        "en-service"
                    }
                    .to_owned(),
                    validated: number % 2 == 0,
                    warranty_on: Some(format!("2027-{:02}-15", number % 12 + 1)),
                    ..printer(&format!("eq-{number:02}"), &format!("SN{number:03}"))
                },
            )?;
        }
        Ok(())
    });
}

#[test]
fn a_facet_promises_what_choosing_it_gives() {
    let folder = Folder::new();
    parc(&folder);
    let base = EquipmentQuery {
        families: vec!["poste".to_owned()],
        today: "2027-01-01".to_owned(),
        limit: 100,
        ..Default::default()
    };
    let facets = folder.read(|conn| equipment::facets(conn, &base));
    assert!(facets.len() > 10, "every facet is counted: {facets:?}");
    for facet in facets {
        let mut query = base.clone();
        let chosen = vec![facet.value.clone()];
        match facet.facet.as_str() {
            "famille" => query.families = chosen,
            "type" => query.kinds = chosen,
            "salle" => query.rooms = chosen,
            "financement" => query.funding = chosen,
            "etat" => query.states = chosen,
            "utilisateur" => {
                query.user_lines = if facet.value.is_empty() {
                    vec![]
                } else {
                    chosen
                }
            }
            _ => query.watch = chosen,
        }
        let page = folder.read(|conn| equipment::page(conn, &query));
        assert_eq!(
            page.total, facet.count,
            "choosing {facet:?} gives that many"
        );
        assert_eq!(page.rows.len() as u64, page.total, "and shows them");
    }
}

#[test]
fn pages_follow_each_other_and_watch_lists_watch() {
    let folder = Folder::new();
    parc(&folder);
    for sort in [
        "type",
        "famille",
        "serie",
        "inventaire",
        "salle",
        "utilisateur",
        "financement",
        "etat",
        "achat",
        "garantie",
        "modification",
        "marque",
        "modele",
        "nom-reseau",
        "prix",
    ] {
        for descending in [false, true] {
            let mut seen = std::collections::BTreeSet::new();
            for offset in [0, 12, 24] {
                let query = EquipmentQuery {
                    sort: sort.to_owned(),
                    descending,
                    offset,
                    limit: 12,
                    ..Default::default()
                };
                let page = folder.read(|conn| equipment::page(conn, &query));
                assert_eq!(page.total, 30, "the total is of all pages");
                seen.extend(page.rows.into_iter().map(|row| row.id));
            }
            assert_eq!(seen.len(), 30, "by {sort}, no row is missed or shown twice");
            for text in ["", "imprimante"] {
                let whole = EquipmentQuery {
                    sort: sort.to_owned(),
                    descending,
                    text: text.to_owned(),
                    limit: 99,
                    ..Default::default()
                };
                let shown = folder.read(|conn| equipment::page(conn, &whole)).rows;
                let ids = folder.read(|conn| equipment::ids(conn, &whole));
                assert_eq!(
                    shown.iter().map(|row| &row.id).collect::<Vec<_>>(),
                    ids.iter().collect::<Vec<_>>(),
                    "the ids are those of the list, in its order, by {sort}"
                );
                let again = folder.read(|conn| equipment::by_ids(conn, &ids));
                assert_eq!(again, shown, "and give its rows");
            }
        }
    }
    let watched = |watch: &str| {
        let query = EquipmentQuery {
            watch: vec![watch.to_owned()],
            today: "2027-03-10".to_owned(),
            ..Default::default()
        };
        folder.read(|conn| equipment::page(conn, &query)).total
    };
    assert_eq!(watched("en-panne"), 1, "one is broken");
    assert_eq!(watched("sans-salle"), 10, "ten stand nowhere");
    assert_eq!(
        watched("garantie-3-mois"),
        9,
        "those ending from 10 March to 10 June: March, April, May"
    );
    assert_eq!(watched("garantie-finie"), 6, "January and February");
    assert_eq!(
        watched("bientot"),
        0,
        "an unknown watch finds nothing rather than everything"
    );
    let ending = folder.read(|conn| equipment::warranties_ending(conn, "2027-03-15", "2027-04-15"));
    assert_eq!(ending, 6, "both days count");
    let words = folder.read(equipment::all_words);
    assert_eq!(
        words[0].words,
        ["poste", "HP", "LaserJet M454", "SN000", "A1", "Salle A1"],
        "what a typed line may say"
    );
    assert_eq!(
        folder.read(equipment::by_state),
        [("en-panne".to_owned(), 1), ("en-service".to_owned(), 29)],
        "for the home page"
    );
}

#[test]
fn the_list_by_room_follows_the_codes_and_ends_nowhere() {
    let folder = Folder::new();
    parc(&folder);
    let list = |descending, offset, limit, states: &[&str]| {
        let query = EquipmentQuery {
            sort: "salle".to_owned(),
            states: states.iter().map(|state| (*state).to_owned()).collect(),
            descending,
            offset,
            limit,
            ..Default::default()
        };
        let page = folder.read(|conn| equipment::page(conn, &query));
        let rooms: Vec<String> = page
            .rows
            .into_iter()
            .map(|row| row.room_id.unwrap_or_default())
            .collect();
        rooms.join(" ")
    };
    assert_eq!(
        list(false, 8, 14, &[]),
        "A1 A1 B2 B2 B2 B2 B2 B2 B2 B2 B2 B2  ",
        "a window over two rooms and what stands nowhere"
    );
    assert_eq!(
        list(true, 19, 2, &[]),
        "A1 ",
        "the other way, nowhere is still last"
    );
    assert_eq!(list(false, 29, 9, &[]), "", "the last row stands nowhere");
    assert_eq!(list(false, 0, 9, &["en-panne"]), "A1", "filters go with it");
}
