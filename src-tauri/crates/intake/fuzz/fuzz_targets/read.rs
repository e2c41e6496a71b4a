//! Any bytes, read as a file of unknown name: rows within the limits or one fault, and never a panic.

#![no_main]

#[path = "../../tests/it/holds.rs"]
mod holds;

use intake::{Choices, vcard};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(reading) = intake::read("fichier", bytes, &Choices::default()) {
        holds::holds(&reading);
    }
    if let Ok(cards) = vcard::read(bytes) {
        let again = vcard::read(vcard::write(&cards).as_bytes());
        assert_eq!(again, Ok(cards), "a card that was read can be written");
    }
});
