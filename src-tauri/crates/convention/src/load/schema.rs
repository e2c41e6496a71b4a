//! The JSON Schemas of a pack's TOML files, for the editor of whoever writes one.
//!
//! Invariant: they are made from the types the loader reads with, so they accept what it accepts; every key is
//! told in French (`told`). Left out on purpose: what only the loader can check, references first.

mod told;

use std::collections::BTreeMap;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use self::told::{KINDS, told};
use super::{
    MissionFile,
    raw::{RawFile, RawPlatform},
};
use crate::{
    pack::{Charter, Manifest, Rules},
    step::KNOWN,
};

/// By the name of the schema: `guide` is for every file of the folder of that name, the others for one file each.
pub fn schemas() -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("charte", of::<Charter>()),
        ("guide", of::<RawFile>()),
        ("manifest", of::<Manifest>()),
        ("missions", of::<MissionFile>()),
        ("plateforme", of::<RawPlatform>()),
        ("regles", of::<Rules>()),
    ])
}

/// Draft 7 is what the editors of TOML read.
fn of<T: JsonSchema>() -> Value {
    let schema = SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<T>();
    let mut schema = Value::from(schema);
    plain(&mut schema);
    let owner = T::schema_name();
    if let Some(root) = schema.as_object_mut() {
        root.remove("title");
        explain(&owner, root);
        if let Some(Value::Object(definitions)) = root.get_mut("definitions") {
            for (name, definition) in definitions {
                if let Some(definition) = definition.as_object_mut() {
                    explain(name, definition);
                }
            }
        }
    }
    // Cargo may have built the maps in either order.
    schema.sort_all_objects();
    schema
}

/// Without what TOML cannot write (null) and without the words of the code.
fn plain(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(plain),
        Value::Object(schema) => {
            if schema.get("description").is_some_and(Value::is_string) {
                schema.remove("description");
            }
            if schema.get("default").is_some_and(Value::is_null) {
                schema.remove("default");
            }
            if let Some(Value::Array(kinds)) = schema.get_mut("type") {
                kinds.retain(|kind| kind != "null");
                if let [kind] = kinds.as_slice() {
                    let kind = kind.clone();
                    schema.insert("type".to_owned(), kind);
                }
            }
            if let Some(Value::Array(either)) = schema.get_mut("anyOf") {
                either.retain(|one| one.get("type").is_none_or(|kind| kind != "null"));
                if let [Value::Object(one)] = either.as_slice() {
                    let one = one.clone();
                    schema.remove("anyOf");
                    schema.extend(one);
                }
            }
            schema.values_mut().for_each(plain);
        }
        _ => {}
    }
}

/// Each key of a table in French, and the closed lists that the types do not hold.
fn explain(owner: &str, schema: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for (key, property) in properties {
        // Draft 7 reads nothing beside a reference.
        if let Some(reference) = property.as_object_mut().and_then(|it| it.remove("$ref")) {
            *property = json!({ "allOf": [{ "$ref": reference }] });
        }
        let Some(property) = property.as_object_mut() else {
            continue;
        };
        if let Some(text) = told(owner, key) {
            property.insert("description".to_owned(), text.into());
        }
        match (owner, key.as_str()) {
            ("RawItem", "genre") => property.insert("enum".to_owned(), json!(KINDS)),
            ("RawField", "reprend") => property.insert("enum".to_owned(), json!(KNOWN)),
            _ => None,
        };
    }
}
