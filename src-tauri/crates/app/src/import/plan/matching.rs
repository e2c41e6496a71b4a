//! Which known thing a row speaks of, by its marks; and why that cannot be said, when it cannot.
//!
//! Invariant: the first key that finds something decides, and no other may disagree. What bears the mark and cannot be
//! the same all the same (another person at a shared address) is not found. A thing is spoken of by one row of the
//! file only.

use super::{Fault, Planner, Slot, Subject, key_label, mark};
use crate::{
    import::cells::{one_line, quoted},
    labels::{NNBSP, capital},
    wire::MatchKey,
};

impl<T: Subject> Planner<'_, T> {
    /// The known thing that the row speaks of. The first key that finds something decides, and no other may disagree.
    pub(super) fn find(&self, fresh: &T) -> Result<Option<usize>, Fault> {
        let mut decided: Option<(MatchKey, Slot)> = None;
        let mut silent: Vec<MatchKey> = Vec::new();
        for key in &self.order.keys {
            let Some(mark) = mark(fresh, *key) else {
                continue;
            };
            let found: Vec<Slot> = self
                .marks
                .get(key)
                .and_then(|marks| marks.get(&mark))
                .into_iter()
                .flatten()
                .copied()
                .filter(|slot| {
                    self.subject(*slot)
                        .is_some_and(|other| fresh.could_be(other))
                })
                .collect();
            match (decided, found.as_slice()) {
                (None, []) => silent.push(*key),
                (None, [one]) => decided = Some((*key, *one)),
                (None, several) => return Err(self.several(fresh, *key, several)),
                (Some((first, slot)), [_, ..]) if !found.contains(&slot) => {
                    return Err(self.disagreement(fresh, (first, slot), (*key, &found)));
                }
                _ => {}
            }
        }
        let Some((key, slot)) = decided else {
            return Ok(None);
        };
        if T::FIRM {
            for stronger in silent {
                self.contradiction(fresh, stronger, key, slot)?;
            }
        }
        match (self.line(slot), slot) {
            (None, Slot::Known(place)) => Ok(Some(place)),
            (line, _) => Err(Fault::of(
                field_of(key),
                format!(
                    "{} est déjà à la ligne {} du fichier ({} {}). Gardez une seule des deux lignes.",
                    capital(T::THIS),
                    line.unwrap_or_default(),
                    key_label(key),
                    quoted(&fresh.written(key)),
                ),
            )),
        }
    }

    fn several(&self, fresh: &T, key: MatchKey, found: &[Slot]) -> Fault {
        Fault {
            candidates: known_of(found),
            ..Fault::of(
                field_of(key),
                format!(
                    "Le {} {} désigne plusieurs fiches{NNBSP}: {}. Relais ne choisit pas entre elles.",
                    key_label(key),
                    quoted(&fresh.written(key)),
                    self.names(found),
                ),
            )
        }
    }

    fn disagreement(
        &self,
        fresh: &T,
        (first, slot): (MatchKey, Slot),
        (second, found): (MatchKey, &[Slot]),
    ) -> Fault {
        let mut candidates = known_of(&[slot]);
        candidates.extend(known_of(found));
        Fault {
            candidates,
            ..Fault::of(
                field_of(second),
                format!(
                    "Le {} {} est celui de {}, mais le {} {} est celui de {}. Corrigez l’un des deux.",
                    key_label(first),
                    quoted(&fresh.written(first)),
                    self.names(&[slot]),
                    key_label(second),
                    quoted(&fresh.written(second)),
                    self.names(found),
                ),
            )
        }
    }

    /// Found by a weaker mark, but the stronger one is another: a host name goes from an old machine to a new one.
    fn contradiction(
        &self,
        fresh: &T,
        stronger: MatchKey,
        key: MatchKey,
        slot: Slot,
    ) -> Result<(), Fault> {
        let other = self
            .subject(slot)
            .map(|subject| subject.written(stronger))
            .unwrap_or_default();
        if other.is_empty() {
            return Ok(());
        }
        let strong = key_label(stronger);
        Err(Fault {
            candidates: known_of(&[slot]),
            ..Fault::of(
                field_of(key),
                format!(
                    "Le {} {} est celui de {}, dont le {strong} est {} et non {}. Si c’est bien la même machine, ne la reconnaissez pas par son {strong}.",
                    key_label(key),
                    quoted(&fresh.written(key)),
                    self.names(&[slot]),
                    quoted(&other),
                    quoted(&fresh.written(stronger)),
                ),
            )
        })
    }

    /// A mark that is another's already may not be taken; one that was there before is no change.
    pub(super) fn own_mark(
        &self,
        found: Option<usize>,
        before: Option<&T>,
        after: &T,
    ) -> Result<(), Fault> {
        let Some((field, own)) = after.own() else {
            return Ok(());
        };
        if before.and_then(T::own).is_some_and(|(_, was)| was == own) {
            return Ok(());
        }
        let others: Vec<Slot> = self
            .owners
            .get(&own)
            .into_iter()
            .flatten()
            .copied()
            .filter(|slot| found.is_none_or(|place| *slot != Slot::Known(place)))
            .collect();
        if others.is_empty() {
            return Ok(());
        }
        Err(Fault {
            candidates: known_of(&others),
            ..Fault::of(
                field,
                format!(
                    "Ce numéro de série est déjà celui d’une autre fiche{NNBSP}: {}.",
                    self.names(&others)
                ),
            )
        })
    }

    /// « Portable HP ProBook 450, série X » or « la ligne 3 », three at most.
    fn names(&self, slots: &[Slot]) -> String {
        let mut names: Vec<String> = slots
            .iter()
            .take(3)
            .map(|slot| match (slot, self.subject(*slot)) {
                (Slot::Known(_), Some(subject)) => one_line(&subject.name()),
                _ => format!("la ligne {}", self.line(*slot).unwrap_or_default()),
            })
            .collect();
        if slots.len() > names.len() {
            names.push("…".to_owned());
        }
        names.join(", ")
    }
}

fn known_of(slots: &[Slot]) -> Vec<usize> {
    slots
        .iter()
        .filter_map(|slot| match slot {
            Slot::Known(place) => Some(*place),
            Slot::Row(_) => None,
        })
        .collect()
}

/// Keys bear the names of the fields they compare.
fn field_of(key: MatchKey) -> &'static str {
    key.id()
}
