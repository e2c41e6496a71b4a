//! Loans: several machines to one person, a late return, a machine that comes back broken.

use serde_json::{Value, json};

use crate::{
    call,
    given::{TODAY, college, machine, shown, text, written},
    open, refused,
};

fn lend(ids: &[&str], due: Value) -> Value {
    json!({
        "id": null, "equipment_ids": ids, "contact_id": null, "borrower": "Hugo Carrère", "from_on": "2026-11-16",
        "due_on": due, "state_out": "Bon état", "accessories": "Chargeur, sacoche", "notes": "",
    })
}

fn all() -> Value {
    json!({ "text": "", "open_only": false, "offset": 0, "limit": 100 })
}

#[tokio::test]
async fn two_portables_leave_with_one_teacher_and_come_back_apart() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let one = machine(&app, json!({ "serial": "S1", "state": "en-reserve" })).await;
    let two = machine(&app, json!({ "serial": "S2" })).await;
    let made = call(
        &app,
        "loan_save",
        lend(&[&one, &two, &one], json!("2026-11-20")),
    )
    .await;
    assert_eq!(
        made["ids"].as_array().unwrap().len(),
        2,
        "one loan for each machine, not for each click"
    );
    for id in [&one, &two] {
        let record = shown(&app, id).await;
        assert_eq!(
            record["row"]["state"], "prete",
            "the register says where it is"
        );
        assert_eq!(
            record["loans"][0]["borrower"], "Hugo Carrère",
            "and in whose hands"
        );
        assert_eq!(
            record["loans"][0]["sentence"], "En retard de 3 jours",
            "and that it is late"
        );
    }
    let page = call(&app, "loan_list", all()).await;
    assert_eq!(
        (&page["open"], &page["overdue"]),
        (&json!(2), &json!(2)),
        "both are out and late"
    );
    let home = call(&app, "home", json!({})).await;
    assert_eq!(
        home["loans_overdue"].as_array().unwrap().len(),
        2,
        "Accueil says so"
    );

    let refusal = refused(&app, "loan_save", lend(&[&two], json!(null))).await;
    assert!(
        text(&refusal["message"]).contains("déjà prêté à Hugo Carrère"),
        "a second loan says who has it: {refusal}"
    );

    let record = shown(&app, &one).await;
    let loan = record["loans"][0]["id"].clone();
    let early = json!({ "id": loan, "on_date": "2026-11-15", "state_in": "", "broken": false });
    assert_eq!(
        refused(&app, "loan_return", early).await["field"],
        "on_date",
        "it cannot come back before it left"
    );
    let future = json!({ "id": loan, "on_date": "2026-11-24", "state_in": "", "broken": false });
    assert_eq!(
        refused(&app, "loan_return", future).await["field"],
        "on_date",
        "nor tomorrow"
    );
    let back = json!({ "id": loan, "on_date": TODAY, "state_in": "Bon état", "broken": false });
    let view = call(&app, "loan_return", back.clone()).await;
    assert_eq!(
        view["row"]["sentence"], "Rendu le 23 novembre 2026",
        "the return is dated"
    );
    assert_eq!(
        shown(&app, &one).await["row"]["state"],
        "en-reserve",
        "its former state is given back"
    );
    assert_eq!(
        refused(&app, "loan_return", back).await["code"],
        "conflit",
        "it came back once"
    );

    let loan = shown(&app, &two).await["loans"][0]["id"].clone();
    let broken = json!({ "id": loan, "on_date": TODAY, "state_in": "Écran fendu", "broken": true });
    call(&app, "loan_return", broken).await;
    assert_eq!(
        shown(&app, &two).await["row"]["state"],
        "en-panne",
        "what comes back broken is broken"
    );
    let home = call(&app, "home", json!({})).await;
    assert_eq!(home["loans_overdue"], json!([]), "nothing is late any more");
    let again = call(&app, "loan_save", lend(&[&one], json!(null))).await;
    assert_eq!(
        again["ids"].as_array().unwrap().len(),
        1,
        "and it can be lent again"
    );
}

