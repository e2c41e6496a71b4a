//! What a finished form becomes: photos that follow, an open dossier that is completed, a vendor to call, steps to tick,
//! and classes that nobody confirmed.

use serde_json::{Value, json};

use crate::{
    call,
    given::{college, jam, text},
    guide::{answer, begin, classroom, contact, drafts, ids, kind, submitted, to_the_end, until},
    refused,
};

/// A picture of one pixel.
const PICTURE: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

#[tokio::test]
async fn a_photo_follows_its_draft_into_the_dossier_and_stays_there() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let view = begin(&app, json!({ "situation": "panne-poste" })).await;
    let draft = view["draft_id"].clone();
    for (name, bytes) in [("écran.gif", PICTURE), ("journal.txt", b"erreur 0x8007")] {
        let file = app.take_file(name, bytes.to_vec()).unwrap();
        let body = json!({ "draft_id": draft, "file_id": file.id });
        call(&app, "guide_attach", body).await;
    }
    let view = call(&app, "guide_open", json!({ "id": draft })).await;
    let joined = &view["attachments"];
    assert_eq!(
        (&joined[0]["picture"], &joined[1]["picture"]),
        (&json!(true), &json!(false)),
        "a picture is told by its content: {joined}"
    );
    let view = call(&app, "guide_detach", json!({ "id": joined[1]["id"] })).await;
    assert_eq!(ids(&view["attachments"]).len(), 1, "one was taken off");
    let view = to_the_end(&app, view).await;
    let dossier = submitted(&app, &view).await;
    let photo = dossier["attachments"][0].clone();
    assert_eq!(photo["name"], "écran.gif", "the photo is with the dossier");
    let picture = call(&app, "attachment_picture", json!({ "id": photo["id"] })).await;
    assert_eq!(picture["media_type"], "image/gif", "it can be shown");
    let copy = call(&app, "attachment_copy", json!({ "id": photo["id"] })).await;
    let path = app.saved_path(copy["id"].as_str().unwrap()).unwrap();
    assert_eq!(
        std::fs::read(path).unwrap(),
        PICTURE,
        "and given out as it came in"
    );
    let refusal = refused(&app, "guide_detach", json!({ "id": photo["id"] })).await;
    assert_eq!(
        refusal["code"], "conflit",
        "what a dossier shows is not taken away"
    );
    let file = app.take_file("suite.gif", PICTURE.to_vec()).unwrap();
    let body = json!({ "id": dossier["row"]["id"], "file_id": file.id });
    let dossier = call(&app, "ticket_attach", body).await;
    assert_eq!(
        ids(&dossier["attachments"]).len(),
        2,
        "another can be added later"
    );
    let last = dossier["events"].as_array().unwrap().last().unwrap();
    assert_eq!(
        last["text"], "Fichier joint\u{202f}: suite.gif",
        "which its story tells"
    );
}

#[tokio::test]
async fn the_same_trouble_completes_the_open_dossier() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let (_, posts) = classroom(&app).await;
    let first = begin(
        &app,
        json!({ "situation": "panne-poste", "equipement": posts[0] }),
    )
    .await;
    let first = to_the_end(&app, first).await;
    let dossier = submitted(&app, &first).await;
    let again = begin(
        &app,
        json!({ "situation": "panne-poste", "equipement": posts[1] }),
    )
    .await;
    let again = to_the_end(&app, again).await;
    assert_eq!(
        ids(&again["similar"]),
        [text(&dossier["row"]["id"])],
        "the same service in the same room may be the same trouble"
    );
    let file = app.take_file("écran.gif", PICTURE.to_vec()).unwrap();
    let body = json!({ "draft_id": again["draft_id"], "file_id": file.id });
    call(&app, "guide_attach", body).await;
    let body = json!({ "draft_id": again["draft_id"], "ticket_id": dossier["row"]["id"] });
    let joined = call(&app, "guide_join", body.clone()).await;
    let last = joined["events"].as_array().unwrap().last().unwrap();
    let note = text(&last["text"]);
    assert!(
        note.starts_with("Signalé de nouveau") && note.contains("S4YH1191"),
        "what was answered is a note there: {note}"
    );
    assert_eq!(ids(&joined["attachments"]).len(), 1, "with its photo");
    assert_eq!(
        ids(&joined["machines"]),
        posts[..2],
        "both machines are concerned now"
    );
    let drafts = call(&app, "drafts", json!({})).await;
    assert_eq!(drafts["drafts"], json!([]), "and no draft is left");
    let refusal = refused(&app, "guide_join", body).await;
    assert_eq!(refusal["code"], "introuvable", "it joins once");
}

