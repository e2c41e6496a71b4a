//! The guide as two people use it, and what must always hold.

mod grammar;

use proptest::prelude::*;

use crate::{testing::*, *};

fn step(answers: &Answers, facts: &Facts) -> Step {
    next(&PACK, &Overlay::default(), answers, facts).unwrap()
}

fn asked(step: Step) -> Question {
    match step {
        Step::Ask { question, .. } => question,
        Step::Ready { summary, .. } => panic!("a question was expected, not {}", summary.title),
    }
}

fn ready(step: Step) -> Summary {
    match step {
        Step::Ready { summary, .. } => summary,
        Step::Ask { question, .. } => {
            panic!("the summary was expected, not « {} »", question.title)
        }
    }
}

fn jammed() -> (Answers, Facts) {
    let mut answers = Answers {
        started: "imprimante cdi bourrage".to_owned(),
        ..Answers::default()
    };
    answers.set("situation", "panne-impression");
    answers.set("equipement", "eq-0042");
    answers.set("imprimante", "bourrage");
    (
        answers,
        Facts {
            equipment: Some(printer()),
            ..facts()
        },
    )
}

#[test]
fn a_jammed_printer_of_the_register_is_reported_in_six_answers() {
    let (mut answers, facts) = jammed();
    let Step::Ask {
        question,
        progress,
        answered,
        route,
        activity,
        attached_facts,
        ..
    } = step(&answers, &facts)
    else {
        panic!("the first check comes next")
    };
    assert_eq!(
        question.id, "essai-imprimante-bourrage",
        "the check belongs to the symptom"
    );
    assert!(
        question
            .trials
            .iter()
            .any(|trial| trial.text.contains("papier")),
        "it says what to try, one thing at a time: {:?}",
        question.trials
    );
    let tried = question
        .trials
        .iter()
        .map(|trial| (trial.id.clone(), "pas-regle".to_owned()));
    let tried: std::collections::BTreeMap<String, String> = tried.collect();
    assert_eq!(
        (progress.number, progress.expected),
        (4, 6),
        "four of six: the register answered the rest"
    );
    assert_eq!(
        answered[1].text, "Imprimante couleur HP M454 · CDI",
        "the equipment is named, not numbered"
    );
    assert_eq!(
        activity,
        Some(crate::Activity::Maintenance),
        "what is asked of the service is known with the route"
    );
    assert_eq!(
        route.unwrap().party,
        Party::Departement,
        "the CDI is on the pedagogical side"
    );
    assert!(
        attached_facts
            .iter()
            .any(|fact| fact.contains("VNC3R04512")),
        "the serial number is joined by Relais"
    );

    answers.set("essai-imprimante-bourrage", tried);
    answers.set("gene", "salle-genant");
    answers.set("fiche", pieces([("depuis", "Lundi, trois fois par heure")]));
    let summary = ready(step(&answers, &facts));
    assert_eq!(
        summary.title, "Bourrage papier – Imprimante couleur HP M454 – CDI",
        "the title says what, which and where"
    );
    assert_eq!(
        (summary.impact, summary.urgency),
        (Impact::Salle, Urgency::Genant),
        "one answer gives both"
    );
    assert!(!summary.settled, "it still jams");
    for expected in [
        "Symptôme : Le papier bourre",
        "Depuis quand : Lundi, trois fois par heure",
        "Série : VNC3R04512",
        "Fin de garantie : 14/09/2027",
    ] {
        assert!(
            summary.description.contains(expected),
            "« {expected} » is in:\n{}",
            summary.description
        );
    }
}

#[test]
fn a_first_check_that_works_leaves_a_trace_and_sends_nothing() {
    let (mut answers, facts) = jammed();
    answers.set(
        "essai-imprimante-bourrage",
        pieces([("1", "pas-pu"), ("2", "regle")]),
    );
    let summary = ready(step(&answers, &facts));
    assert!(
        summary.settled,
        "the check solved it, nothing more is asked"
    );
}

