//! What must hold however cells are read, cleared and taken back.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{SERVICE, cell, place, read, view};
use crate::{call, given::college};

/// Cells of one line that the pack does not know.
const OPEN: [&str; 2] = ["preconisation", "conseil"];

#[derive(Clone, Debug)]
enum Act {
    Read(usize, &'static str, u8),
    Clear(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let party = prop::sample::select(&["departement", "academie", "region", "sans-objet"][..]);
    let act = prop_oneof![
        3 => (0..OPEN.len(), party, 1..4u8).prop_map(|(cell, party, page)| Act::Read(cell, party, page)),
        1 => (0..OPEN.len()).prop_map(Act::Clear),
    ];
    prop::collection::vec(act, 0..8)
}

#[test]
fn acts_taken_back_in_turn_leave_the_matrix_as_the_pack_has_it() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = runtime.block_on(college(folder.path()));
    let first = runtime.block_on(view(&app));
    proptest!(ProptestConfig::with_cases(32), |(acts in acts())| {
        runtime.block_on(async {
            let mut known: [Option<(&str, u8)>; 2] = [None; 2];
            let mut batches = Vec::new();
            for act in &acts {
                let done = match *act {
                    Act::Read(at, party, page) => {
                        let done = call(&app, "cell_complete", read(OPEN[at], party, &page.to_string())).await;
                        prop_assert_eq!(
                            done["batch_id"].is_null(), known[at] == Some((party, page)),
                            "only what changes something is an act: {}", done
                        );
                        known[at] = Some((party, page));
                        done
                    }
                    Act::Clear(at) if known[at].is_some() => {
                        known[at] = None;
                        call(&app, "cell_clear", place(SERVICE, OPEN[at])).await
                    }
                    Act::Clear(_) => Value::Null,
                };
                batches.extend(done["batch_id"].as_str().map(str::to_owned));
                let now = view(&app).await;
                for (name, known) in OPEN.iter().zip(&known) {
                    let shown = cell(&now, name);
                    let expected = known.map_or(json!("inconnu"), |(party, _)| json!(party));
                    prop_assert_eq!(&shown["party"], &expected, "the last reading is what is shown");
                    let page = known.map_or(Value::Null, |(_, page)| json!(page.to_string()));
                    prop_assert_eq!(&shown["completed"]["page"], &page, "with its page");
                }
                let count = known.iter().flatten().count();
                prop_assert_eq!(&now["cells_completed"], &json!(count), "and it is counted once");
            }
            for id in batches.iter().rev() {
                let undone = call(&app, "batch_undo", json!({ "id": id })).await;
                prop_assert_eq!(&undone["kept"], &json!([]), "nothing stands in the way: {}", undone);
            }
            prop_assert_eq!(&view(&app).await, &first, "all of it is gone");
            Ok(())
        })?;
    });
}
