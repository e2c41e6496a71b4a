//! Notes and attachments.

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use sandbox::{Assumed, Settings};
use serde_json::{Value, json};

use crate::desk::{Desk, JOIN, Reply, open_logged_in, send};

const FORM: &str = "HPD:WorkLog";
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 baie \x00\r\n--de brassage";

/// A multipart request, its part names as AR System wants them: unescaped.
async fn post_files(
    desk: &Desk,
    method: Method,
    address: &str,
    entry: &Value,
    files: &[(&str, &str, &[u8])],
) -> Reply {
    let mut body = b"--limite\r\nContent-Disposition: form-data; name=\"entry\"\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".to_vec();
    body.extend(json!({ "values": entry }).to_string().bytes());
    for (field, encoding, bytes) in files {
        body.extend(
            format!(
                "\r\n--limite\r\nContent-Disposition: form-data; name=\"attach-{field}\"; filename=\"baie.jpg\"\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
            )
            .bytes(),
        );
        body.extend_from_slice(bytes);
    }
    body.extend_from_slice(b"\r\n--limite--\r\n");
    let request = desk.request(method, &format!("/api/arsys/v1/entry/{address}"));
    send(
        request
            .header("Content-Type", "multipart/form-data; boundary=limite")
            .body(body),
    )
    .await
}

fn note(number: &str) -> Value {
    json!({
        "Incident Number": number, "Work Log Type": "General Information", "View Access": "Internal", "Secure Work Log": "No",
        "Detailed Description": "Photo de la baie", "z2AF Work Log01": "baie.jpg",
    })
}

#[tokio::test]
async fn a_photo_goes_in_and_comes_out_byte_for_byte() {
    let desk = open_logged_in(Settings::default()).await;
    let (number, _, _) = desk.incident().await;
    let made = post_files(
        &desk,
        Method::POST,
        FORM,
        &note(&number),
        &[("z2AF Work Log01", "binary", PHOTO)],
    )
    .await;
    assert_eq!(
        made.status, 201,
        "a note with its photo is accepted: {}",
        made.text
    );
    let location = made.header("location").unwrap().to_owned();
    assert!(
        location.contains("/HPD:WorkLog/WLG"),
        "its id is the work log's: {location}"
    );
    let rows = desk
        .list(
            FORM,
            &[
                ("q", &format!("'Incident Number'=\"{number}\"")),
                ("sort", "Work Log Submit Date.asc"),
            ],
        )
        .await
        .json();
    let values = &rows["entries"][0]["values"];
    let file = &values["z2AF Work Log01"];
    assert_eq!(
        (file["name"].as_str(), file["sizeBytes"].as_u64()),
        (Some("baie.jpg"), Some(PHOTO.len() as u64)),
        "the field reads back as name, size and address"
    );
    assert_eq!(
        (
            values["Number of Attachments"].as_i64(),
            values["Submitter"].as_str()
        ),
        (Some(1), Some("c.martin")),
        "the row counts its files and names its author"
    );
    let href = file["href"].as_str().unwrap();
    assert!(
        href.ends_with("/attach/z2AF%20Work%20Log01"),
        "the address encodes the field's spaces: {href}"
    );
    let response = desk
        .client
        .get(href)
        .header("Authorization", format!("AR-JWT {}", desk.token))
        .send()
        .await
        .unwrap();
    assert_eq!(
        response.headers()["content-type"],
        "application/octet-stream",
        "the type is not stored"
    );
    assert_eq!(
        response.bytes().await.unwrap(),
        PHOTO,
        "the bytes are the same"
    );
    assert_eq!(
        desk.get(&format!(
            "/api/arsys/v1/entry/{FORM}/WLG999/attach/z2AF%20Work%20Log01"
        ))
        .await
        .error()
        .0,
        302,
        "no such note"
    );
}

#[tokio::test]
async fn base64_parts_three_files_and_a_replacement() {
    let desk = open_logged_in(Settings::default()).await;
    let (number, _, _) = desk.incident().await;
    let mut entry = note(&number);
    entry["z2AF Work Log02"] = json!("a.txt");
    entry["z2AF Work Log03"] = json!("b.txt");
    let mut coded = STANDARD.encode(PHOTO);
    coded.insert_str(8, "\r\n");
    let files = [
        ("z2AF Work Log01", "BASE64", coded.as_bytes()),
        ("z2AF Work Log02", "binary", b"un".as_slice()),
        ("z2AF Work Log03", "binary", b"".as_slice()),
    ];
    let made = post_files(&desk, Method::POST, FORM, &entry, &files).await;
    assert_eq!(
        made.status, 201,
        "three files in one request: {}",
        made.text
    );
    let row = send(
        desk.client
            .get(made.header("location").unwrap())
            .header("Authorization", format!("AR-JWT {}", desk.token)),
    )
    .await
    .json();
    assert_eq!(
        row["values"]["z2AF Work Log01"]["sizeBytes"],
        PHOTO.len(),
        "BASE64 is decoded when it is said"
    );
    assert_eq!(
        row["values"]["FileNameAttachment3"], "b.txt",
        "an empty file is a file"
    );
    let id = row["values"]["Work Log ID"].as_str().unwrap().to_owned();
    let put = post_files(
        &desk,
        Method::PUT,
        &format!("{FORM}/{id}"),
        &json!({ "z2AF Work Log02": "c.txt" }),
        &[("z2AF Work Log02", "binary", b"deux")],
    )
    .await;
    assert_eq!(
        (put.status, put.text.as_str()),
        (204, ""),
        "a PUT replaces one file"
    );
    let row = desk
        .get(&format!("/api/arsys/v1/entry/{FORM}/{id}"))
        .await
        .json();
    assert_eq!(
        (
            row["values"]["z2AF Work Log02"]["sizeBytes"].as_i64(),
            row["values"]["Number of Attachments"].as_i64()
        ),
        (Some(4), Some(3)),
        "and leaves the others"
    );
}

