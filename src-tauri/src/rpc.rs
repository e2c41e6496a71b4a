//! The two commands that the window may call.

use app::{App, commands, wire::WireError};
use serde_json::Value;
use tauri::State;
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
