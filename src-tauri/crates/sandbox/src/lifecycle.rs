//! What ITSM's workflow does to an incident: customer, priority, assignment, the conditions of each status.
//!
//! Invariant: the status history names every status reached, with who and when. Left out on purpose: which
//! transition may follow which, and the reasons proper to each status: no source gives the map.

use serde_json::json;

use crate::ArError;
use crate::records::{Act, Row};
use crate::settings::{Person, Settings};

/// The group of the sandbox's assignment rule.
pub(crate) const FIRST_LEVEL: &str = "Assistance de niveau 1";

/// Who the request is for: by login when one is given, by name (and company) otherwise; exactly one person.
pub(crate) fn customer(settings: &Settings, staged: &Row) -> Result<Person, ArError> {
    let company = staged.text("Contact_Company");
    let found: Vec<&Person> = settings
        .users
        .iter()
        .filter(|p| match staged.text("Login_ID") {
            Some(login) => p.login == login,
            None => {
                Some(p.first_name.as_str()) == staged.text("First_Name")
                    && Some(p.last_name.as_str()) == staged.text("Last_Name")
                    && company.is_none_or(|c| c == p.company)
            }
        })
        .collect();
    match found.as_slice() {
        [one] => Ok((*one).clone()),
        others => Err(settings.customer_error(others.len())),
    }
}

/// A new incident: its priority, the assignment rule, its first history.
pub(crate) fn open(act: Act<'_>, row: &mut Row, history: &str) -> Result<(), ArError> {
    prioritise(row);
    let sent = row.text("Status").unwrap_or_default().to_owned();
    record(act, row, history, &sent);
    if act.settings.assign_on_create && matches!(sent.as_str(), "New" | "Assigned") {
        row.set("Status", "Assigned");
        if row.text("Assigned Group").is_none() {
            row.set("Assigned Group", FIRST_LEVEL);
        }
        record(act, row, history, "Assigned");
    }
    conditions(act.settings, row)
}

/// A modification: the conditions of the status reached, its history and its dates.
pub(crate) fn move_on(act: Act<'_>, before: &Row, row: &mut Row) -> Result<(), ArError> {
    prioritise(row);
    if before.text("Status") == row.text("Status") {
        return Ok(());
    }
    conditions(act.settings, row)?;
    let status = row.text("Status").unwrap_or_default().to_owned();
    record(act, row, "Status-History", &status);
    match status.as_str() {
        "In Progress" if !row.values.contains_key("Responded Date") => {
            row.set("Responded Date", act.now_s)
        }
        "Resolved" => row.set("Last Resolved Date", act.now_s),
        "Closed" => row.set("Closed Date", act.now_s),
        _ => {}
    }
    Ok(())
}

fn conditions(settings: &Settings, row: &Row) -> Result<(), ArError> {
    let missing = |field: &str| row.text(field).is_none();
    let status = row.text("Status").unwrap_or_default();
    if matches!(status, "In Progress" | "Pending" | "Resolved") {
        if missing("Assigned Group") {
            return Err(settings.error(1291205, "Assigned Group".to_owned()));
        }
        if missing("Assignee") {
            return Err(settings.error(1291053, "Assignee".to_owned()));
        }
    }
    if matches!(status, "Pending" | "Resolved") && missing("Status_Reason") {
        return Err(settings.error(307, "Status_Reason".to_owned()));
    }
    if status == "Resolved" && missing("Resolution") {
        return Err(settings.error(307, "Resolution".to_owned()));
    }
    Ok(())
}

/// The usual table; sites change it, so a client reads the priority and never computes it.
fn prioritise(row: &mut Row) {
    let impact = match row.text("Impact") {
        Some("1-Extensive/Widespread") => 9,
        Some("2-Significant/Large") => 5,
        Some("3-Moderate/Limited") => 3,
        _ => 0,
    };
    let urgency = match row.text("Urgency") {
        Some("1-Critical") => 20,
        Some("2-High") => 15,
        Some("3-Medium") => 10,
        _ => 0,
    };
    let weight = impact + urgency;
    let priority = match weight {
        24.. => "Critical",
        18..=23 => "High",
        10..=17 => "Medium",
        _ => "Low",
    };
    row.set("Priority Weight", weight);
    row.set("Priority", priority);
}

fn record(act: Act<'_>, row: &mut Row, history: &str, status: &str) {
    let mut steps = row
        .values
        .get(history)
        .cloned()
        .unwrap_or_else(|| json!({}));
    if let Some(steps) = steps.as_object_mut() {
        steps.insert(
            status.to_owned(),
            json!({ "user": act.login, "timestamp": act.now_s }),
        );
    }
    row.set(history, steps);
}
