//! What a POST or a PUT carries: JSON, or JSON with its attachments.
//!
//! Invariant: a part's name is taken as written, so `attach-z2AF Work Log01` escaped is another name. The types
//! parts declare are not kept: AR System does not store them.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};

use crate::ArError;
use crate::records::Files;

/// The values of a JSON or multipart body, with its attachments.
pub(crate) async fn body(request: Request) -> Result<(Map<String, Value>, Files), ArError> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        let bytes = Bytes::from_request(request, &())
            .await
            .map_err(|e| ArError::malformed(e.to_string()))?;
        return Ok((values(&bytes)?, Files::new()));
    }
    let unreadable =
        |e: axum::extract::multipart::MultipartError| ArError::malformed(e.body_text());
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|e| ArError::malformed(e.body_text()))?;
    let (mut entry, mut files) = (None, Files::new());
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let encoding = part
            .headers()
            .get("content-transfer-encoding")
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
            .to_ascii_uppercase();
        let mut bytes = part.bytes().await.map_err(unreadable)?.to_vec();
        if encoding == "BASE64" {
            bytes.retain(|b| !b.is_ascii_whitespace());
            bytes = STANDARD
                .decode(bytes)
                .map_err(|e| ArError::malformed(format!("part {name}: {e}")))?;
        }
        if name == "entry" {
            entry = Some(values(&bytes)?);
        } else if let Some(field) = name.strip_prefix("attach-") {
            files.insert(field.to_owned(), bytes);
        } else {
            return Err(ArError::malformed(format!("unknown part {name}")));
        }
    }
    let entry = entry.ok_or_else(|| ArError::malformed("no part named entry"))?;
    Ok((entry, files))
}

fn values(bytes: &[u8]) -> Result<Map<String, Value>, ArError> {
    let body: Value =
        serde_json::from_slice(bytes).map_err(|e| ArError::malformed(e.to_string()))?;
    match body.get("values") {
        Some(Value::Object(values)) => Ok(values.clone()),
        _ => Err(ArError::malformed("no object named values")),
    }
}
