//! AR System's refusals: one table from message number to text and HTTP code.
//!
//! Invariant: every refusal leaves the server as an array of objects with `messageType`, `messageText`,
//! `messageAppendedText` and `messageNumber`. Only the gateway and the `http_forbidden` switch speak otherwise.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::settings::{Profile, Settings};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("ARERR {number}: {text} ({})", appended.as_deref().unwrap_or("-"))]
pub struct ArError {
    pub http: u16,
    pub number: i64,
    pub text: String,
    pub appended: Option<String>,
}

impl Settings {
    /// The refusal `number` as this site words it. The texts are AR System's; a client never matches them.
    pub(crate) fn error(&self, number: i64, appended: impl Into<Option<String>>) -> ArError {
        let missing_field = match self.profile {
            Profile::Ar9 => 500,
            Profile::Ar20 => 400,
        };
        let refusal = self.assumed.refusal.unwrap_or(missing_field);
        let permission = self.assumed.permission;
        let (http, text) = match number {
            92 => (
                500,
                "Timeout during database update -- the operation may still complete",
            ),
            93 => (
                500,
                "Timeout during data retrieval due to busy server -- retry the operation",
            ),
            100 => (500, "Required Entry ID is empty."),
            101 => (
                refusal,
                "Entry ID parameter length is longer than the maximum allowed length.",
            ),
            302 => (404, "Entry does not exist in database"),
            303 => (404, "Form does not exist on server"),
            306 => (
                refusal,
                "Value does not fall within the limits specified for the field",
            ),
            307 => (
                missing_field,
                "Required field (without a default) not specified",
            ),
            314 => (refusal, "Field does not exist on current form"),
            326 => (permission, "No permission to write the field"),
            353 => (permission, "No permission for the form"),
            623 => (self.assumed.login_failure, "Authentication failed"),
            1587 => (refusal, "Error in the qualification"),
            9093 => (
                self.assumed.busy,
                "User is currently connected from another machine",
            ),
            1291053 => (500, "An assignee is required for this status"),
            1291205 => (500, "An assigned group is required for this status"),
            _ => (500, "Unexpected error"),
        };
        ArError {
            http,
            number,
            text: text.into(),
            appended: appended.into(),
        }
    }

    /// The customer named by the request is nobody, or several people.
    pub(crate) fn customer_error(&self, found: usize) -> ArError {
        let text = format!(
            "{found} records have been found for the Incident contact information you have provided"
        );
        ArError {
            text,
            ..self.error(self.assumed.customer_number, None)
        }
        .with_http(self.error(306, None).http)
    }
}

impl ArError {
    /// A body or a parameter that cannot be read: 400 is documented, the number is ours (0).
    pub(crate) fn malformed(why: impl Into<String>) -> ArError {
        ArError {
            http: 400,
            number: 0,
            text: "Request is not correct".into(),
            appended: Some(why.into()),
        }
    }

    /// The sandbox's own state file cannot be written: the change is not made.
    pub(crate) fn not_kept(why: impl std::fmt::Display) -> ArError {
        ArError {
            http: 500,
            number: 0,
            text: "State cannot be kept".into(),
            appended: Some(why.to_string()),
        }
    }

    fn with_http(self, http: u16) -> ArError {
        ArError { http, ..self }
    }
}

impl IntoResponse for ArError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.http).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = json!([{
            "messageType": "ERROR",
            "messageText": self.text,
            "messageAppendedText": self.appended,
            "messageNumber": self.number,
        }]);
        (status, Json(body)).into_response()
    }
}
