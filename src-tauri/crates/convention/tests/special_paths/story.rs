//! A walk through the guide as one person makes it, and what he was told at its end.
//!
//! Words are compared with plain apostrophes and spaces, so that a story reads as it is typed.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use convention::*;

pub static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/convention");
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
});

/// An ordinary collège on an ordinary day, whose profile holds a phone number.
pub fn college() -> Facts {
    let mut facts = Facts::on(day("2026-11-24"));
    facts
        .known
        .insert("telephone".to_owned(), "05 62 00 00 00".to_owned());
    facts
}

pub fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// A pupils' computer that the Département gave, under warranty.
pub fn computer() -> EquipmentFacts {
    EquipmentFacts {
        id: "eq-0001".to_owned(),
        label: "B204-01".to_owned(),
        kind: "Ordinateur fixe".to_owned(),
        family: EquipmentFamily::Poste,
        room: Some("B204".to_owned()),
        user_line: Some("Élèves".to_owned()),
        perimeter: None,
        funding: Some(Funding::Departement),
        bought_on: Some(day("2025-10-10")),
        validated: false,
        warranty_end: Some(day("2028-10-10")),
        serial: Some("S4YH1190".to_owned()),
        inventory_number: Some("CD65-2025-00398".to_owned()),
    }
}

pub fn with(equipment: EquipmentFacts) -> Facts {
    Facts {
        equipment: Some(equipment),
        ..college()
    }
}

pub struct Told {
    pub summary: Summary,
    pub questions: Vec<Question>,
    /// What was to be done at once, as each question was asked.
    pub reflexes: Vec<Option<Reflexes>>,
}

/// Answers question after question. Of trials, « regle » settles the first and any other word is said of all of
/// them; of a form, « ligne = texte ; ligne = texte » fills its lines.
pub fn walk<const N: usize>(facts: &Facts, way: [(&str, &str); N]) -> Told {
    let mut answers = Answers::default();
    let mut questions = Vec::new();
    let mut told = Vec::new();
    for (id, given) in way {
        let (question, reflexes) = match next(&PACK, &Overlay::default(), &answers, facts).unwrap()
        {
            Step::Ask {
                question, reflexes, ..
            } => (question, reflexes),
            Step::Ready { .. } => panic!("« {id} » was to be asked, but the guide was done"),
        };
        assert_eq!(question.id, id, "after {:?}", answers.answers.keys());
        answers.set(id, answer(&question, given, facts));
        questions.push(question);
        told.push(reflexes);
    }
    match next(&PACK, &Overlay::default(), &answers, facts).unwrap() {
        Step::Ready { summary, .. } => Told {
            summary,
            questions,
            reflexes: told,
        },
        Step::Ask { question, .. } => panic!("« {} » is still asked after {way:?}", question.id),
    }
}

fn answer(question: &Question, given: &str, facts: &Facts) -> Answer {
    let id = &question.id;
    match question.kind {
        QuestionKind::Choice => {
            let offered: Vec<&str> = question
                .choices
                .iter()
                .map(|choice| choice.id.as_str())
                .collect();
            assert!(
                offered.contains(&given),
                "« {given} » is not offered at « {id} » : {offered:?}"
            );
            given.into()
        }
        QuestionKind::Trials => {
            assert!(
                !question.trials.is_empty(),
                "« {id} » gives something to try"
            );
            let tried = if given == "regle" {
                1
            } else {
                question.trials.len()
            };
            let tried = question.trials.iter().take(tried);
            Answer::Fields(
                tried
                    .map(|trial| (trial.id.clone(), given.to_owned()))
                    .collect(),
            )
        }
        QuestionKind::Fields => {
            assert!(
                question.fields.len() <= 6,
                "six lines at most stand on one page of « {id} »"
            );
            let lines = given.split(" ; ").filter(|line| !line.is_empty());
            let lines = lines.map(|line| line.split_once(" = ").unwrap());
            let lines = lines.inspect(|(line, _)| {
                let shown = question.fields.iter().any(|field| field.id == *line);
                assert!(
                    shown,
                    "the line « {line} » is not on « {id} » : {:?}",
                    question.fields
                );
            });
            Answer::Fields(
                lines
                    .map(|(line, typed)| (line.to_owned(), typed.to_owned()))
                    .collect(),
            )
        }
        QuestionKind::Equipment => {
            let known = facts
                .equipment
                .as_ref()
                .map(|equipment| equipment.id.clone());
            let room = facts
                .group
                .as_ref()
                .map(|group| format!("{WHOLE_ROOM}{}", group.room_id));
            let register = given.starts_with("eq-") || given.starts_with(WHOLE_ROOM);
            let found = [known, room].into_iter().flatten().any(|id| id == given);
            assert!(found || !register, "the register does not hold « {given} »");
            given.into()
        }
        _ => given.into(),
    }
}

/// As it is typed: straight apostrophes, plain spaces.
pub fn plain(text: &str) -> String {
    text.replace('’', "'").replace(['\u{202f}', '\u{a0}'], " ")
}

