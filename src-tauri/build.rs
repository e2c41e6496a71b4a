fn main() {
    // Only the commands listed here can be granted to the window.
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(
        tauri_build::AppManifest::new().commands(&["rpc", "take_file", "open_saved", "open_link"]),
    ))
    .unwrap_or_else(|error| {
        println!("cargo::error={error:#}");
        std::process::exit(1);
    });
}
