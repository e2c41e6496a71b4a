//! Bad input: each command says what is wrong and what to do, with the right exit code and nothing half written.

use sandbox::Settings;
use tests::{Clock, LOGIN, sandbox, settings};

use crate::{Person, ended, jammed_printer, platform, sentence};

/// Nobody listens there: loopback refuses at once.
const NOWHERE: &str = "http://127.0.0.1:9";

fn names(said: &str, what: &[&str]) {
    for word in what {
        assert!(said.contains(word), "it names « {word} »: {said}");
    }
}

#[test]
fn a_command_that_is_badly_written_ends_with_2() {
    let me = Person::new();
    for (arguments, what) in [
        (&["bidule"][..], &["bidule"][..]),
        (&["ticke"], &["ticke", "ticket"]),
        (&["route", "--service", "x"], &["--activity"]),
        (
            &["route", "--service", "x", "--activity", "mc"],
            &["mc", "--activity", "mco", "conseil"],
        ),
        (&["route", "--srvice", "x"], &["--srvice", "--service"]),
        (&["guide"], &["--start", "--answers"]),
        (
            &["guide", "--start", "x", "--answers", "y"],
            &["--start", "--answers"],
        ),
        (&["sync", "--username", "x"], &["--password-file"]),
        (
            &["ticket", "list", "--filter", "rouges"],
            &["rouges", "ouverts"],
        ),
        (&["outbox", "--data"], &["--data"]),
        (&["search"], &["TEXTE"]),
    ] {
        names(&sentence(2, ended(me.bare(arguments))), what);
    }
    let help = ended(me.bare(&["ticket"]));
    assert_eq!(
        (help.code, help.out.as_str()),
        (2, ""),
        "half a command gives its help"
    );
    names(&help.err, &["new", "list", "show"]);
    assert!(!me.data().exists(), "none of these leaves a folder behind");
}