#[tokio::test]
async fn a_name_without_its_file_or_a_file_without_its_name_is_refused() {
    let desk = open_logged_in(Settings {
        assumed: Assumed {
            attachment_max: 8,
            ..Assumed::default()
        },
        ..Settings::default()
    })
    .await;
    let (number, _, _) = desk.incident().await;
    let mut unnamed = note(&number);
    unnamed.as_object_mut().unwrap().remove("z2AF Work Log01");
    assert_eq!(
        post_files(&desk, Method::POST, FORM, &note(&number), &[])
            .await
            .status,
        400,
        "a name alone"
    );
    assert_eq!(
        post_files(
            &desk,
            Method::POST,
            FORM,
            &unnamed,
            &[("z2AF Work Log01", "binary", b"x")]
        )
        .await
        .status,
        400,
        "a file alone"
    );
    assert_eq!(
        post_files(
            &desk,
            Method::POST,
            FORM,
            &note(&number),
            &[("z2AF%20Work%20Log01", "binary", b"x")]
        )
        .await
        .status,
        400,
        "an escaped part name is another name"
    );
    let large = post_files(
        &desk,
        Method::POST,
        FORM,
        &note(&number),
        &[("z2AF Work Log01", "binary", b"123456789")],
    )
    .await;
    assert_eq!(
        large.error(),
        (306, "z2AF Work Log01".into()),
        "a file larger than the site allows"
    );
    assert_eq!(
        desk.sandbox.worklogs(&number),
        [],
        "none of them left a note"
    );
    let orphan = send(
        desk.request(Method::POST, &format!("/api/arsys/v1/entry/{FORM}"))
            .json(&json!({ "values": { "Description": "x" } })),
    )
    .await;
    assert_eq!(
        orphan.error(),
        (307, "Incident Number".into()),
        "a note belongs to an incident"
    );
}

#[tokio::test]
async fn a_note_may_travel_through_the_interface_forms() {
    let desk = open_logged_in(Settings::default()).await;
    let (number, join, _) = desk.incident().await;
    let note = json!({ "z1D Action": "MODIFY", "z1D_Details": "Toner changé, rien n’y fait.", "z1D_WorklogDetails": "Toner", "z1D_Activity_Type": "General Information" });
    assert_eq!(
        desk.put(JOIN, &join, note).await.status,
        204,
        "a PUT with MODIFY carries a note"
    );
    assert_eq!(
        desk.put(JOIN, &join, json!({ "z1D_Details": "sans commande" }))
            .await
            .status,
        204,
        "without the command the workflow sleeps"
    );
    let notes = desk.sandbox.worklogs(&number);
    assert_eq!(notes.len(), 1, "one note was made: {notes:?}");
    assert_eq!(notes[0].1, "Toner changé, rien n’y fait.", "with its text");
    assert!(
        !desk.sandbox.incidents()[0]
            .values
            .keys()
            .any(|k| k.starts_with("z1D")),
        "display-only fields are never stored"
    );
}

#[tokio::test]
async fn the_platform_s_people_write_too() {
    let desk = open_logged_in(Settings::default()).await;
    let (number, _, _) = desk.incident().await;
    desk.advance_s(60);
    let id = desk
        .sandbox
        .add_worklog(&number, "Intervention", "Un technicien passe jeudi.")
        .unwrap();
    let row = desk
        .get(&format!("/api/arsys/v1/entry/{FORM}/{id}"))
        .await
        .json();
    assert_eq!(
        (
            row["values"]["View Access"].as_str(),
            row["values"]["Work Log Submitter"].as_str()
        ),
        (Some("Public"), Some(sandbox::SUPPORT)),
        "a public line by the support"
    );
    let modified = |desk: &Desk| {
        desk.sandbox.incidents()[0].values["Last Modified Date"]
            .as_i64()
            .unwrap()
    };
    let before = modified(&desk);
    desk.sandbox
        .configure(|s| s.assumed.worklog_touches_incident = true);
    desk.sandbox
        .add_worklog(&number, "Suite", "Reporté à vendredi.")
        .unwrap();
    assert_eq!(
        modified(&desk),
        before + 60,
        "whether a note moves the incident's date is a switch"
    );
    assert!(
        desk.sandbox.add_worklog("INC0", "x", "x").is_err(),
        "no note on an incident that does not exist"
    );
}