#[test]
fn changing_an_answer_sets_later_ones_aside_and_brings_them_back() {
    let (mut answers, facts) = jammed();
    let tried = pieces([
        ("1", "pas-regle"),
        ("2", "pas-regle"),
        ("3", "pas-pu"),
        ("4", "pas-regle"),
    ]);
    answers.set("essai-imprimante-bourrage", tried);
    answers.set("gene", "personne-genant");
    answers.set("fiche", pieces([]));
    let before = ready(step(&answers, &facts));

    answers.set("imprimante", "toner");
    let question = asked(step(&answers, &facts));
    assert_eq!(
        question.id, "essai-imprimante-toner",
        "another symptom has its own check"
    );
    assert!(
        answers.get("essai-imprimante-bourrage").is_some(),
        "the former check stays in the draft"
    );

    answers.set("situation", "conseil");
    assert_eq!(
        asked(step(&answers, &facts)).id,
        "sujet",
        "another situation asks its own questions"
    );

    answers.set("situation", "panne-impression");
    answers.set("imprimante", "bourrage");
    assert_eq!(
        ready(step(&answers, &facts)),
        before,
        "back where it was, nothing is asked twice"
    );
}

#[test]
fn the_register_speaks_only_for_the_equipment_answered() {
    let (mut answers, facts) = jammed();
    answers.set("equipement", NONE_OF_THEM);
    let question = asked(step(&answers, &facts));
    assert_eq!(
        question.id, "utilisateur",
        "an unknown printer: who uses it decides who repairs it"
    );
    assert_eq!(question.choices.len(), 15, "annexe 2 bis has fifteen lines");
    answers.set("utilisateur", "vie-scolaire");
    let Step::Ask { route, .. } = step(&answers, &facts) else {
        panic!("the check comes next")
    };
    assert_eq!(
        route.unwrap().party,
        Party::Academie,
        "Vie scolaire is on the administrative side"
    );
}

