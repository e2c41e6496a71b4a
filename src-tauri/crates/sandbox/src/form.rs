//! The forms: their fields, types, limits and selections.
//!
//! Invariant: a name outside a form's list is refused with 314, in a value, a qualification, a sort or a
//! selection alike. The lists are the keys seen in recorded replies. Numeric ids follow AR System where a
//! source or a habit gives them; the others are ours, from 990 000 000. Joins are not computed: HPD:IncidentInterface
//! and HPD:Help Desk read the same rows.

use serde_json::{Value, json};

use crate::settings::Settings;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Create,
    Incident,
    HelpDesk,
    WorkLog,
    People,
}

pub(crate) type Selection = &'static [(&'static str, i64)];

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Char { max: Option<usize> },
    Enum(Selection),
    Date,
    Integer,
    Attachment,
    History,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub name: String,
    pub id: i64,
    pub kind: Kind,
    pub required: bool,
}

impl Form {
    pub const ALL: [Form; 5] = [
        Form::Create,
        Form::Incident,
        Form::HelpDesk,
        Form::WorkLog,
        Form::People,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Form::Create => "HPD:IncidentInterface_Create",
            Form::Incident => "HPD:IncidentInterface",
            Form::HelpDesk => "HPD:Help Desk",
            Form::WorkLog => "HPD:WorkLog",
            Form::People => "CTM:People",
        }
    }

    pub fn named(name: &str, settings: &Settings) -> Result<Form, crate::ArError> {
        Form::ALL
            .into_iter()
            .find(|f| f.name() == name)
            .ok_or_else(|| settings.error(303, name.to_owned()))
    }

    fn names(self) -> &'static str {
        match self {
            Form::Create => include_str!("fields/incident_create.txt"),
            Form::Incident | Form::HelpDesk => include_str!("fields/incident.txt"),
            Form::WorkLog => include_str!("fields/worklog.txt"),
            Form::People => include_str!("fields/people.txt"),
        }
    }

    /// Set by the server and by nobody else.
    pub fn is_read_only(self, field: &str) -> bool {
        matches!(
            field,
            "Request ID"
                | "Entry ID"
                | "Incident_Entry_ID"
                | "Work Log ID"
                | "Submitter"
                | "Create Date"
                | "Submit Date"
                | "Last Modified By"
                | "Last Modified Date"
                | "Modified Date"
                | "Status History"
                | "Status-History"
                | "Priority"
                | "Priority Weight"
                | "InstanceId"
                | "Work Log Submit Date"
                | "Number of Attachments"
        ) || field == "Incident Number" && self != Form::WorkLog
    }

    fn requires(self, field: &str, settings: &Settings) -> bool {
        match self {
            Form::Create => {
                const USUAL: [&str; 9] = [
                    "First_Name",
                    "Last_Name",
                    "Impact",
                    "Urgency",
                    "Reported Source",
                    "Service_Type",
                    "Status",
                    "z1D_Action",
                    "Description",
                ];
                USUAL.contains(&field) || settings.required.iter().any(|name| name == field)
            }
            Form::Incident => matches!(
                field,
                "Description"
                    | "Impact"
                    | "Urgency"
                    | "Status"
                    | "Reported Source"
                    | "Service Type"
            ),
            Form::WorkLog => field == "Incident Number",
            Form::HelpDesk | Form::People => false,
        }
    }

    fn kind(self, field: &str, settings: &Settings) -> Kind {
        let summary = Kind::Char {
            max: Some(settings.description_max),
        };
        match (self, field) {
            (Form::WorkLog, "Status") => Kind::Enum(WORKLOG_STATUS),
            (_, "Status") => Kind::Enum(STATUS),
            (Form::People, "Profile Status") => Kind::Enum(WORKLOG_STATUS),
            (_, "Status History" | "Status-History") => Kind::History,
            (_, "Impact") => Kind::Enum(IMPACT),
            (_, "Urgency") => Kind::Enum(URGENCY),
            (_, "Priority") => Kind::Enum(PRIORITY),
            (_, "Service_Type" | "Service Type") => Kind::Enum(SERVICE_TYPE),
            (_, "Reported Source") => Kind::Enum(SOURCE),
            (_, "Status_Reason") => Kind::Enum(STATUS_REASON),
            (_, "Work Log Type" | "z1D_Activity_Type") => Kind::Enum(WORKLOG_TYPE),
            (_, "View Access" | "z1D_View_Access") => Kind::Enum(VIEW_ACCESS),
            (_, "Secure Work Log" | "z1D_Secure_Log") => Kind::Enum(NO_YES),
            (_, "Create_Request" | "VIP") => Kind::Enum(NO_YES),
            (_, "Description" | "z1D_WorklogDetails") => summary,
            (
                _,
                "Priority Weight"
                | "Number of Attachments"
                | "Total Transfers"
                | "MaxRetries"
                | "PortNumber"
                | "z1D_SRMInteger",
            ) => Kind::Integer,
            (
                _,
                "z2AF Work Log01" | "z2AF Work Log02" | "z2AF Work Log03" | "z2AF_Act_Attachment_1",
            ) => Kind::Attachment,
            (
                _,
                "FirstWIPDate"
                | "LastWIPDate"
                | "TimeOfEvent"
                | "Last _Assigned_Date"
                | "z1D_ActivityDate_tab"
                | "Required Resolution DateTime",
            ) => Kind::Date,
            (_, name) if name.ends_with(" Date") => Kind::Date,
            _ => Kind::Char { max: None },
        }
    }

    /// Every field of the form on this site, custom ones at the end.
    pub fn fields(self, settings: &Settings) -> Vec<Field> {
        let listed = self.names().lines();
        let custom = settings
            .required
            .iter()
            .map(String::as_str)
            .filter(|name| self == Form::Create && !self.names().lines().any(|l| l == *name));
        listed
            .chain(custom)
            .enumerate()
            .map(|(at, name)| Field {
                name: name.to_owned(),
                id: known_id(self, name).unwrap_or(990_000_000 + at as i64),
                kind: self.kind(name, settings),
                required: self.requires(name, settings),
            })
            .collect()
    }
}

