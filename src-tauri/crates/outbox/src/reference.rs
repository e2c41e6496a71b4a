//! The short reference that follows a dossier to the platform and back: `REL-` and six Crockford base32 symbols.
//!
//! Invariant: it can be dictated over the telephone; I, L, O and U are not in it.

use rand::Rng;

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

pub fn new_reference(rng: &mut (impl Rng + ?Sized)) -> String {
    let mut bits = rng.next_u32();
    let mut reference = String::from("REL-");
    for _ in 0..6 {
        let index = (bits & 31) as usize;
        bits >>= 5;
        reference.extend(SYMBOLS.get(index).map(|symbol| char::from(*symbol)));
    }
    reference
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use std::collections::BTreeSet;

    #[test]
    fn references_can_be_dictated_and_do_not_repeat() {
        let mut rng = StdRng::seed_from_u64(1);
        let all: BTreeSet<String> = (0..2_000).map(|_| new_reference(&mut rng)).collect();
        assert_eq!(
            all.len(),
            2_000,
            "two thousand dossiers have two thousand references"
        );
        for reference in &all {
            assert!(
                reference.len() == 10
                    && reference.starts_with("REL-")
                    && !reference[4..].contains(['I', 'L', 'O', 'U']),
                "{reference} has the agreed form and no look-alike letter"
            );
        }
        let symbols: BTreeSet<char> = all.iter().flat_map(|r| r[4..].chars()).collect();
        assert_eq!(symbols.len(), 32, "every symbol is used");
    }
}
