//! The few commands that the window may call: one for everything, and the three that a body of JSON cannot do.

use app::{
    App, commands,
    wire::{TakenFile, WireError},
};
use serde_json::Value;
use tauri::{
    State,
    ipc::{InvokeBody, Request},
};
use tokio::sync::watch;

/// The application, which opens while the window is being made.
pub(crate) struct Opening(pub(crate) watch::Receiver<Option<App>>);

impl Opening {
    /// The application, once open; absent only when opening itself died.
    pub(crate) async fn app(&self) -> Option<App> {
        let mut opened = self.0.clone();
        opened
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|app| app.clone())
    }
}

#[tauri::command]
pub(crate) async fn rpc(
    opening: State<'_, Opening>,
    name: String,
    body: Value,
) -> Result<Value, WireError> {
    match opening.app().await {
        Some(app) => commands::dispatch(&app, &name, body).await,
        None => Err(app::Error::NotReady.to_wire(&name)),
    }
}

/// Opens a mail or a call in the person's own program. Nothing else leaves the window.
#[tauri::command]
pub(crate) fn open_link(url: String) -> Result<(), String> {
    if !url.starts_with("mailto:") && !url.starts_with("tel:") {
        return Err("only mailto: and tel: links open outside".to_owned());
    }
    tauri_plugin_opener::open_url(url, None::<&str>).map_err(|error| error.to_string())
}

/// Puts a file on the application's tray. The body is its bytes, as they are; its name stands in a header, as
/// percent-encoded UTF-8.
#[tauri::command]
pub(crate) async fn take_file(
    opening: State<'_, Opening>,
    request: Request<'_>,
) -> Result<TakenFile, WireError> {
    let refused = || app::Error::BadRequest("a file comes as bytes".into()).to_wire("take_file");
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(refused());
    };
    let name = request
        .headers()
        .get("file-name")
        .and_then(|name| name.to_str().ok())
        .ok_or_else(refused)?;
    let name = percent_encoding::percent_decode_str(name)
        .decode_utf8_lossy()
        .into_owned();
    let bytes = bytes.clone();
    match opening.app().await {
        Some(app) => app.take_file(&name, bytes),
        None => Err(app::Error::NotReady.to_wire("take_file")),
    }
}

/// Opens a document that this run has written, in the person's own program.
#[tauri::command]
pub(crate) async fn open_saved(opening: State<'_, Opening>, id: String) -> Result<(), String> {
    let path = opening
        .app()
        .await
        .and_then(|app| app.saved_path(&id))
        .ok_or("this run has not written such a document")?;
    tauri_plugin_opener::open_path(path, None::<&str>).map_err(|error| error.to_string())
}
