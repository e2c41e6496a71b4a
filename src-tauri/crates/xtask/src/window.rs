//! The application opened: on a screen when there is one, and otherwise filmed under Xvfb.
//!
//! Invariant: without a display nothing is left half shown: a person over ssh or a machine of a CI gets the
//! same training tour as pictures.

use crate::{
    setup,
    shell::{Done, command, run, target},
    stages::{build_application, build_ui},
};

/// Builds and opens the application, or films its tour.
pub fn run_or_film(arguments: &[String]) -> Done {
    prepare()?;
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if screen || !arguments.is_empty() {
        let program = target().join("debug/relais");
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        return run(command(&program.to_string_lossy(), &arguments));
    }
    println!("No display here: the training tour is filmed under Xvfb instead.");
    film("tour")
}

/// A picture of each screen, in both themes, zoomed and in a small window.
pub fn screens() -> Done {
    prepare()?;
    film("screens")
}

fn prepare() -> Done {
    setup::all()?;
    build_ui()?;
    build_application()
}

/// Runs one film of `tests/desktop/film.rs`, whose pictures go to a folder of the same name under target.
fn film(name: &str) -> Done {
    run(command("cargo", &["build", "--workspace", "--bin", "film"]))?;
    let program = target().join("debug/film");
    let folder = target().join(name);
    run(command(
        &program.to_string_lossy(),
        &[name, &folder.to_string_lossy()],
    ))?;
    println!("Pictures: {}", folder.display());
    Ok(())
}