fn holds(lines: &[String], words: &str) -> bool {
    lines.iter().any(|line| plain(line).contains(words))
}

impl Told {
    pub fn goes(&self, party: Party, basis: Basis, source: &str, channel: Channel) -> &Self {
        let route = &self.summary.route;
        let code = route
            .source
            .as_ref()
            .map_or("", |source| source.code.as_str());
        assert_eq!(
            (route.party, route.basis, code, route.channel),
            (party, basis, source, channel),
            "who, how it is known, by which passage, by which way: {}",
            route.explanation
        );
        let sent = [
            Channel::Platform,
            Channel::PriorValidation,
            Channel::Security,
        ];
        assert!(!route.path.is_empty(), "its stops are told");
        assert_eq!(
            self.leaves(),
            sent.contains(&channel),
            "what the collège or the vendor does stays here"
        );
        self
    }

    /// Whether it will be sent to the platform; the rest is kept as a trace.
    pub fn leaves(&self) -> bool {
        let inside = matches!(
            self.summary.route.channel,
            Channel::Internal | Channel::Vendor
        );
        !inside && !self.summary.settled
    }

    /// To be done before anything else.
    pub fn first(&self, words: &str, why: &str) -> &Self {
        let before = &self.summary.route.before;
        assert!(
            holds(before, words),
            "{why} ; « {words} » among {before:#?}"
        );
        self
    }

    /// Warned of: by the route, or by what the answers entail.
    pub fn warns(&self, words: &str, why: &str) -> &Self {
        let lines = [
            self.summary.route.warnings.clone(),
            self.summary.consequences.clone(),
        ]
        .concat();
        assert!(holds(&lines, words), "{why} ; « {words} » among {lines:#?}");
        self
    }

    /// Nowhere said.
    pub fn silent(&self, words: &str, why: &str) -> &Self {
        let route = &self.summary.route;
        let lines = [
            vec![route.explanation.clone()],
            route.before.clone(),
            route.warnings.clone(),
            route.path.clone(),
            self.summary.consequences.clone(),
            self.summary.checklist.clone(),
        ];
        let lines = lines.concat();
        assert!(!holds(&lines, words), "{why} ; « {words} » in {lines:#?}");
        self
    }

    /// Steps of what he does himself, in this order.
    pub fn does(&self, steps: &[&str], why: &str) -> &Self {
        let list = &self.summary.checklist;
        let mut left = list.iter();
        for step in steps {
            assert!(
                left.any(|line| plain(line).contains(step)),
                "{why} ; « {step} », in order, in {list:#?}"
            );
        }
        self
    }

    pub fn passes(&self, stops: &[&str], why: &str) -> &Self {
        let path = &self.summary.route.path;
        let mut left = path.iter();
        for stop in stops {
            assert!(
                left.any(|line| plain(line).contains(stop)),
                "{why} ; « {stop} », in order, in {path:#?}"
            );
        }
        self
    }

    pub fn explains(&self, words: &str, why: &str) -> &Self {
        let text = plain(&self.summary.route.explanation);
        assert!(text.contains(words), "{why} ; « {words} » in « {text} »");
        self
    }

    pub fn titled(&self, title: &str) -> &Self {
        assert_eq!(
            plain(&self.summary.title),
            title,
            "the title says what, which and where"
        );
        self
    }

    /// The desk reads it without asking back.
    pub fn describes(&self, lines: &[&str]) -> &Self {
        let text = plain(&self.summary.description);
        for line in lines {
            assert!(
                text.lines().any(|known| known == *line),
                "« {line} » is a line of:\n{text}"
            );
        }
        self
    }

    pub fn question(&self, id: &str) -> &Question {
        self.questions
            .iter()
            .find(|question| question.id == id)
            .unwrap()
    }

    /// The line of a form with this label, and what it holds beforehand.
    pub fn line(&self, label: &str, known: Option<&str>) -> &Self {
        let mut fields = self.questions.iter().flat_map(|question| &question.fields);
        let field = fields.find(|field| plain(&field.label).contains(label));
        let field = field.unwrap_or_else(|| panic!("a line « {label} » is asked"));
        assert_eq!(
            field.known.as_deref(),
            known,
            "what is known already is not typed again: « {label} »"
        );
        self
    }

    pub fn reflexes(&self) -> &Reflexes {
        self.summary.reflexes.as_ref().unwrap()
    }
}

impl Told {
    /// Among what is to be done now, never, and the people to warn.
    pub fn at_once(&self, now: &str, never: &str, warn: &[&str]) -> &Self {
        let reflexes = self.reflexes();
        assert!(
            holds(&reflexes.now, now),
            "now: « {now} » among {:#?}",
            reflexes.now
        );
        assert!(
            holds(&reflexes.never, never),
            "never: « {never} » among {:#?}",
            reflexes.never
        );
        let mut left = reflexes.warn.iter();
        for person in warn {
            let found = left.any(|line| plain(line).contains(person));
            assert!(
                found,
                "warned, in this order: « {person} » in {:#?}",
                reflexes.warn
            );
        }
        self
    }
}