#[test]
fn a_question_about_something_unknown_ends_with_3() {
    let me = Person::new();
    let route = [
        "route",
        "--service",
        "equipement-bureautique",
        "--activity",
        "mco",
    ];
    let with = |more: &[&'static str]| [&route[..], more].concat();
    for (arguments, what) in [
        (
            vec!["route", "--service", "minitel", "--activity", "mco"],
            &["minitel", "equipement-bureautique"][..],
        ),
        (
            with(&["--user", "Vie scola"]),
            &["Vie scola", "Vie scolaire"],
        ),
        (
            with(&["--bought-on", "2016-13-01"]),
            &["2016-13-01", "2026-03-14"],
        ),
        (with(&["--bought-on", "hier"]), &["hier"]),
    ] {
        names(&me.refused(3, &arguments), what);
    }
}

#[test]
fn an_answers_file_that_does_not_read_is_told_with_its_place() {
    let me = Person::with_college(NOWHERE);
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain("{\"answers\": {}}".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = me.home.path().to_string_lossy().into_owned();
    for (file, what) in [
        (
            me.file("crochet.json", "{\"answers\": {\n  \"situation\": ]}}"),
            &["ligne 2, colonne 16"][..],
        ),
        (
            me.file(
                "coupé.json",
                "{\"answers\": {\n  \"situation\": \"conseil\"",
            ),
            &["ligne 2", "trop tôt"],
        ),
        (
            me.file("nombre.json", "{\"answers\": {\n  \"situation\": 3}}"),
            &["ligne 2", "champ"],
        ),
        (
            me.file("champ.json", "{\"réponses\": {}}"),
            &["ligne 1", "answers"],
        ),
        (
            me.file("liste.json", "[\"imprimante\", {}]"),
            &["ligne 1", "objet"],
        ),
        (me.file("vide.json", ""), &["vide.json", "est vide"]),
        (me.file("utf16.json", utf16), &["UTF-16", "UTF-8"]),
        (
            me.file("latin1.json", b"{\"started\": \"d\xe9j\xe0\"}"),
            &["latin1.json", "UTF-8"],
        ),
        (
            format!("{folder}/absent.json"),
            &["absent.json", "n’existe pas"],
        ),
        (folder, &["dossier"]),
    ] {
        for command in [&["guide", "--answers"][..], &["ticket", "new", "--answers"]] {
            names(&me.refused(3, &[command, &[file.as_str()]].concat()), what);
        }
    }
    let marked = me.file("marque.json", format!("\u{feff}{}", jammed_printer()));
    assert!(
        me.json(&["guide", "--answers", &marked])["summary"].is_object(),
        "the mark that Windows editors put before UTF-8 is no mistake"
    );
}

#[test]
fn answers_that_make_no_dossier_are_refused_whole() {
    let me = Person::with_college(NOWHERE);
    let with = |question: &str, answer: Option<&str>| {
        let mut file = jammed_printer();
        let answers = file["answers"].as_object_mut().expect("it is an object");
        match answer {
            Some(answer) => answers.insert(question.into(), answer.into()),
            None => answers.remove(question),
        };
        me.file("réponses.json", file.to_string())
    };
    for (question, answer, what) in [
        ("couleur", Some("bleu"), &["couleur", "n’existe pas"][..]),
        ("imprimante", Some("fumee"), &["fumee", "bourrage"]),
        ("gene", None, &["gene", "personne-genant"]),
        ("situation", None, &["situation", "panne-impression"]),
    ] {
        let file = with(question, answer);
        names(&me.refused(3, &["ticket", "new", "--answers", &file]), what);
    }
    let mut file = jammed_printer();
    file["equipment"] = "SN-QUI-N-EXISTE-PAS".into();
    let file = me.file("réponses.json", file.to_string());
    names(
        &me.refused(3, &["ticket", "new", "--answers", &file]),
        &["SN-QUI-N-EXISTE-PAS", "registre"],
    );
}

#[test]
fn a_name_is_asked_before_anything_is_queued() {
    let me = Person::new();
    me.says(&["config", "set", "college", "Desaix"]);
    let answers = me.file("réponses.json", jammed_printer().to_string());
    names(
        &me.refused(3, &["ticket", "new", "--answers", &answers]),
        &["prénom", "nom"],
    );
}

#[test]
fn a_setting_that_cannot_be_is_refused_and_the_folder_still_opens() {
    let me = Person::new();
    for (key, value, what) in [
        ("bidule", "x", &["bidule", "platform-url"][..]),
        ("college", " ", &["collège"]),
        ("platform", "remedy", &["platform-url"]),
        ("platform", "pigeon", &["pigeon", "remedy", "manuel"]),
    ] {
        names(&me.refused(3, &["config", "set", key, value]), what);
        assert!(
            !me.data().exists(),
            "a refused first setting leaves no folder"
        );
    }
    me.says(&["config", "set", "college", "Desaix"]);
    me.says(&["config", "set", "platform-url", NOWHERE]);
    me.says(&["config", "set", "platform", "remedy"]);
    for (key, value, what) in [
        ("theme", "rose", &["rose", "theme", "sombre"][..]),
        ("role", "chef", &["chef", "correspondant"]),
        ("cite-scolaire", "peut-être", &["peut-être", "oui", "non"]),
        ("platform-url", "assistance", &["https://"]),
        ("platform-url", "", &["https://"]),
        ("reference-field", "a\"b", &["guillemet"]),
        ("email", "camille", &["prenom.nom@"]),
    ] {
        names(&me.refused(3, &["config", "set", key, value]), what);
    }
    names(
        &me.refused(3, &["config", "get", "bidule"]),
        &["bidule", "college"],
    );
    names(
        &me.refused(3, &["ticket", "show", "REL-AAAAAA"]),
        &["dossier", "introuvable"],
    );
}

#[test]
fn secrets_that_open_nothing() {
    let me = Person::with_college(NOWHERE);
    let before = me.kept();
    let data = me.data().to_string_lossy().into_owned();
    let list = ["ticket", "list", "--data", data.as_str()];
    let with = |file: &str| {
        let more = ["--passphrase-file", file];
        sentence(3, ended(me.bare(&[&list[..], &more].concat())))
    };
    names(&with(&me.file("vide", "\n")), &["vide"]);
    names(
        &with(&me.file("autre", "girafe parapluie mardi confiture")),
        &["phrase secrète", "intactes"],
    );
    names(
        &with(&me.home.path().join("absent").to_string_lossy()),
        &["absent", "n’existe pas"],
    );
    names(&sentence(3, ended(me.bare(&list))), &["--passphrase-file"]);
    let set = ["config", "set", "phone", "05", "--data", data.as_str()];
    names(&sentence(3, ended(me.bare(&set))), &["--passphrase-file"]);
    let doctor = ended(me.bare(&["doctor", "--data", data.as_str()]));
    assert_eq!(doctor.code, 3, "locked is not damaged: {}", doctor.out);
    let marked = me.file("marquée", format!("\u{feff}{}\r\n", crate::PHRASE));
    assert_eq!(
        ended(me.bare(&[&list[..], &["--passphrase-file", &marked]].concat())).code,
        0,
        "an editor's mark and line end are no part of a phrase"
    );
    assert_eq!(me.kept(), before, "nothing of all this was kept");

    let new = Person::new();
    let data = new.data().to_string_lossy().into_owned();
    let first = [
        "config",
        "set",
        "college",
        "Desaix",
        "--data",
        data.as_str(),
    ];
    names(
        &sentence(3, ended(new.bare(&first))),
        &["trousseau", "--passphrase-file"],
    );
    let short = new.file("courte", "girafe");
    names(
        &sentence(
            3,
            ended(new.bare(&[&first[..], &["--passphrase-file", &short]].concat())),
        ),
        &["12 caractères"],
    );
    assert!(!new.data().join("relais.db").exists(), "no store was begun");
    names(
        &new.refused(3, &["ticket", "list"]),
        &["config set college"],
    );
    names(
        &new.refused(3, &["config", "set", "theme", "sombre"]),
        &["config set college"],
    );
}

#[test]
fn without_a_network_everything_waits_and_4_says_so() {
    let me = Person::with_college(NOWHERE);
    let answers = me.file("réponses.json", jammed_printer().to_string());
    me.says(&["ticket", "new", "--answers", &answers]);
    let password = me.file("mot-de-passe", "essai");
    let sync = ["sync", "--username", LOGIN, "--password-file"];
    let run = me.run(&[&sync[..], &[&password]].concat());
    assert_eq!(run.code, 4, "offline: {}{}", run.out, run.err);
    names(&run.out, &["pas joignable", "file d’envoi"]);
    names(
        &me.refused(3, &[&sync[..], &[&me.file("vide", "")]].concat()),
        &["vide"],
    );
    names(
        &me.refused(3, &[&sync[..], &["absent"]].concat()),
        &["absent"],
    );
    let asked = me.run(&["sync", "--json"]);
    assert_eq!(asked.code, 4, "a login is needed: {}", asked.err);
    let value: serde_json::Value = serde_json::from_str(&asked.out).expect("one JSON value");
    assert_eq!(
        (&value["login_needed"], &value["waiting"]),
        (&true.into(), &1.into()),
        "a script can tell why: {value}"
    );
    assert!(
        me.says(&["outbox"]).contains("REL-"),
        "the dossier still waits"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_the_platform_refuses_sends_nothing() {
    let (there, running) = platform().await;
    let me = Person::with_college(&running.url());
    let answers = me.file("réponses.json", jammed_printer().to_string());
    me.says(&["ticket", "new", "--answers", &answers]);
    let before = me.kept();
    let wrong = me.file("faux", "faux");
    let run = me.run(&["sync", "--username", LOGIN, "--password-file", &wrong]);
    assert_eq!(run.code, 4, "login needed: {}{}", run.out, run.err);
    names(&run.out, &["refusé", "mot de passe"]);
    assert!(there.incidents().is_empty(), "nothing reached the platform");
    assert_eq!(me.kept(), before, "the queue is as it was");

    let open = sandbox(
        Settings {
            guest_users: true,
            ..settings()
        },
        &Clock::new(),
    );
    let running = open.serve(0).await.expect("loopback can be served");
    me.says(&["config", "set", "platform-url", &running.url()]);
    let run = me.run(&["sync", "--username", "inconnu", "--password-file", &wrong]);
    assert_eq!(run.code, 4, "a guest is nobody: {}{}", run.out, run.err);
    names(&run.out, &["invité"]);
    assert!(
        open.incidents().is_empty(),
        "nothing is sent in a guest's name"
    );
}
