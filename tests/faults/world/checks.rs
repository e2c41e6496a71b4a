//! What must hold: at every step, never twice; in the end, exactly once, and nothing said that is not so.

use super::*;

impl World {
    pub fn violations(&self) -> Vec<String> {
        let mut all = self.watch.violations();
        all.extend(self.wrong.iter().cloned());
        all
    }

    pub(super) fn held(&self, reference: &str) -> Vec<String> {
        let incidents = self.sandbox.incidents().into_iter();
        incidents
            .filter(|one| one.reference.as_deref() == Some(reference))
            .map(|one| one.number)
            .collect()
    }

    pub(super) fn check_never_twice(&mut self) {
        for at in 0..self.dossiers.len() {
            let reference = self.dossiers[at].creation.reference.clone();
            let held = self.held(&reference);
            if held.len() > 1 {
                self.wrong.push(format!(
                    "{reference} is on the platform {} times",
                    held.len()
                ));
            }
        }
    }

    /// Read from the disk, by a fresh start.
    pub(super) fn check_the_end(&mut self) {
        self.check_never_twice();
        self.start_up(false);
        let items = self.items(&OutboxFilter::All);
        for at in 0..self.dossiers.len() {
            let (identity, reference) = {
                let creation = &self.dossiers[at].creation;
                (creation.identity.clone(), creation.reference.clone())
            };
            let held = self.held(&reference);
            let Some(item) = items.iter().find(|item| item.identity == identity) else {
                self.wrong.push(format!("{reference} is lost"));
                continue;
            };
            let ticket = self
                .store()
                .read(|conn| store::ticket::get(conn, &item.ticket_id))
                .expect("the store can be read")
                .and_then(|ticket| ticket.number);
            match item.state.as_str() {
                "accepte" => {
                    if held.len() != 1
                        || item.proof_number.as_ref() != held.first()
                        || ticket.as_ref() != held.first()
                    {
                        self.wrong.push(format!(
                            "{reference} is « accepté » as {:?}, its dossier says {ticket:?}, the platform holds {held:?}",
                            item.proof_number
                        ));
                    }
                }
                "retire" if held.is_empty() => {}
                state => self.wrong.push(format!(
                    "{reference} ended in « {state} », the platform holds {held:?}"
                )),
            }
        }
    }
}
