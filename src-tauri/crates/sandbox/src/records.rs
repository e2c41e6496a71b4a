//! The platform's memory: staging rows, incidents, work logs.
//!
//! Invariants: a row holds only fields of its form, never an empty value; the three counters run apart, so an
//! incident number is never its entry id; an operation changes a draft that the caller keeps or throws away
//! whole. A PUT on the create form changes its staging row alone. Passwords and tokens are absent: only the fingerprints of one-time passwords already spent are here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::ArError;
use crate::fill::{count_files, fill, require, stamp_creation};
use crate::form::{Form, find};
use crate::lifecycle;
use crate::settings::Settings;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub values: BTreeMap<String, Value>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, File>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct File {
    pub name: String,
    #[serde(with = "base64_text")]
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Records {
    next_staging: u64,
    next_number: u64,
    next_entry: u64,
    next_worklog: u64,
    pub staging: BTreeMap<String, Row>,
    /// By entry id.
    pub incidents: BTreeMap<String, Row>,
    pub worklogs: BTreeMap<String, Row>,
    /// Fingerprints of one-time passwords handed out after the start, and of those already used.
    pub granted: BTreeSet<String>,
    pub spent: BTreeSet<String>,
}

impl Records {
    /// An empty platform whose next incident bears this number.
    pub fn starting_at(next_number: u64) -> Records {
        Records {
            next_staging: 179,
            next_number,
            next_entry: 527,
            next_worklog: 2_437_184,
            staging: BTreeMap::new(),
            incidents: BTreeMap::new(),
            worklogs: BTreeMap::new(),
            granted: BTreeSet::new(),
            spent: BTreeSet::new(),
        }
    }
}

/// Who acts, and when: everything an operation needs beside its values.
#[derive(Clone, Copy)]
pub(crate) struct Act<'a> {
    pub settings: &'a Settings,
    pub login: &'a str,
    pub now_s: i64,
}

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

impl Row {
    pub fn text(&self, field: &str) -> Option<&str> {
        self.values.get(field).and_then(Value::as_str)
    }

    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        match value.into() {
            Value::Null => self.values.remove(field),
            value => self.values.insert(field.to_owned(), value),
        };
    }
}

impl Records {
    /// One row by the id of its address, the id of a join being `A|B`.
    pub fn row(&self, settings: &Settings, form: Form, id: &str) -> Result<(String, Row), ArError> {
        if id.split('|').any(|part| part.chars().count() > 15) {
            return Err(settings.error(101, id.to_owned()));
        }
        self.rows(settings, form)
            .into_iter()
            .find(|(key, _)| key == id)
            .ok_or_else(|| settings.error(302, id.to_owned()))
    }

    /// Every row of a form with its address id, oldest first.
    pub fn rows(&self, settings: &Settings, form: Form) -> Vec<(String, Row)> {
        let stored = |rows: &BTreeMap<String, Row>| {
            rows.iter()
                .map(|(id, row)| (id.clone(), row.clone()))
                .collect()
        };
        match form {
            Form::Create => stored(&self.staging),
            Form::HelpDesk => stored(&self.incidents),
            Form::WorkLog => stored(&self.worklogs),
            Form::Incident => self
                .incidents
                .iter()
                .map(|(entry, row)| {
                    let id = format!("{entry}|{entry}");
                    let mut row = row.clone();
                    row.set("Request ID", id.clone());
                    (id, row)
                })
                .collect(),
            Form::People => settings
                .users
                .iter()
                .enumerate()
                .map(|(at, p)| {
                    let id = format!("PPL{:012}", at + 1);
                    let mut row = Row::default();
                    row.set("Person ID", id.clone());
                    row.set("Remedy Login ID", p.login.clone());
                    row.set("First Name", p.first_name.clone());
                    row.set("Last Name", p.last_name.clone());
                    row.set("Full Name", format!("{} {}", p.first_name, p.last_name));
                    row.set("Company", p.company.clone());
                    row.set("Profile Status", "Enabled");
                    (id, row)
                })
                .collect(),
        }
    }

