//! The window: one instance, its place remembered, and changes told to the ui.

use std::{process::ExitCode, sync::Arc, time::Duration};

use app::App;
use tauri::{Emitter, Manager, webview::PageLoadEvent};
use tauri_plugin_window_state::StateFlags;
use tokio::sync::{Notify, watch};

use shell::warn;

use crate::rpc::{self, Opening};

/// Changes that come in a burst are told once: the ui reads again what it shows anyway.
const BURST: Duration = Duration::from_millis(40);

/// Opens the window, and the application beside it: neither waits for the other.
pub(crate) fn run(open: impl FnOnce() -> App + Send + 'static) -> ExitCode {
    if cfg!(target_os = "linux") && !has_screen() {
        warn(
            "Il n’y a pas d’écran ici : la fenêtre de Relais ne peut pas s’ouvrir. Les commandes s’en passent : relais --help",
        );
        return ExitCode::FAILURE;
    }
    let (opened, opening) = watch::channel(None);
    let run = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(
            |handle, _arguments, _folder| {
                if let Some(window) = handle.get_webview_window("main") {
                    let _ = window.show();
                    let _ = window.unminimize();
                    let _ = window.set_focus();
                }
            },
        ))
        .plugin(
            // Its place is remembered; when it shows is decided here.
            tauri_plugin_window_state::Builder::default()
                .with_state_flags(StateFlags::all() & !StateFlags::VISIBLE)
                .build(),
        )
        .manage(Opening(opening))
        .invoke_handler(tauri::generate_handler![
            rpc::rpc,
            rpc::take_file,
            rpc::open_saved,
            rpc::open_link
        ])
        .setup(move |shell| {
            let handle = shell.handle().clone();
            // A second instance has left by now: only the one that stays opens the store.
            tauri::async_runtime::spawn_blocking(move || {
                let app = open();
                tell_changes(&app, &handle);
                opened.send_replace(Some(app.clone()));
                tauri::async_runtime::spawn(async move { app.work().await });
            });
            let config = shell
                .config()
                .app
                .windows
                .first()
                .cloned()
                .unwrap_or_default();
            let window = tauri::WebviewWindowBuilder::from_config(shell, &config)?
                // Nothing remote is ever shown: only the ui built into the program.
                .on_navigation(|url| {
                    matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost")
                })
                // Shown with its page, never as a white sheet.
                .visible(false)
                .on_page_load(|window, page| {
                    if page.event() == PageLoadEvent::Finished {
                        let _ = window.show();
                        let _ = window.set_focus();
                    }
                })
                .build()?;
            #[cfg(target_os = "linux")]
            window.with_webview(|view| draw_without_gpu(&view.inner()))?;
            Ok(())
        })
        .run(tauri::generate_context!());
    match run {
        Ok(()) => ExitCode::SUCCESS,
        #[cfg(target_os = "linux")]
        Err(tauri::Error::PluginInitialization(plugin, _))
            if plugin == "single-instance" && begin_again() =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window could not open");
            warn(&format!(
                "La fenêtre de Relais n’a pas pu s’ouvrir : {error}"
            ));
            ExitCode::FAILURE
        }
    }
}

/// A form needs no compositing. WebKitGTK's costs some 80 MiB and a quarter of a second at start, most of all
/// where there is no graphics card.
#[cfg(target_os = "linux")]
fn draw_without_gpu(view: &webkit2gtk::WebView) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    if let Some(settings) = view.settings() {
        settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
    }
}

/// Which try this is, from one image of the process to the next.
#[cfg(target_os = "linux")]
const TRY: &str = "RELAIS_OPENING_TRY";

/// The former window is leaving: it still holds its name on the bus and answers nothing more. This process starts
/// anew a moment later, as a person would; false once that has been tried long enough.
#[cfg(target_os = "linux")]
fn begin_again() -> bool {
    use std::os::unix::process::CommandExt;
    let before = std::env::var(TRY)
        .ok()
        .and_then(|number| number.parse().ok());
    let number: u32 = before.unwrap_or(0) + 1;
    if number > 20 {
        return false;
    }
    tracing::info!(number, "the former window is still leaving");
    std::thread::sleep(Duration::from_millis(250));
    let mut command = match std::env::current_exe() {
        Ok(program) => std::process::Command::new(program),
        Err(_) => return false,
    };
    // It returns only when the program cannot be started.
    let error = command
        .args(std::env::args_os().skip(1))
        .env(TRY, number.to_string())
        .exec();
    tracing::error!(%error, "the program could not start again");
    false
}

/// The toolkit panics without one.
fn has_screen() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn tell_changes(app: &App, handle: &tauri::AppHandle) {
    let changed = Arc::new(Notify::new());
    let teller = Arc::clone(&changed);
    app.on_change(move || teller.notify_one());
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            changed.notified().await;
            if let Err(error) = handle.emit("changed", ()) {
                tracing::warn!(%error, "a change could not be told to the window");
            }
            tokio::time::sleep(BURST).await;
        }
    });
}
