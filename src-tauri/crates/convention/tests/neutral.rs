//! Nothing about one Département stands in the code: no name of its own, no line of its matrix, no question of its form,
//! no annexe or article by its number.
//!
//! What is searched is read from the pack of the house itself. Left out: comments, tests, the sample collège, and words
//! of one piece, which closed lists of the application share with the pack (« salle », « type », « besoin »).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use convention::{
    Activity, Basis, Channel, EquipmentFamily, FieldKind, Funding, Impact, Nature, Outcome, Pack,
    Party, Perimeter, Urgency,
};

/// What is neither product nor its words: tests, the training platform, generated files.
const LEFT_OUT: &[&str] = &[
    "target",
    "tests",
    "gen",
    "fuzz",
    "sandbox",
    "node_modules",
    "sample",
];

/// Words of the pack that mean something else where they stand in the code, and what they mean there.
const HOMONYMS: &[(&str, &str)] = &[
    ("inventaire", "the number on a machine, in files and lists"),
    (
        "vie-scolaire",
        "a role of a contact, the same in every collège",
    ),
    (
        "equipe-de-direction",
        "how people write the role of a contact",
    ),
    (
        "equipe-de-gestion",
        "how people write the role of a contact",
    ),
    ("wifi", "how inventories call a piece of network equipment"),
    (
        "ordinateur-portable",
        "a type as inventories mean it, looked for in whatever pack there is",
    ),
    (
        "imprimante-noir-et-blanc",
        "a type as inventories mean it, looked for in whatever pack there is",
    ),
];

/// Acronyms of the pack's glossary that are not its own, and why the code says them.
const EVERYWHERE: &[(&str, &str)] = &[
    ("CDI", "every collège has one; rooms are called so"),
    (
        "DSI",
        "how every Département calls its computer department; a role of a contact",
    ),
    ("SIECLE", "the State's application, in every collège"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn pack() -> Pack {
    let root = root().join("assets/convention");
    let mut files = BTreeMap::new();
    for folder in ["", "guide/"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let name = format!("{folder}{}", entry.file_name().into_string().unwrap());
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    Pack::load(&files).unwrap()
}

/// Words that the application itself defines, the same for every pack.
fn closed() -> BTreeSet<&'static str> {
    macro_rules! ids {
        ($($list:ident),*) => { [$($list::ALL.map($list::id).to_vec()),*].concat() };
    }
    ids!(
        Activity,
        Basis,
        Channel,
        EquipmentFamily,
        FieldKind,
        Funding,
        Impact,
        Nature,
        Outcome,
        Party,
        Perimeter,
        Urgency
    )
    .into_iter()
    .collect()
}

/// The identifiers that only this pack could have given.
fn identifiers(pack: &Pack) -> BTreeSet<String> {
    let items = pack.guide.items.iter();
    let of_the_form = items.flat_map(|item| {
        let options = item.options.iter().map(|option| option.id.clone());
        options.chain([item.id.clone()])
    });
    let compound = of_the_form
        .chain(pack.equipment_types.iter().map(|kind| kind.id.clone()))
        .chain(pack.users.iter().map(|user| user.id.clone()))
        .filter(|id| id.contains('-'));
    let services = pack.services.iter().map(|service| service.id.clone());
    let cases = pack.rules.cases.iter().map(|case| case.id.clone());
    let closed = closed();
    compound
        .chain(services)
        .chain(cases)
        .filter(|id| !closed.contains(id.as_str()))
        .filter(|id| !HOMONYMS.iter().any(|(word, _)| word == id))
        .collect()
}

/// The names that only this pack could speak of.
fn names(pack: &Pack) -> BTreeSet<String> {
    let colleges = pack.colleges.iter();
    let mut names: BTreeSet<String> = colleges
        .flat_map(|college| [college.name.clone(), college.town.clone()])
        .chain([
            pack.manifest.departement.clone(),
            pack.manifest.academie.clone(),
        ])
        .filter(|name| name.chars().count() > 4)
        .collect();
    names.extend(["CD65", "cd65", "Magret"].map(str::to_owned));
    names
}

/// The acronyms that its glossary explains, and its passages by their codes.
fn acronyms(pack: &Pack) -> BTreeSet<String> {
    let known = |word: &String| EVERYWHERE.iter().any(|(common, _)| common == word);
    let terms = pack.glossary.iter().map(|term| term.acronym.clone());
    let codes = pack.sources.iter().map(|source| source.code.clone());
    terms
        .chain(codes)
        .filter(|word| word.chars().count() > 1 && !known(word))
        .collect()
}

/// What stands between quotes on a line, or in the text of a page; the names of the code's own things left out.
fn words(line: &str) -> Vec<&str> {
    line.split(|letter: char| !(letter.is_alphanumeric() || "-._".contains(letter)))
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| !word.is_empty())
        .collect()
}

/// « annexe 2 », « Annexes 4 et 5 », « art. 2 », « article L213-2 »: a place in one convention.
fn numbered(line: &str) -> Option<String> {
    let words = words(line);
    words.windows(2).find_map(|pair| {
        let [before, number] = pair else { return None };
        let place =
            ["annexe", "annexes", "art", "article"].contains(&before.to_lowercase().as_str());
        let roman = number.chars().all(|letter| "IVX".contains(letter));
        let of_law = number.strip_prefix('L').unwrap_or(number);
        let counted = of_law.starts_with(|letter: char| letter.is_ascii_digit());
        (place && (roman || counted)).then(|| pair.join(" "))
    })
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let stem = name.split('.').next().unwrap();
        if path.is_dir() {
            if !LEFT_OUT.contains(&name.as_str()) {
                sources(&path, found);
            }
        } else if [".rs", ".ts", ".tsx"].iter().any(|end| name.ends_with(end))
            && !name.contains(".test.")
            && !["tests", "testing", "sample"].contains(&stem)
        {
            found.push(path);
        }
    }
}