#[test]
fn wrong_answers_are_refused_with_a_sentence() {
    let refuse = |json: &str| Answers::parse(json, &PACK).unwrap_err().to_string();
    assert!(
        refuse(r#"{"answers":{"meteo":"pluie"}}"#).contains("« meteo » n’existe pas"),
        "an unknown question is named"
    );
    assert!(
        refuse(r#"{"answers":{"situation":"pluie"}}"#).contains("panne-poste"),
        "possible answers are listed"
    );
    assert!(
        refuse(r#"{"answers":{"situation":["conseil"]}}"#).contains("une seule réponse"),
        "a list is not a choice"
    );
    assert!(
        refuse(r#"{"answers":{"#).contains("ligne 1, colonne"),
        "broken JSON has a place"
    );
    assert!(
        refuse(r#"{"reponses":{}}"#).contains("« started »"),
        "the shape expected is said"
    );
    let draft =
        r#"{"started":"imprimante cdi bourrage","answers":{"situation":"panne-impression"}}"#;
    let answers = Answers::parse(draft, &PACK).unwrap();
    assert_eq!(
        serde_json::to_string(&answers).unwrap(),
        draft,
        "a draft is written as it was read"
    );
}

/// Any answers at all: known or unknown questions, fitting values or not.
fn any_answers() -> impl Strategy<Value = Answers> {
    let ids: Vec<String> = PACK
        .guide
        .items
        .iter()
        .map(|item| item.id.clone())
        .chain(["meteo".to_owned()])
        .collect();
    let options = PACK
        .guide
        .items
        .iter()
        .flat_map(|item| item.options.iter().map(|option| option.id.clone()));
    let values: Vec<String> = options
        .chain(["".to_owned(), "eq-0042".to_owned(), "2026-13-45".to_owned()])
        .collect();
    let value = prop_oneof![
        prop::sample::select(values).prop_map(Answer::One),
        ".{0,12}".prop_map(Answer::One),
        prop::collection::vec(".{0,4}", 0..3).prop_map(Answer::Several),
        prop::collection::btree_map("[1-4]|depuis|.{0,3}", "regle|pas-pu|.{0,8}", 0..4)
            .prop_map(Answer::Fields),
    ];
    let answers = prop::collection::btree_map(prop::sample::select(ids), value, 0..8);
    (".{0,20}", answers).prop_map(|(started, answers)| Answers { started, answers })
}

/// Walks to the end, choosing among what is offered by the numbers given.
fn walk_by(facts: &Facts, numbers: &[usize]) -> (Answers, Vec<String>) {
    let mut answers = Answers::default();
    let mut asked = Vec::new();
    for number in numbers.iter().cycle() {
        let Step::Ask {
            question,
            progress,
            answered,
            ..
        } = step(&answers, facts)
        else {
            break;
        };
        assert_eq!(
            progress.number,
            answered.len() + 1,
            "questions are numbered in the order they are asked"
        );
        assert!(
            progress.expected >= progress.number,
            "the count never promises fewer than the one on screen"
        );
        let value = match question.kind {
            QuestionKind::Choice => question.choices[number % question.choices.len()].id.clone(),
            QuestionKind::Equipment => if number % 2 == 0 {
                "eq-0042"
            } else {
                NONE_OF_THEM
            }
            .to_owned(),
            QuestionKind::Trials => {
                let outcome = Outcome::ALL[number % 3].id();
                let tried = question
                    .trials
                    .iter()
                    .map(|trial| (trial.id.clone(), outcome.to_owned()));
                answers.set(
                    question.id.clone(),
                    tried.collect::<std::collections::BTreeMap<_, _>>(),
                );
                asked.push(question.id);
                continue;
            }
            QuestionKind::Fields => {
                answers.set(question.id.clone(), pieces([]));
                asked.push(question.id);
                continue;
            }
            _ => "Depuis ce matin".to_owned(),
        };
        answers.set(question.id.clone(), value);
        asked.push(question.id);
    }
    (answers, asked)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn next_never_panics_whatever_the_answers(answers in any_answers()) {
        let facts = Facts { equipment: Some(printer()), ..facts() };
        if let Err(error) = next(&PACK, &Overlay::default(), &answers, &facts) {
            prop_assert!(error.to_string().contains('.') , "a refusal is a sentence: {error}");
        }
    }

    #[test]
    fn an_answer_changed_backwards_and_put_back_changes_nothing(numbers in prop::collection::vec(0usize..64, 8), which in 0usize..8, other in 0usize..64) {
        let facts = Facts { equipment: Some(printer()), ..facts() };
        let (answers, asked) = walk_by(&facts, &numbers);
        let before = step(&answers, &facts);
        let id = &asked[which % asked.len()];
        let item = PACK.guide.item(id).unwrap();
        let options: Vec<&str> = item.options.iter().map(|option| option.id.as_str()).collect();
        prop_assume!(!options.is_empty());
        let mut changed = answers.clone();
        changed.set(id.clone(), options[other % options.len()]);
        let _ = step(&changed, &facts);
        for (question, answer) in &answers.answers {
            prop_assert!(question == id || changed.get(question) == Some(answer), "« {question} » is kept while set aside");
        }
        changed.answers.insert(id.clone(), answers.answers[id].clone());
        prop_assert_eq!(step(&changed, &facts), before, "put back, the walk is where it was");
    }

    #[test]
    fn any_line_may_be_typed(text in ".{0,60}") {
        for proposal in start(&PACK, &[], &text) {
            prop_assert!(proposal.score.is_finite() && proposal.score <= 1.0, "a score is a share of the line");
            prop_assert!(next(&PACK, &Overlay::default(), &proposal.answers, &facts()).is_ok(), "and the guide takes it from there");
        }
    }
}
