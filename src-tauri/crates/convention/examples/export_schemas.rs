//! Writes the schemas of a pack's files: `cargo run -p convention --example export_schemas -- assets/pack/schemas`.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("usage: export_schemas FOLDER")?;
    fs::create_dir_all(&folder)?;
    for (name, schema) in convention::schemas() {
        let text = serde_json::to_string_pretty(&schema)? + "\n";
        fs::write(Path::new(&folder).join(format!("{name}.json")), text)?;
    }
    Ok(())
}
