//! Situations of a collège, judged from the convention by someone who had not read this crate.
//!
//! Invariant: the table is the judge's (`tests/fixtures/situations.csv`); it is never changed to please the code.

use std::{collections::BTreeMap, fs::File, path::Path};

use crate::{testing::PACK, text::fold, *};

type Line = BTreeMap<String, String>;

fn table() -> Vec<Line> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures");
    let file = File::open(root.join("situations.csv")).expect("the judge's table is there");
    let mut reader = csv::Reader::from_reader(file);
    reader
        .deserialize()
        .map(|line| line.expect("a whole line"))
        .collect()
}

/// A word of a closed vocabulary, or nothing said.
fn word<T: std::str::FromStr<Err: std::fmt::Debug>>(line: &Line, column: &str) -> Option<T> {
    let said = line[column].trim();
    (!said.is_empty()).then(|| said.parse().expect(column))
}

fn yes(line: &Line, column: &str) -> bool {
    match line[column].as_str() {
        "oui" => true,
        "non" => false,
        other => panic!("« {other} » is neither oui nor non in {column}"),
    }
}

fn request(line: &Line) -> RouteRequest {
    let user = line["utilisateur"].trim();
    let side = PACK.perimeter_of(user);
    assert!(
        user.is_empty() || side.is_some(),
        "« {user} » is a line of annexe 2 bis"
    );
    let region = line["region"].as_str();
    let case = line["cas"].trim();
    RouteRequest {
        perimeter: word(line, "perimetre").or(side),
        funding: word(line, "financement"),
        bought_on: word(line, "achete_le"),
        validated: yes(line, "valide"),
        cite_scolaire: yes(line, "cite_scolaire"),
        region_maintains: (!region.is_empty()).then(|| yes(line, "region")),
        out_of_warranty: yes(line, "hors_garantie"),
        case: (!case.is_empty()).then(|| case.to_owned()),
        ..RouteRequest::new(
            line["service"].as_str(),
            word(line, "activite").expect("each situation has an activity"),
        )
    }
}

/// Everything the person reads, accents and case ignored.
fn told(route: &Route) -> String {
    let source = route.source.iter().map(|source| &source.passage);
    let texts = [&route.explanation]
        .into_iter()
        .chain(&route.note)
        .chain(source);
    let texts = texts
        .chain(&route.before)
        .chain(&route.warnings)
        .chain(&route.path);
    fold(&texts.cloned().collect::<Vec<_>>().join("\n"))
}

fn differences(line: &Line) -> Vec<String> {
    let route = match route(&PACK, &Overlay::default(), &request(line)) {
        Ok(route) => route,
        Err(error) => return vec![error.to_string()],
    };
    let source = route
        .source
        .as_ref()
        .map_or("", |source| source.code.as_str());
    let disputed = DISPUTED
        .iter()
        .find(|(begins, _)| line["situation"].starts_with(begins));
    let party = match disputed {
        Some((begins, named)) => {
            assert_eq!(
                route.party.id(),
                *named,
                "« {begins} » is disputed no more: take it off the list"
            );
            line["responsable"].as_str()
        }
        None => route.party.id(),
    };
    let given = [
        ("responsable", party),
        ("base", route.basis.id()),
        ("source", source),
        ("voie", route.channel.id()),
    ];
    let wrong = given
        .into_iter()
        .filter(|(column, given)| line[*column] != *given);
    let mut wrong: Vec<String> = wrong
        .map(|(column, given)| format!("{column} : « {given} » au lieu de « {} »", line[column]))
        .collect();
    if !told(&route).contains(&fold(&line["dit"])) {
        wrong.push(format!("« {} » n’est dit nulle part", line["dit"]));
    }
    wrong
}

/// Where the judge and the code read the same passage differently, and the passage does not decide: « une validation
/// préalable de la commande par le Département sera nécessaire pour […] bénéficier de la maintenance par ses services »
/// (II art. 2) says who must validate, not who answers for the machine meanwhile. The code names the collège that
/// bought it, the judge the Département that may validate it; way, source and words are the same.
const DISPUTED: [(&str, &str); 4] = [
    ("Le poste de B15", "etablissement"),
    ("L’imprimante des arts plastiques", "etablissement"),
    (
        "Le switch acheté par le collège en 2020 sans validation",
        "etablissement",
    ),
    ("Le NAS pédagogique", "etablissement"),
];

#[test]
fn each_situation_goes_where_the_convention_says() {
    let table = table();
    assert!(
        table.len() >= 60,
        "the judge wrote {} situations",
        table.len()
    );
    let wrong = table.iter().enumerate().filter_map(|(place, line)| {
        let differences = differences(line);
        let at = format!("ligne {}, « {} »", place + 2, line["situation"]);
        (!differences.is_empty()).then(|| format!("{at} : {}", differences.join(" ; ")))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