impl Field {
    /// As `/fields` and OPTIONS describe it.
    pub fn describe(&self) -> Value {
        let (datatype, limit) = match &self.kind {
            Kind::Char { max } => ("CHAR", json!({ "max_length": max.unwrap_or(0) })),
            Kind::Enum(selection) => {
                let values: Vec<Value> = selection
                    .iter()
                    .map(|(name, id)| json!({ "id": id, "name": name }))
                    .collect();
                ("ENUM", json!({ "selection_values": values }))
            }
            Kind::Date => ("TIME", Value::Null),
            Kind::Integer => ("INTEGER", Value::Null),
            Kind::Attachment => ("ATTACHMENT", Value::Null),
            Kind::History => ("CHAR", Value::Null),
        };
        let option = if self.required {
            "REQUIRED"
        } else {
            "OPTIONAL"
        };
        json!({ "id": self.id, "name": self.name, "datatype": datatype, "field_option": option, "limit": limit })
    }
}

/// A field of a form by name or, as a qualification may say, by number.
pub(crate) fn find<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    let id = name.parse::<i64>().ok();
    fields.iter().find(|f| f.name == name || Some(f.id) == id)
}

fn known_id(form: Form, name: &str) -> Option<i64> {
    Some(match name {
        "Request ID" if form != Form::WorkLog => 1,
        "Work Log ID" => 1,
        "Submitter" => 2,
        "Create Date" | "Submit Date" => 3,
        "Assigned To" => 4,
        "Last Modified By" => 5,
        "Modified Date" | "Last Modified Date" => 6,
        "Status" => 7,
        "Short Description" => 8,
        "Status History" | "Status-History" => 15,
        "InstanceId" => 179,
        "Description" => 1_000_000_000,
        "Company" => 1_000_000_001,
        "Last_Name" | "Last Name" => 1_000_000_018,
        "First_Name" | "First Name" => 1_000_000_019,
        "Contact_Company" | "Contact Company" => 1_000_000_082,
        "Service_Type" | "Service Type" => 1_000_000_099,
        "Status_Reason" => 1_000_000_150,
        "Detailed_Decription" | "Detailed Decription" => 1_000_000_151,
        "Resolution" => 1_000_000_156,
        "Incident Number" => 1_000_000_161,
        "Urgency" => 1_000_000_162,
        "Impact" => 1_000_000_163,
        "Priority" => 1_000_000_164,
        "Reported Source" => 1_000_000_215,
        "Assigned Group" => 1_000_000_217,
        "Assignee" => 1_000_000_218,
        "Vendor Ticket Number" => 1_000_000_652,
        "z1D_Details" => 301_398_800,
        "z1D_Activity_Type" => 301_398_600,
        "z1D_View_Access" => 301_399_000,
        "z1D_Secure_Log" => 301_398_900,
        "z1D_WorklogDetails" => 301_329_900,
        "z2AF_Act_Attachment_1" => 1_000_005_791,
        _ => return None,
    })
}

