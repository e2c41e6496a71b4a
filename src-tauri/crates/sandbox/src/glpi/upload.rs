//! What a POST carries: JSON, or a manifest and its file.
//!
//! Invariant: PHP reads `filename="…"` alone, so a part without it is no file.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use serde_json::{Map, Value};

use super::http::Refusal;

/// What a request carries.
pub(super) enum Body {
    Json(Bytes),
    Upload {
        manifest: Option<String>,
        /// The last file's name and content, if there is one.
        file: Option<(String, Bytes)>,
    },
}

impl Body {
    pub async fn read(request: Request, upload: bool) -> Result<Body, Refusal> {
        if !upload {
            let bytes = Bytes::from_request(request, &()).await;
            return Ok(Body::Json(bytes.map_err(|_| Refusal::payload())?));
        }
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|_| Refusal::payload())?;
        let (mut manifest, mut file) = (None, None);
        while let Some(part) = parts.next_field().await.map_err(|_| Refusal::payload())? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|_| Refusal::payload())?;
            match file_name {
                Some(file_name) => file = Some((file_name, bytes)),
                None if name == "uploadManifest" => {
                    manifest = Some(String::from_utf8_lossy(&bytes).into_owned());
                }
                None => {}
            }
        }
        Ok(Body::Upload { manifest, file })
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Body::Json(bytes) if bytes.is_empty())
    }

    /// The objects to add, and whether they came as a list.
    pub fn inputs(&self) -> Result<(Vec<Map<String, Value>>, bool), Refusal> {
        let text = match self {
            Body::Json(bytes) => bytes.as_ref(),
            Body::Upload { manifest, .. } => manifest.as_deref().unwrap_or_default().as_bytes(),
        };
        let body: Value = serde_json::from_slice(text).map_err(|_| Refusal::payload())?;
        let objects = |items: &[Value]| {
            let all = items.iter().map(|item| item.as_object().cloned());
            all.collect::<Option<Vec<_>>>()
        };
        let read = match body.get("input") {
            Some(Value::Object(input)) => Some((vec![input.clone()], false)),
            Some(Value::Array(items)) => objects(items).map(|all| (all, true)),
            _ => None,
        };
        read.ok_or_else(|| {
            Refusal::new(
                400,
                "ERROR_BAD_ARRAY",
                "input parameter must be an array of objects",
            )
        })
    }
}
