use super::*;
use crate::testing::PACK;

fn reversed(turn: Turn) -> Turn {
    match turn {
        Turn::Added => Turn::Removed,
        Turn::Removed => Turn::Added,
        Turn::Changed => Turn::Changed,
    }
}

#[test]
fn a_pack_is_no_different_from_itself() {
    assert_eq!(
        compare(&PACK, &PACK),
        Comparison::default(),
        "nothing changed"
    );
}

#[test]
fn a_cell_that_gets_its_word_is_told_and_nothing_else() {
    let line = PACK
        .cells
        .iter()
        .find(|cell| cell.basis == Basis::Inconnu)
        .unwrap()
        .clone();
    let mut after = PACK.clone();
    for cell in &mut after.cells {
        if *cell == line {
            cell.party = Party::Academie;
            cell.basis = Basis::Ecrit;
        }
    }
    let changes = compare(&PACK, &after);
    let [cell] = changes.cells.as_slice() else {
        panic!("one cell changed: {:?}", changes.cells);
    };
    assert_eq!(
        (&cell.service, cell.perimeter, cell.activity),
        (&line.service, line.perimeter, line.activity),
        "the cell is named by its place"
    );
    assert_eq!(
        (cell.before, cell.after),
        (
            Some((Party::Inconnu, Basis::Inconnu)),
            Some((Party::Academie, Basis::Ecrit))
        ),
        "with what it said and what it will say"
    );
    assert_eq!(
        Comparison {
            cells: Vec::new(),
            ..changes
        },
        Comparison::default(),
        "and nothing else changed"
    );
}

#[test]
fn a_service_or_a_question_that_goes_is_told_by_its_own_name() {
    let mut after = PACK.clone();
    let service = after.services.pop().unwrap();
    after.cells.retain(|cell| cell.service != service.id);
    let place = after
        .guide
        .items
        .iter()
        .rposition(|item| !item.title.is_empty());
    let question = after.guide.items.remove(place.unwrap());
    let changes = compare(&PACK, &after);
    assert!(
        changes.cells.is_empty(),
        "the cells of a service that goes are not told one by one"
    );
    assert_eq!(
        (changes.services.len(), changes.services[0].label.as_str()),
        (1, service.label.as_str()),
        "the service by its label"
    );
    assert_eq!(
        (changes.questions.len(), changes.questions[0].label.as_str()),
        (1, question.title.as_str()),
        "the question as it is asked"
    );
    let back = compare(&after, &PACK);
    for (there, back) in [
        (&changes.services, &back.services),
        (&changes.questions, &back.questions),
    ] {
        let turned: Vec<Change> = there
            .iter()
            .map(|change| Change {
                turn: reversed(change.turn),
                ..change.clone()
            })
            .collect();
        assert_eq!(&turned, back, "the reverse comparison says the reverse");
    }
}

#[test]
fn what_an_author_rewrites_is_told_in_words() {
    let college = &PACK.users[0];
    let mut after = PACK.clone();
    after.users[0].perimeter = match college.perimeter {
        Perimeter::Administratif => Perimeter::Pedagogique,
        Perimeter::Pedagogique => Perimeter::Administratif,
    };
    after.rules.applied.own_funds.after = crate::testing::day("2030-01-31");
    let place = after
        .guide
        .items
        .iter()
        .position(|item| item.options.len() > 1)
        .unwrap();
    let asked = &mut after.guide.items[place];
    let gone = asked.options.pop().unwrap();
    asked.optional = !asked.optional;
    asked.options[0].label.push_str(" (nouveau)");
    let changes = compare(&PACK, &after);
    let [question] = changes.questions.as_slice() else {
        panic!("one question changed: {:?}", changes.questions);
    };
    for words in [gone.label.as_str(), "(nouveau)", "facultative"] {
        assert!(
            question.detail.contains(words),
            "« {words} » is told: {}",
            question.detail
        );
    }
    let told: Vec<&str> = changes
        .rules
        .iter()
        .map(|rule| rule.label.as_str())
        .collect();
    assert_eq!(
        told,
        [
            format!("Utilisateurs : {}", college.label).as_str(),
            "Achats sur fonds propres"
        ],
        "a user who changes network, and the date of the rule"
    );
    assert!(
        changes.rules[1].detail.contains("31/01/2030"),
        "with the new date: {}",
        changes.rules[1].detail
    );
}