    /// POST on HPD:IncidentInterface_Create: a staging row, and the incident its workflow makes.
    pub fn create_incident(
        &mut self,
        act: Act<'_>,
        values: &Map<String, Value>,
        files: Files,
    ) -> Result<String, ArError> {
        let settings = act.settings;
        let fields = Form::Create.fields(settings);
        let mut staged = Row::default();
        fill(act, Form::Create, &fields, &mut staged, values, files)?;
        require(settings, &fields, &staged)?;
        let customer = lifecycle::customer(settings, &staged)?;

        let staging = format!("{:015}", self.next_staging);
        let number = format!("INC{:012}", self.next_number);
        let entry = format!("INC{:012}", self.next_entry);
        self.next_staging += 1;
        self.next_number += 1;
        self.next_entry += 1;

        staged.set("Request ID", staging.clone());
        staged.set("Incident Number", number.clone());
        staged.set("Company", customer.company.clone());
        staged.set("Contact_Company", customer.company.clone());
        staged.set("Login_ID", customer.login.clone());
        staged.set("Short Description", ".");
        staged.set("InstanceId", format!("AGG{staging}"));
        stamp_creation(act, &mut staged, "Create Date", "Modified Date");
        lifecycle::open(act, &mut staged, "Status History")?;

        let incident_fields = Form::Incident.fields(settings);
        let mut incident = Row::default();
        for (name, value) in &staged.values {
            let name = join_name(name);
            if !name.starts_with("z1D") && find(&incident_fields, name).is_some() {
                incident.set(name, value.clone());
            }
        }
        incident.set("Request ID", entry.clone());
        incident.set("Entry ID", entry.clone());
        incident.set("Reported Date", act.now_s);
        self.first_work_info(act, &number, &staged);
        staged.values.retain(|name, _| !name.starts_with("z1D"));
        self.incidents.insert(entry, incident);
        self.staging.insert(staging.clone(), staged);
        Ok(staging)
    }

    /// POST on HPD:WorkLog.
    pub fn create_worklog(
        &mut self,
        act: Act<'_>,
        values: &Map<String, Value>,
        files: Files,
    ) -> Result<String, ArError> {
        let fields = Form::WorkLog.fields(act.settings);
        let mut row = Row::default();
        fill(act, Form::WorkLog, &fields, &mut row, values, files)?;
        require(act.settings, &fields, &row)?;
        Ok(self.keep_worklog(act, row))
    }

    /// PUT: only the fields sent change.
    pub fn modify(
        &mut self,
        act: Act<'_>,
        form: Form,
        id: &str,
        values: &Map<String, Value>,
        files: Files,
    ) -> Result<(), ArError> {
        let fields = form.fields(act.settings);
        let (_, before) = self.row(act.settings, form, id)?;
        let mut row = before.clone();
        fill(act, form, &fields, &mut row, values, files)?;
        // Display-only fields are required once, at creation: only what was there must not be emptied.
        let held = fields
            .iter()
            .filter(|f| before.values.contains_key(&f.name));
        require(act.settings, held, &row)?;
        row.set("Last Modified By", act.login);
        row.set(
            if form == Form::Create {
                "Modified Date"
            } else {
                "Last Modified Date"
            },
            act.now_s,
        );
        match form {
            Form::Incident => {
                lifecycle::move_on(act, &before, &mut row)?;
                let number = row.text("Incident Number").unwrap_or_default().to_owned();
                let entry = row.text("Entry ID").unwrap_or_default().to_owned();
                if row.text("z1D Action") == Some("MODIFY") {
                    self.first_work_info(act, &number, &row);
                }
                row.values.retain(|name, _| !name.starts_with("z1D"));
                row.files.clear();
                row.set("Request ID", entry.clone());
                self.incidents.insert(entry, row);
            }
            Form::Create => {
                row.values.retain(|name, _| !name.starts_with("z1D"));
                self.staging.insert(id.to_owned(), row);
            }
            Form::WorkLog => {
                count_files(&mut row);
                self.worklogs.insert(id.to_owned(), row);
            }
            Form::HelpDesk | Form::People => {
                return Err(act.settings.error(353, form.name().to_owned()));
            }
        }
        Ok(())
    }

