//! Marks of the tools, as they write them, and the titles of people who write the same things.

use super::*;

const IDENTITY: &str = "01890000-0000-7000-8000-000000000001";

fn number(of: Correspondent, subject: &str) -> Option<String> {
    of.marked(None, subject).map(|marked| marked.number)
}

#[test]
fn each_correspondent_is_read_by_its_own_mark() {
    for (of, subject, number, tag) in [
        (Correspondent::Glpi, "[GLPI #0000123] Nouveau ticket", "123", Some("[GLPI #0000123]")),
        (Correspondent::Glpi, "Re: [Support SI #0000007] x", "7", Some("[Support SI #0000007]")),
        (Correspondent::RequestTracker, "[rt.exemple.fr #12] AutoReply: x", "12", Some("[rt.exemple.fr #12]")),
        (Correspondent::Zammad, "Re: Imprimante [Ticket#12345]", "12345", Some("[Ticket#12345]")),
        (Correspondent::Otrs, "[Ticket#2024010110000012] RE: x", "2024010110000012", Some("[Ticket#2024010110000012]")),
        (Correspondent::Remedy, "Incident INC000000000430 has been assigned", "INC000000000430", None),
        (Correspondent::EasyVista, "Votre demande (INC_CAL_1000024)", "INC_CAL_1000024", None),
    ] {
        assert_eq!(
            of.marked(None, subject),
            Some(Marked { number: number.into(), tag: tag.map(str::to_owned) }),
            "{of:?} in « {subject} »"
        );
    }
    assert_eq!(number(Correspondent::Glpi, "[rt.x#12] y"), None, "the tag of another tool is no number here");
    assert_eq!(number(Correspondent::Remedy, "[GLPI #0000123] y"), None, "nor a GLPI tag for Remedy");
    assert_eq!(number(Correspondent::Remedy, "INC1 et INC2"), None, "two numbers are none");
    assert_eq!(number(Correspondent::Remedy, "ZINC400, INCIDENT 5, INC"), None, "words are not numbers");
    assert_eq!(
        Correspondent::Other.marked(Some("[Assistance n°%]"), "Re: [Assistance n°D-2041] Écran"),
        Some(Marked { number: "D-2041".into(), tag: Some("[Assistance n°D-2041]".into()) }),
        "a site says how its own tool marks"
    );
}

#[test]
fn our_subjects_put_no_foreign_number_in_the_way_of_a_tool() {
    let subject = |of: Correspondent, title: &str, number, tag| of.subject(None, title, "REL-7K2M9Q", number, tag);
    assert_eq!(
        subject(Correspondent::Remedy, "Écran noir", Some("INC000000000430"), None),
        "Écran noir (REL-7K2M9Q) (INC000000000430)",
        "one number, in parentheses"
    );
    assert_eq!(
        subject(Correspondent::RequestTracker, "Écran noir", Some("12"), Some("[rt.exemple.fr #12]")),
        "[rt.exemple.fr #12] Écran noir (REL-7K2M9Q)",
        "its own tag goes back as it came"
    );
    assert_eq!(
        subject(Correspondent::Zammad, "Écran noir", Some("77"), None),
        "Écran noir (REL-7K2M9Q) [Ticket#77]",
        "a hook on the right"
    );
    assert_eq!(
        subject(Correspondent::Glpi, "Écran noir", Some("12"), Some("[rt.exemple.fr#12]")),
        "[GLPI #0000012] Écran noir (REL-7K2M9Q)",
        "a foreign tag does not travel"
    );
    for of in [Correspondent::Glpi, Correspondent::RequestTracker, Correspondent::Zammad, Correspondent::Remedy] {
        let mail = subject(of, "Suite de [rt.x #12],\n[Ticket#9] et INC000000000007", None, None);
        for other in [Correspondent::Glpi, Correspondent::RequestTracker, Correspondent::Otrs, Correspondent::Remedy] {
            assert_eq!(number(other, &mail), None, "{other:?} reads no number of its own in « {mail} »");
        }
        assert!(!mail.contains('\n') && !mail.contains('['), "one line, no bracket of ours: {mail}");
        assert_eq!(reference(&mail).as_deref(), Some("REL-7K2M9Q"), "and our reference is there");
    }
}

#[test]
fn a_reference_is_read_alone() {
    assert_eq!(reference("Re: x (REL-7K2M9Q)").as_deref(), Some("REL-7K2M9Q"), "in parentheses");
    assert_eq!(reference("Référence : REL-7K2M9Q.").as_deref(), Some("REL-7K2M9Q"), "in a sentence");
    assert_eq!(reference("REL-7K2M9Q et REL-7K2M9R"), None, "two are none");
    assert_eq!(reference("BAREL-7K2M9Q REL-7K2M9QX REL-ILOUIL REL-7K2"), None, "look-alikes are none");
    assert_eq!(reference("REL-éàéàéà"), None, "whatever the letters");
}

#[test]
fn our_own_message_ids_are_known_again() {
    let id = message_id(IDENTITY, Sort::Creation, "college.exemple.fr");
    assert_eq!(id, format!("<incident.{IDENTITY}.0@college.exemple.fr>"), "the agreed form");
    assert_eq!(ours(&id), Some((IDENTITY, Sort::Creation)), "and back");
    for other in ["<incident.x.0@h>", "<a@b>", "incident", "<incident..@>"] {
        assert_eq!(ours(other), None, "{other} is not ours");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_has_marks_or_none(text in ".{0,80}", pattern in ".{0,8}") {
        for of in [Correspondent::Glpi, Correspondent::RequestTracker, Correspondent::Otrs, Correspondent::Remedy] {
            let _ = of.marked(Some(&pattern), &text);
            let mail = of.subject(None, &text, "REL-7K2M9Q", None, None);
            proptest::prop_assert!(of.marked(None, &mail).is_none(), "a creation of ours carries no number: {mail}");
        }
        let _ = (reference(&text), ours(&text));
    }
}
