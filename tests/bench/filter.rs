//! From a key in the list's filter to painted rows, in the real window, with 20,000 pieces of equipment.
//!
//! The window times itself: from the key event's own time stamp to the end of the frame that draws the last change
//! of the rows. Beside it, in the same run: a key in the same field that changes no row, to the end of its frame.

use serde_json::json;
use tests::desktop::{journeys, window::Window};

use crate::{college, median, quantile, start::desk_with_key, verdict};

const LIMIT_MS: f64 = 50.0;

/// Typed letter by letter into the empty filter, and taken back letter by letter: serial numbers, which narrow the
/// list at each key, and words.
fn typed() -> Vec<String> {
    let serials = (0..8).map(|step| college::serial(step * 2_411));
    let words = ["latitude", "copieur c0", "epson", "cd65-2019", "w65-0001"];
    serials
        .map(|serial| serial.to_lowercase())
        .chain(words.map(str::to_owned))
        .collect()
}

const WATCH: &str = r#"
window.bench = { keys: [], touched: performance.now() };
const painted = (key, name) => requestAnimationFrame(() => setTimeout(() => { key[name] = performance.now(); }));
addEventListener("keydown", (event) => {
  bench.touched = performance.now();
  const key = { at: event.timeStamp, framed: null, painted: null };
  bench.keys.push(key);
  painted(key, "framed");
}, true);
const inGrid = ({ target }) => (target instanceof Element ? target : target.parentElement)?.closest("[role=grid]") != null;
new MutationObserver((changes) => {
  const key = bench.keys.at(-1);
  if (!key || !changes.some(inGrid)) return;
  bench.touched = performance.now();
  painted(key, "painted");
}).observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });
"#;

pub fn measure() -> bool {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(keys())
}

async fn keys() -> bool {
    let desk = desk_with_key();
    std::os::unix::fs::symlink(college::folder(), desk.data()).expect("the home is ours");
    let window = desk.open().await;
    window.resize(1280, 800).await;
    journeys::go(&window, "Équipements").await;
    window.settle().await;
    window.press("/").await;
    window.in_field().await;
    window.run(WATCH, vec![]).await;
    for text in typed() {
        for letter in text.chars() {
            window.press(letter.to_string()).await;
            rest(&window).await;
        }
        for _ in text.chars() {
            window.press(thirtyfour::Key::Backspace).await;
            rest(&window).await;
        }
    }
    let keys = window
        .run(
            "return bench.keys.map(({ at, framed, painted }) => [framed - at, painted === null ? null : painted - at])",
            vec![],
        )
        .await;
    window.close().await;
    let keys: Vec<(f64, Option<f64>)> =
        serde_json::from_value(keys).expect("a list of pairs of milliseconds");
    let (mut framed, mut painted) = (Vec::new(), Vec::new());
    for (frame, rows) in &keys {
        match rows {
            Some(rows) => painted.push(*rows),
            None => framed.push(*frame),
        }
    }
    println!(
        "{} keys over {} machines, {} of them change the rows",
        keys.len(),
        college::EQUIPMENT,
        painted.len()
    );
    assert!(
        painted.len() > 50,
        "keys that change nothing measure nothing"
    );
    println!("                                 median        p95");
    for (what, times) in [
        ("key to painted rows", &mut painted),
        ("key that changes no row", &mut framed),
    ] {
        if !times.is_empty() {
            println!(
                "{what:<32} {:>6.1} ms  {:>6.1} ms",
                median(times),
                quantile(times, 0.95)
            );
        }
    }
    verdict(
        "key to painted rows, p95",
        quantile(&mut painted, 0.95),
        LIMIT_MS,
        "ms",
    )
}

/// Waits until the rows have not moved for a while, so that each key is alone.
async fn rest(window: &Window) {
    while window
        .run("return performance.now() - bench.touched > 250", vec![])
        .await
        != json!(true)
    {}
}