    /// DELETE. An incident goes by its HPD:Help Desk entry, never by the join.
    pub fn delete(&mut self, settings: &Settings, form: Form, id: &str) -> Result<(), ArError> {
        self.row(settings, form, id)?;
        match form {
            Form::Create => self.staging.remove(id),
            Form::HelpDesk => self.incidents.remove(id),
            Form::WorkLog => self.worklogs.remove(id),
            Form::Incident | Form::People => {
                return Err(settings.error(353, form.name().to_owned()));
            }
        };
        Ok(())
    }

    pub fn entry_of(&self, number: &str) -> Option<String> {
        self.incidents
            .iter()
            .find(|(_, row)| row.text("Incident Number") == Some(number))
            .map(|(entry, _)| entry.clone())
    }

    /// The note that travels in the display-only fields of the two interface forms.
    fn first_work_info(&mut self, act: Act<'_>, number: &str, from: &Row) {
        if from.text("z1D_Details").is_none() && from.text("z1D_WorklogDetails").is_none() {
            return;
        }
        let mut row = Row::default();
        row.set("Incident Number", number);
        for (to, name) in [
            ("Detailed Description", "z1D_Details"),
            ("Description", "z1D_WorklogDetails"),
            ("Work Log Type", "z1D_Activity_Type"),
            ("View Access", "z1D_View_Access"),
            ("Secure Work Log", "z1D_Secure_Log"),
            ("Communication Source", "z1D_CommunicationSource"),
        ] {
            row.set(to, from.values.get(name).cloned().unwrap_or_default());
        }
        if let Some(file) = from.files.get("z2AF_Act_Attachment_1") {
            row.files.insert("z2AF Work Log01".into(), file.clone());
        }
        self.keep_worklog(act, row);
    }

    fn keep_worklog(&mut self, act: Act<'_>, mut row: Row) -> String {
        let id = format!("WLG{:012}", self.next_worklog);
        self.next_worklog += 1;
        stamp_creation(act, &mut row, "Submit Date", "Last Modified Date");
        row.set("Request ID", id.clone());
        row.set("Work Log ID", id.clone());
        row.set("Work Log Submitter", act.login);
        row.set("Work Log Submit Date", act.now_s);
        row.set("Short Description", ".");
        row.set("Communication Type", "Inbound");
        row.set("InstanceId", format!("AGW{id}"));
        for (field, default) in [
            ("Status", "Enabled"),
            ("Work Log Type", "General Information"),
            ("View Access", "Internal"),
            ("Secure Work Log", "No"),
        ] {
            row.values
                .entry(field.into())
                .or_insert_with(|| json!(default));
        }
        row.values
            .entry("Work Log Date".into())
            .or_insert_with(|| json!(act.now_s));
        count_files(&mut row);
        let number = row.text("Incident Number").unwrap_or_default().to_owned();
        if act.settings.assumed.worklog_touches_incident
            && let Some(incident) = self
                .entry_of(&number)
                .and_then(|entry| self.incidents.get_mut(&entry))
        {
            incident.set("Last Modified Date", act.now_s);
        }
        self.worklogs.insert(id.clone(), row);
        id
    }
}

/// The create form's spelling of a field, as the join spells it.
fn join_name(name: &str) -> &str {
    match name {
        "Detailed_Decription" => "Detailed Decription",
        "Service_Type" => "Service Type",
        "First_Name" => "First Name",
        "Last_Name" => "Last Name",
        "Login_ID" => "Customer Login ID",
        "Contact_Company" => "Contact Company",
        "Phone_Number" => "Phone Number",
        "Create Date" => "Submit Date",
        "Modified Date" => "Last Modified Date",
        "Status History" => "Status-History",
        name => name,
    }
}

mod base64_text {
    //! Attachments in the state file.
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        STANDARD
            .decode(String::deserialize(from)?)
            .map_err(D::Error::custom)
    }
}