/// The modules that a file declares for its tests alone.
fn for_tests(path: &Path, text: &str) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let folder = match stem {
        "mod" | "lib" | "main" => path.parent().unwrap().to_owned(),
        _ => path.with_extension(""),
    };
    text.split("#[cfg(test)]\nmod ")
        .skip(1)
        .filter_map(|rest| rest.split_once(';'))
        .filter(|(name, _)| !name.contains(' '))
        .map(|(name, _)| folder.join(format!("{name}.rs")))
        .collect()
}

/// The text without its comments and without the tests that end it.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let mut code = String::new();
    let mut in_block = false;
    for line in text.lines() {
        let trimmed = line.trim_start();
        in_block |= trimmed.starts_with("/*") || trimmed.starts_with("{/*");
        if !in_block && !trimmed.starts_with("//") {
            code.push_str(line.split(" // ").next().unwrap());
        }
        code.push('\n');
        in_block &= !line.contains("*/");
    }
    code
}

#[test]
fn another_departement_would_find_nothing_of_this_one_in_the_code() {
    let pack = pack();
    let (identifiers, names, acronyms) = (identifiers(&pack), names(&pack), acronyms(&pack));
    assert!(
        identifiers.len() > 100 && names.len() > 20 && acronyms.len() > 50,
        "there is something to look for"
    );
    let mut found = Vec::new();
    sources(&root().join("src-tauri"), &mut found);
    sources(&root().join("ui/src"), &mut found);
    assert!(found.len() > 300, "and somewhere to look: {}", found.len());
    let texts: BTreeMap<PathBuf, String> = found
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    let tests: BTreeSet<PathBuf> = texts
        .iter()
        .flat_map(|(path, text)| for_tests(path, text))
        .collect();
    let mut faults = Vec::new();
    for (path, text) in texts.iter().filter(|(path, _)| !tests.contains(*path)) {
        let code = code(text);
        let spoken = |words: &BTreeSet<String>| {
            let spoken = words.iter().filter(|word| code.contains(word.as_str()));
            spoken.cloned().collect::<Vec<String>>()
        };
        let (identifiers, names) = (spoken(&identifiers), spoken(&names));
        for (number, line) in code.lines().enumerate() {
            let literal = |word: &&String| {
                ['"', '\'', '`']
                    .iter()
                    .any(|quote| line.contains(&format!("{quote}{word}{quote}")))
            };
            let named = names.iter().find(|name| line.contains(name.as_str()));
            let short = || {
                let mut said = words(line).into_iter();
                said.find(|word| acronyms.contains(*word))
                    .map(str::to_owned)
            };
            let word = identifiers.iter().find(literal).or(named).cloned();
            if let Some(word) = word.or_else(short).or_else(|| numbered(line)) {
                let place = path.strip_prefix(root()).unwrap_or(path);
                faults.push(format!("{}:{}: {word}", place.display(), number + 1));
            }
        }
    }
    assert_eq!(
        faults,
        Vec::<String>::new(),
        "the pack says it, not the code"
    );
}

#[test]
fn a_place_in_one_convention_is_seen_however_it_is_written() {
    for said in [
        "hint=\"Choisissez-le dans l’annexe 3, ou écrivez le vôtre.\"",
        "une ligne de l'annexe 2 bis",
        "Annexes 4 et 5",
        "voir II art. 2",
        "article L213-2 du code",
        "(article III)",
    ] {
        assert!(numbered(said).is_some(), "« {said} » names a place");
    }
    for said in [
        "Ce que disent les annexes et le corps du texte.",
        "annexes: has(\"annexes\"),",
        "articles 404",
        "leaflet(&sheet.annexe, 2)",
    ] {
        let seen = numbered(said);
        assert!(seen.is_none(), "« {said} » names none: {seen:?}");
    }
}
