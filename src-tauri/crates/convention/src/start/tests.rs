//! What people really type, and what must hold for anything typed.

use super::*;
use crate::{Overlay, guide::next, step::Step, testing::*};

fn entry(id: &str, label: &str, words: &str, family: EquipmentFamily, room: &str) -> RegisterEntry {
    RegisterEntry {
        id: id.into(),
        label: label.into(),
        words: words.into(),
        family,
        room: Some(room.into()),
        room_name: format!("Salle {room}"),
        room_id: Some(format!("salle-{room}")),
    }
}

fn register() -> Vec<RegisterEntry> {
    use EquipmentFamily::{Imprimante, Poste, Videoprojecteur};
    let mut register = vec![
        entry(
            "eq-1",
            "Imprimante couleur HP M454",
            "HP M454 VNC3R04512 imp-cdi",
            Imprimante,
            "CDI",
        ),
        entry(
            "eq-2",
            "Copieur Ricoh",
            "Ricoh IM C3000 salle des profs",
            Imprimante,
            "Salle des professeurs",
        ),
        entry(
            "eq-3",
            "Vidéoprojecteur Epson EB-685",
            "Epson EB-685",
            Videoprojecteur,
            "B204",
        ),
    ];
    register.extend((1..=16).map(|n| {
        entry(
            &format!("po-{n}"),
            &format!("Poste B204-{n:02}"),
            "Dell OptiPlex",
            Poste,
            "B204",
        )
    }));
    register
}

fn best(text: &str) -> Proposal {
    start(&PACK, &register(), text)
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("« {text} » must propose something"))
}

#[test]
fn a_few_words_say_what_is_broken_and_which_one() {
    let proposal = best("imprimante cdi bourrage");
    assert_eq!(
        proposal.equipment.as_deref(),
        Some("eq-1"),
        "the printer of the CDI: {proposal:?}"
    );
    assert_eq!(
        proposal.symptom.as_deref(),
        Some("bourrage"),
        "and what it does: {proposal:?}"
    );
    assert_eq!(
        proposal.service, "equipement-bureautique",
        "on the line of the matrix"
    );
    assert_eq!(
        proposal.title, "Imprimante en panne · Le papier bourre · Imprimante couleur HP M454 · CDI",
        "in a sentence"
    );
}

#[test]
fn what_people_really_type_is_understood() {
    let cases = [
        (
            "imprimantes bourage papier",
            Nature::Panne,
            "situation",
            "panne-impression",
        ),
        ("VNC3R04512", Nature::Panne, "situation", "panne-impression"),
        (
            "videoprojecteur B204 pas d'image",
            Nature::Panne,
            "projection",
            "pas-d-image",
        ),
        ("internet coupé", Nature::Panne, "reseau", "internet-coupe"),
        (
            "onduleur qui bipe",
            Nature::Panne,
            "serveur",
            "onduleur-bip",
        ),
        (
            "pronote ne marche plus",
            Nature::Panne,
            "sujet",
            "vie-scolaire-prive",
        ),
        (
            "mot de passe siecle oublié",
            Nature::Compte,
            "acces",
            "applications",
        ),
        (
            "installer geogebra",
            Nature::Installation,
            "sujet",
            "logiciels-catalogue",
        ),
        ("imprimante", Nature::Panne, "situation", "panne-impression"),
        (
            "acheter trois portables",
            Nature::Achat,
            "type",
            "ordinateur-portable",
        ),
        (
            "installer une imprimante",
            Nature::Installation,
            "situation",
            "installer-materiel",
        ),
        (
            "virus sur le poste du secrétariat",
            Nature::Securite,
            "incident",
            "virus",
        ),
        (
            "mail suspect hameçonnage",
            Nature::Securite,
            "incident",
            "message-piege",
        ),
        (
            "ouvrir un port pare-feu administratif",
            Nature::Securite,
            "ouverture",
            "port-administratif",
        ),
    ];
    for (text, nature, question, value) in cases {
        let proposal = best(text);
        assert_eq!(
            proposal.nature, nature,
            "the nature of « {text} »: {proposal:#?}"
        );
        assert_eq!(
            proposal.answers.get(question),
            Some(&value.into()),
            "the answer found in « {text} »: {proposal:#?}"
        );
    }
}

#[test]
fn sixteen_identical_posts_are_a_room_not_a_guess() {
    let proposal = best("poste b204 lent");
    assert_eq!(
        proposal.equipment, None,
        "nothing says which of the sixteen"
    );
    assert_eq!(
        proposal.room.as_deref(),
        Some("B204"),
        "but the room is named"
    );
}

#[test]
fn two_printers_in_one_room_are_offered_one_by_one() {
    let mut register = register();
    let twin = register
        .iter()
        .find(|entry| entry.family == EquipmentFamily::Imprimante)
        .cloned()
        .unwrap();
    let room = twin.room.clone().unwrap();
    register.push(RegisterEntry {
        id: "jumelle".into(),
        ..twin.clone()
    });
    let proposals = start(&PACK, &register, &format!("imprimante {room} bourrage"));
    let offered: Vec<Option<&str>> = proposals
        .iter()
        .take(2)
        .map(|proposal| proposal.equipment.as_deref())
        .collect();
    assert!(
        offered.contains(&Some("jumelle")) && offered.contains(&Some(twin.id.as_str())),
        "the person says which with one key: {offered:?}"
    );
}

#[test]
fn nothing_understood_proposes_nothing() {
    for text in ["", "   ", "zzzz qqqq", "!?", "\u{0301}\u{0301}"] {
        assert_eq!(
            start(&PACK, &register(), text),
            [],
            "« {text} » means nothing here"
        );
    }
}

#[test]
fn every_proposal_is_accepted_by_the_guide() {
    let mut seen = 0;
    let options = PACK.guide.items.iter().flat_map(|item| &item.options);
    for word in options.flat_map(|option| &option.words) {
        let proposals = start(&PACK, &register(), word);
        assert!(proposals.len() <= 5, "at most five for « {word} »");
        assert!(
            proposals.is_sorted_by(|one, other| one.score >= other.score),
            "best first for « {word} »"
        );
        for proposal in proposals {
            let step = next(&PACK, &Overlay::default(), &proposal.answers, &facts());
            assert!(
                matches!(step, Ok(Step::Ask { .. })),
                "the guide goes on from {proposal:?}: {step:?}"
            );
            seen += 1;
        }
    }
    assert!(seen > 300, "the words of the pack were tried: {seen}");
}