#[tokio::test]
async fn what_was_changed_meanwhile_is_not_undone_by_the_return() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let by_hand = machine(&app, json!({ "serial": "S1", "state": "prete" })).await;
    let retired = machine(&app, json!({ "serial": "S2" })).await;
    call(&app, "loan_save", lend(&[&by_hand, &retired], json!(null))).await;
    let mut form = shown(&app, &retired).await["form"].clone();
    form["state"] = json!("reforme");
    call(&app, "equipment_save", form).await;
    for (id, state, why) in [
        (
            &by_hand,
            "en-service",
            "« prêté » by hand is no state to come back to",
        ),
        (
            &retired,
            "reforme",
            "a machine written off meanwhile stays so",
        ),
    ] {
        let loan = shown(&app, id).await["loans"][0]["id"].clone();
        let back = json!({ "id": loan, "on_date": TODAY, "state_in": "", "broken": false });
        call(&app, "loan_return", back).await;
        assert_eq!(shown(&app, id).await["row"]["state"], state, "{why}");
    }
    let refusal = refused(&app, "loan_save", lend(&[&retired], json!(null))).await;
    assert!(
        text(&refusal["message"]).contains("réformé"),
        "and it is not lent: {refusal}"
    );
}

#[tokio::test]
async fn a_loan_to_a_contact_bears_the_name_and_prints_its_form() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let contact = json!({ "id": null, "first_name": "Lucie", "last_name": "Montané", "role": "equipe-pedagogique",
        "organisation": "", "title": "Coordonnatrice ULIS", "phone": "", "email": "", "hours": "", "call_for": "", "contract": "",
        "services": [], "arrived_on": null, "left_on": null });
    let contact = text(&call(&app, "contact_save", contact).await["id"]);
    let id = machine(&app, json!({ "serial": "S#1]\"" })).await;
    let mut form = lend(&[&id], json!("2026-11-27"));
    form["contact_id"] = json!(contact);
    form["borrower"] = json!("");
    let made = call(&app, "loan_save", form.clone()).await;
    let loan = made["ids"][0].clone();
    let view = call(&app, "loan_show", json!({ "id": loan })).await;
    assert_eq!(
        view["row"]["borrower"], "Lucie Montané",
        "the contact's name is written out"
    );
    assert_eq!(
        view["row"]["sentence"], "À rendre vendredi 27 novembre",
        "in the words of the staff room"
    );
    let saved = call(&app, "loan_form", json!({ "id": loan })).await;
    assert_eq!(
        saved["name"], "pret-lucie-montane-2026-11-23.pdf",
        "a file one finds again"
    );
    assert!(
        written(&app, &saved).starts_with(b"%PDF-"),
        "to print and to sign"
    );

    form["id"] = loan.clone();
    form["due_on"] = json!("2026-11-01");
    assert_eq!(
        refused(&app, "loan_save", form.clone()).await["field"],
        "due_on",
        "due before it leaves"
    );
    form["due_on"] = json!(TODAY);
    call(&app, "loan_save", form).await;
    let view = call(&app, "loan_show", json!({ "id": loan })).await;
    assert_eq!(
        view["row"]["sentence"], "À rendre aujourd’hui",
        "due today is not late"
    );
    assert_eq!(view["row"]["overdue_days"], 0, "not by a day");
    let nobody = json!({ "id": null, "equipment_ids": [id], "contact_id": null, "borrower": " ", "from_on": TODAY,
        "due_on": null, "state_out": "", "accessories": "", "notes": "" });
    assert_eq!(
        refused(&app, "loan_save", nobody).await["field"],
        "borrower",
        "a loan is to somebody"
    );
}

#[tokio::test]
async fn what_is_late_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), None);
    call(&app, "training_start", json!({})).await;
    let page = call(&app, "loan_list", all()).await;
    let rows = page["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 5, "the sample lends");
    assert!(
        rows[0]["overdue_days"].as_u64().unwrap() > 0,
        "the late one is on top: {}",
        rows[0]
    );
    assert!(
        rows[4]["returned_on"].is_string(),
        "what came back is last: {}",
        rows[4]
    );
    let wanted = json!({ "text": "carrere", "open_only": true, "offset": 0, "limit": 10 });
    let found = call(&app, "loan_list", wanted).await;
    assert_eq!(found["total"], 1, "found by the borrower, without accents");
}

#[tokio::test]
async fn a_machine_that_is_out_stays_lent_when_an_older_act_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let app = college(folder.path()).await;
    let id = machine(&app, json!({ "serial": "S1" })).await;
    let lent = json!({ "ids": [id], "changes": [{ "field": "etat", "value": "prete" }] });
    let act = call(&app, "equipment_bulk", lent).await;
    call(&app, "loan_save", lend(&[&id], Value::Null)).await;
    let undone = call(&app, "batch_undo", json!({ "id": act["batch_id"] })).await;
    assert_eq!(
        undone["kept"].as_array().unwrap().len(),
        1,
        "the loan came since: {undone}"
    );
    assert_eq!(
        shown(&app, &id).await["row"]["state"],
        "prete",
        "it is in somebody's hands"
    );
}