#[tokio::test]
async fn a_closed_dossier_is_not_completed_by_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let begun = begin(&app, json!({ "situation": "panne-poste" })).await;
    let view = until(&app, begun, kind("essais")).await;
    let trial = text(&view["question"]["trials"][0]["id"]);
    let view = answer(&app, &view, json!({ trial: "regle" })).await;
    let closed = submitted(&app, &view).await;
    let draft = begin(&app, json!({ "situation": "panne-poste" })).await;
    let body = json!({ "draft_id": draft["draft_id"], "ticket_id": closed["row"]["id"] });
    let refusal = refused(&app, "guide_join", body).await;
    assert_eq!(refusal["code"], "conflit", "nobody reads a closed dossier");
    let drafts = call(&app, "drafts", json!({})).await;
    assert_eq!(
        ids(&drafts["drafts"]),
        [text(&draft["draft_id"])],
        "and what was answered is still there"
    );
}

#[tokio::test]
async fn a_private_software_is_a_call_to_its_vendor_and_a_trace() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let services = json!(["vie-scolaire-prive"]);
    contact(
        &app,
        json!({ "role": "dsi", "last_name": "Marsan", "services": services }),
    )
    .await;
    contact(
        &app,
        json!({ "organisation": "Éditeur", "contract": "CT-4471", "services": services }),
    )
    .await;
    contact(
        &app,
        json!({ "last_name": "Parti", "services": services, "left_on": "2026-01-31" }),
    )
    .await;
    let view = begin(
        &app,
        json!({ "situation": "compte", "acces": "logiciel-prive" }),
    )
    .await;
    let view = until(&app, view, kind("fiche")).await;
    let known = &view["question"]["previous"];
    assert!(
        known
            .as_object()
            .is_some_and(|known| known.values().any(|value| value == "CT-4471")),
        "the contract number that is asked on the phone is at hand: {}",
        view["question"]
    );
    let view = to_the_end(&app, view).await;
    assert_eq!(
        view["will_be_sent"], false,
        "the platform has no part in it"
    );
    assert_eq!(
        (
            &view["callers"][0]["organisation"],
            ids(&view["callers"]).len()
        ),
        (&json!("Éditeur"), 2),
        "the vendor first, and nobody who left: {}",
        view["callers"]
    );
    let dossier = submitted(&app, &view).await;
    assert_eq!(dossier["sends"], json!([]), "nothing leaves");
    assert_eq!(
        dossier["callers"], view["callers"],
        "whom to call stays at hand"
    );
    let refusal = refused(
        &app,
        "ticket_call",
        json!({ "id": dossier["row"]["id"], "whom": " ", "text": "" }),
    )
    .await;
    assert_eq!(refusal["field"], "whom", "a call is to someone");
    let said = json!({ "id": dossier["row"]["id"], "whom": "Éditeur", "text": "rappelle demain" });
    let dossier = call(&app, "ticket_call", said).await;
    let last = dossier["events"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["kind"], &last["text"]),
        (
            &json!("appel"),
            &json!("Appel à Éditeur\u{202f}: rappelle demain")
        ),
        "what was said stays in its story"
    );
}

#[tokio::test]
async fn what_one_does_oneself_is_ticked_step_by_step() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let answers = json!({ "situation": "compte", "acces": "partage-pedagogique" });
    let view = begin(&app, answers).await;
    let view = to_the_end(&app, view).await;
    let planned = view["summary"]["checklist"].as_array().unwrap().clone();
    assert!(
        planned.len() > 1,
        "the gestionnaire réseau is told what to do: {}",
        view["summary"]
    );
    let dossier = submitted(&app, &view).await;
    let id = &dossier["row"]["id"];
    let tasks = dossier["tasks"].as_array().unwrap();
    let steps: Vec<&Value> = tasks.iter().map(|task| &task["text"]).collect();
    assert_eq!(
        steps,
        planned.iter().collect::<Vec<_>>(),
        "the steps read are the dossier's, in order"
    );
    let tick = json!({ "ticket_id": id, "task_id": tasks[0]["id"], "done": true });
    let dossier = call(&app, "ticket_task", tick.clone()).await;
    let done = dossier["tasks"][0]["done_at_ms"].clone();
    assert!(done.is_number(), "the day it was done is kept");
    let dossier = call(&app, "ticket_task", tick).await;
    assert_eq!(
        dossier["tasks"][0]["done_at_ms"], done,
        "ticking twice does not change that day"
    );
    let other = json!({ "ticket_id": id, "task_id": "ailleurs", "done": true });
    let refusal = refused(&app, "ticket_task", other).await;
    assert_eq!(refusal["code"], "introuvable", "only its own steps");
    let close = json!({ "id": id, "state": "ferme", "text": "Fait" });
    let closed = call(&app, "ticket_close", close).await;
    let last = text(&closed["events"].as_array().unwrap().last().unwrap()["text"]);
    let undone = text(&tasks[1]["text"]);
    assert!(
        last.starts_with("Fait") && last.contains(&undone) && !last.contains(&text(steps[0])),
        "closed all the same, it says what was not done: {last}"
    );
}

