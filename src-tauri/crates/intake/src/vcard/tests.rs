//! Contacts of the three versions come in; what goes out comes back.

use proptest::prelude::*;

use super::*;

fn one(text: &str) -> Card {
    let cards = read(text.as_bytes()).unwrap();
    assert_eq!(cards.len(), 1, "one card in the file");
    cards.into_iter().next().unwrap()
}

#[test]
fn an_old_telephone_s_card_is_read() {
    let card = one("BEGIN:VCARD\r\nVERSION:2.1\r\n\
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre;Ana=C3=AFs;;;\r\n\
        FN:Mme Lefevre\r\nTEL;WORK;VOICE:01 64 00 00 00\r\nTEL;CELL:06 00 00 00 00\r\n\
        NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:r=E9f=E9rente =\r\num=E9rique\r\n\
        PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n /9j/4AAQSkZJRg\r\n\r\n\
        AGENT:\r\nBEGIN:VCARD\r\nN:Autre;Personne\r\nEND:VCARD\r\nEND:VCARD\r\n");
    assert_eq!(
        (card.first_name.as_str(), card.last_name.as_str()),
        ("Anaïs", "Lefèvre"),
        "quoted-printable in UTF-8, and not the assistant's name"
    );
    assert_eq!(
        card.phones,
        ["01 64 00 00 00", "06 00 00 00 00"],
        "every telephone"
    );
    assert_eq!(
        card.note, "référente umérique",
        "in Latin 1, over two lines"
    );
}

#[test]
fn a_card_of_version_3_is_read() {
    let card = one(
        "BEGIN:VCARD\nVERSION:3.0\nitem1.EMAIL;TYPE=INTERNET,PREF:dsi@example.fr\n\
        N:Martin\\;Durand;Léa;;;\nORG:Département;DSI\\, assistance\nTITLE:Technicienne\n\
        NOTE:Le matin\\nde 8 h à 12 h et une suite\n  pliée\nCATEGORIES:DSI,Réseau\nBDAY:1980-01-01\nEND:VCARD\n",
    );
    assert_eq!(
        card.last_name, "Martin;Durand",
        "an escaped separator is a letter"
    );
    assert_eq!(
        card.organisation, "Département, DSI, assistance",
        "from the whole to the part"
    );
    assert_eq!(
        card.emails,
        ["dsi@example.fr"],
        "the group is no part of the name"
    );
    assert_eq!(
        card.note, "Le matin\nde 8 h à 12 h et une suite pliée",
        "unfolded, its line break kept"
    );
    assert_eq!(card.categories, ["DSI", "Réseau"], "a list");
}

#[test]
fn a_card_of_version_4_is_read() {
    let card = one("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Service informatique\r\n\
        TEL;VALUE=uri;TYPE=\"voice,work:x\":tel:+33-1-64-00-00-00\r\nROLE:Assistance\r\nEND:VCARD\r\n");
    assert_eq!(
        card.last_name, "Service informatique",
        "the only name there is"
    );
    assert_eq!(card.phones, ["+33-1-64-00-00-00"], "a link is a number");
    assert_eq!(card.title, "Assistance", "a role where there is no title");
}

#[test]
fn a_card_that_breaks_off_is_told() {
    let text = "BEGIN:VCARD\nN:A;B\nEND:VCARD\n\nBEGIN:VCARD\nN:C;D\nTEL:0";
    assert_eq!(
        read(text.as_bytes()),
        Err(Unreadable::Truncated),
        "the file is not whole"
    );
    let (sheet, refused) = table(text).unwrap();
    assert_eq!(sheet.rows.len(), 1, "the first card is there");
    assert_eq!(
        (refused[0].line, refused[0].reason),
        (5, Reason::Malformed),
        "the second is told, where it begins"
    );
}

#[test]
fn lines_are_folded_for_every_reader() {
    let card = Card {
        last_name: "é".repeat(100),
        note: "a, b; c\\ d\ne".to_owned(),
        ..Card::default()
    };
    let text = write(&[card]);
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets in {line:?}", line.len());
    }
    assert!(
        text.contains("NOTE:a\\, b\\; c\\\\ d\\ne\r\n"),
        "separators and line breaks are escaped"
    );
}

/// A text as a form keeps it.
fn kept() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-zé;,:\\\\\n =]{0,90}"].prop_map(|text| clean(&text))
}

fn filled() -> impl Strategy<Value = String> {
    kept().prop_filter("a list holds no empty text", |text| !text.is_empty())
}

prop_compose! {
    fn card()(
        (first_name, last_name, organisation) in (kept(), kept(), kept()),
        (title, note) in (kept(), kept()),
        phones in prop::collection::vec(filled(), 0..3),
        emails in prop::collection::vec(filled(), 0..3),
        categories in prop::collection::vec(filled(), 0..3),
    ) -> Card {
        Card { first_name, last_name, organisation, title, phones, emails, note, categories }
    }
}

proptest! {
    #[test]
    fn what_goes_out_comes_back(cards in prop::collection::vec(card(), 1..4)) {
        let text = write(&cards);
        prop_assert_eq!(read(text.as_bytes()), Ok(cards), "{}", text);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut card = b"BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:".to_vec();
        card.extend(bytes);
        card.extend(b"\nEND:VCARD");
        // A zero byte may make it look like UTF-16; whatever it is, it is no panic.
        let _ = read(&card);
    }
}