const IMPACT: Selection = &[
    ("1-Extensive/Widespread", 1000),
    ("2-Significant/Large", 2000),
    ("3-Moderate/Limited", 3000),
    ("4-Minor/Localized", 4000),
];
const URGENCY: Selection = &[
    ("1-Critical", 1000),
    ("2-High", 2000),
    ("3-Medium", 3000),
    ("4-Low", 4000),
];
const PRIORITY: Selection = &[("Critical", 0), ("High", 1), ("Medium", 2), ("Low", 3)];
const STATUS: Selection = &[
    ("New", 0),
    ("Assigned", 1),
    ("In Progress", 2),
    ("Pending", 3),
    ("Resolved", 4),
    ("Closed", 5),
    ("Cancelled", 6),
];
const WORKLOG_STATUS: Selection = &[
    ("Proposed", 0),
    ("Enabled", 1),
    ("Offline", 2),
    ("Obsolete", 3),
    ("Archive", 4),
    ("Delete", 5),
];
const SERVICE_TYPE: Selection = &[
    ("User Service Restoration", 0),
    ("User Service Request", 1),
    ("Infrastructure Restoration", 2),
    ("Infrastructure Event", 3),
    ("Security Incident", 4),
];
const SOURCE: Selection = &[
    ("Direct Input", 1000),
    ("Email", 2000),
    ("External Escalation", 3000),
    ("Fax", 4000),
    ("Self Service", 4200),
    ("Systems Management", 5000),
    ("Phone", 6000),
    ("Voice Mail", 7000),
    ("Walk In", 8000),
    ("Web", 9000),
    ("Other", 10000),
    ("BMC Impact Manager Event", 11000),
];
const STATUS_REASON: Selection = &[
    ("Infrastructure Change Created", 1000),
    ("Local Site Action Required", 2000),
    ("Purchase Order Approval", 3000),
    ("Registration Approval", 4000),
    ("Supplier Delivery", 5000),
    ("Support Contact Hold", 6000),
    ("Third Party Vendor Action Reqd", 7000),
    ("Client Action Required", 8000),
    ("Infrastructure Change", 9000),
    ("Request", 10000),
    ("Future Enhancement", 11000),
    ("Pending Original Incident", 12000),
    ("Client Hold", 13000),
    ("Monitoring Incident", 14000),
    ("Customer Follow-Up Required", 15000),
    ("Temporary Corrective Action", 16000),
    ("No Further Action Required", 17000),
    ("Resolved by Original Incident", 18000),
    ("Automated Resolution Reported", 19000),
    ("No longer a Causal CI", 20000),
    ("Pending Causal Incident Resolution", 21000),
    ("Resolved by Causal Incident", 22000),
];
const WORKLOG_TYPE: Selection = &[
    ("----- Customer Inbound -----", 0),
    ("Customer Communication", 1000),
    ("Customer Follow-up", 2000),
    ("Customer Status Update", 3000),
    ("----- Customer Outbound -----", 4000),
    ("Closure Follow Up", 5000),
    ("Detail Clarification", 6000),
    ("General Information", 8000),
    ("Resolution Communications", 9000),
    ("Satisfaction Survey", 10000),
    ("Status Update", 11000),
    ("----- General -----", 12000),
    ("Incident Task / Action", 13000),
    ("Problem Script", 14000),
    ("Working Log", 15000),
    ("Email System", 16000),
    ("Paging System", 17000),
    ("BMC Impact Manager Update", 18000),
    ("Chat", 19000),
    ("----- Vendor -----", 20000),
    ("Vendor Communication", 21000),
];
const VIEW_ACCESS: Selection = &[("Internal", 0), ("Public", 1)];
const NO_YES: Selection = &[("No", 0), ("Yes", 1)];