#[tokio::test]
async fn what_nobody_confirmed_is_copied_by_hand_and_never_sent() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let begun = begin(&app, json!({ "situation": "panne-poste" })).await;
    let view = to_the_end(&app, begun).await;
    let categories = view["summary"]["categories"].as_array().unwrap().clone();
    let unconfirmed: Vec<&Value> = categories
        .iter()
        .filter(|category| category["to_confirm"].is_string())
        .collect();
    assert!(
        !unconfirmed.is_empty(),
        "the classes of the platform are still the Académie’s to fix: {categories:?}"
    );
    let dossier = submitted(&app, &view).await;
    let to_copy = dossier["to_copy"].as_array().unwrap();
    for category in unconfirmed {
        let label = format!(
            "{} ({})",
            text(&category["label"]),
            text(&category["to_confirm"])
        );
        let copied = to_copy.iter().find(|field| field["label"] == json!(label));
        assert_eq!(
            copied.map(|field| &field["text"]),
            Some(&category["value"]),
            "whoever copies sees « {label} »"
        );
    }
    let payload = call(&app, "outbox", json!({})).await;
    assert!(
        !payload.to_string().contains("Categorization"),
        "and it is no part of what leaves"
    );
}

#[tokio::test]
async fn the_portal_is_told_in_the_words_of_the_pack_with_its_defaults_marked() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let labels = |dossier: &Value| -> Vec<String> {
        let fields = dossier["to_copy"].as_array().unwrap().iter();
        fields.map(|field| text(&field["label"])).collect()
    };
    let whole = |labels: &[String], start: &str| -> String {
        let mut found = labels.iter().filter(|label| label.starts_with(start));
        let label = found
            .next()
            .unwrap_or_else(|| panic!("{start} among {labels:?}"));
        assert!(found.next().is_none(), "{start} stands once: {labels:?}");
        label.clone()
    };
    let open = " (à fixer par l’Académie";
    let begun = begin(&app, json!({ "situation": "panne-poste" })).await;
    let dossier = submitted(&app, &to_the_end(&app, begun).await).await;
    let seen = labels(&dossier);
    for field in [
        "Catégorie, niveau 1",
        "Catégorie, niveau 2",
        "Catégorie, niveau 3",
        "Produit, niveau 1",
        "Produit, niveau 2",
        "Groupe de prise en charge",
        "Impact",
        "Urgence",
    ] {
        assert!(
            whole(&seen, field).starts_with(&format!("{field}{open}")),
            "« {field} » is a default: {seen:?}"
        );
    }
    assert_eq!(
        whole(&seen, "Type de service"),
        "Type de service",
        "what is known of the platform needs nobody"
    );
    let begun = begin(&app, json!({ "situation": "incident-securite" })).await;
    let dossier = submitted(&app, &to_the_end(&app, begun).await).await;
    let service_type = whole(&labels(&dossier), "Type de service");
    assert!(
        service_type.starts_with(&format!("Type de service{open}")),
        "the type of a security incident is still to be fixed: {service_type}"
    );

    // The Académie has fixed the group, and calls it otherwise.
    let label = "libelle = \"Groupe de prise en charge\"";
    let mut files = drafts::next_version(label, "libelle = \"Équipe\"");
    let words = files.get_mut("plateforme.toml").unwrap();
    let open = "{ valeur = \"Premier niveau\", a-fixer = \"à fixer par l'Académie\" }";
    assert!(words.contains(open), "the group is a default");
    *words = words.replace(open, "{ valeur = \"N1-Collèges\" }");
    drafts::install(&app, &files).await;
    let begun = begin(&app, json!({ "situation": "panne-poste" })).await;
    let dossier = submitted(&app, &to_the_end(&app, begun).await).await;
    let fields = dossier["to_copy"].as_array().unwrap();
    let group: Vec<&Value> = fields
        .iter()
        .filter(|field| field["text"] == "N1-Collèges")
        .collect();
    assert_eq!(
        group,
        [&json!({ "label": "Équipe", "text": "N1-Collèges" })],
        "a class that is fixed leaves under the pack’s own name, without a mark: {fields:?}"
    );
}

#[tokio::test]
async fn a_file_of_answers_may_leave_out_what_is_optional_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let answers = jam("HP LaserJet au CDI");
    let checked = call(&app, "guide_check", json!({ "answers": answers })).await;
    assert_eq!(
        (
            &checked["question"]["kind"],
            &checked["question"]["optional"]
        ),
        (&json!("fiche"), &json!(true)),
        "only a form with nothing required is left: {checked}"
    );
    let made = call(&app, "ticket_new", json!({ "answers": answers })).await;
    let dossier = call(&app, "ticket_show", json!({ "id": made["ticket_id"] })).await;
    assert_eq!(dossier["row"]["room"], Value::Null, "it was made as it is");
    let mut short = answers;
    short.as_object_mut().unwrap().remove("gene");
    let why = refused(&app, "ticket_new", json!({ "answers": short })).await;
    assert!(
        text(&why["message"]).contains("(gene)"),
        "what must be answered is asked by its name: {why}"
    );
}
