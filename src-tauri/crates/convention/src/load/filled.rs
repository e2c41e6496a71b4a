//! The forms that Relais fills in itself: their questions and answers exist in the guide.

use super::{Desk, RULES};
use crate::{
    guide::script::{Kind, Script},
    pack::{Filled, Rules},
};

pub(super) fn check(desk: &mut Desk<'_>, rules: &Rules, guide: &Script) {
    let Some(mut page) = desk.page(RULES) else {
        return;
    };
    let own_funds = &rules.applied.own_funds;
    for filled in [&own_funds.request, &own_funds.registration]
        .into_iter()
        .flatten()
    {
        for (word, message) in faults(filled, guide) {
            page.quoted(&word, message);
        }
    }
    desk.close(page);
}

/// Each word at fault, and why.
fn faults(filled: &Filled, guide: &Script) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let kind = filled
        .kind
        .as_ref()
        .map(|kind| (&kind.question, &kind.otherwise));
    for (question, answer) in filled.answers.iter().chain(kind) {
        let Some(item) = guide.item(question) else {
            faults.push((question.clone(), unknown(question)));
            continue;
        };
        if item.kind != Kind::Choice || !item.options.iter().any(|option| option.id == *answer) {
            let message =
                format!("« {answer} » n’est pas une réponse à la question « {question} »");
            faults.push((answer.clone(), message));
        }
    }
    let told = guide.item(&filled.story).map(|item| item.kind);
    match told {
        Some(Kind::Text | Kind::LongText) => {}
        Some(_) => faults.push((
            filled.story.clone(),
            format!(
                "la question « {} » ne se répond pas par un texte",
                filled.story
            ),
        )),
        None => faults.push((filled.story.clone(), unknown(&filled.story))),
    }
    faults
}

fn unknown(question: &str) -> String {
    format!("la question « {question} » n’existe pas dans le guide")
}

#[cfg(test)]
mod tests {
    use crate::{Pack, testing::files};

    #[test]
    fn a_form_that_relais_could_not_fill_in_is_told_to_its_author() {
        let mut files = files();
        let rules = files.get_mut("regles.toml").unwrap();
        let form = rules.find("[application.fonds-propres.demande]").unwrap();
        let (head, tail) = rules.split_at(form);
        let line = head.lines().count() as u64 + 2;
        let tail = tail
            .replacen("payeur = ", "payeurs = ", 1)
            .replacen("validation = \"non\"", "validation = \"jamais\"", 1)
            .replacen("recit = \"besoin\"", "recit = \"situation\"", 1);
        *rules = format!("{head}{tail}");
        let mistakes = Pack::load(&files).unwrap_err();
        let told: Vec<(&str, &str)> = mistakes
            .iter()
            .map(|mistake| (mistake.file.as_str(), mistake.message.as_str()))
            .collect();
        for words in [
            "la question « payeurs » n’existe pas dans le guide",
            "« jamais » n’est pas une réponse à la question « validation »",
            "la question « situation » ne se répond pas par un texte",
        ] {
            assert!(
                told.contains(&("regles.toml", words)),
                "« {words} » is told: {told:?}"
            );
        }
        let jamais = mistakes
            .iter()
            .find(|mistake| mistake.message.contains("jamais"));
        assert_eq!(jamais.unwrap().line, line, "where it stands");
    }
}
