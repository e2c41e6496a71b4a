//! Writes the TypeScript of the wire: `cargo run -p app --example export_types -- ui/src/wire`.

fn main() -> Result<(), String> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("usage: export_types FOLDER")?;
    app::commands::export_types(std::path::Path::new(&folder))
}
