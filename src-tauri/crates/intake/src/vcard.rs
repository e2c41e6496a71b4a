//! Contacts as vCards: versions 2.1, 3.0 and 4.0 in, 4.0 out.
//!
//! Invariant: what `write` gives, `read` gives back, card for card, for texts as a form keeps them (trimmed, without
//! control characters). Professional data only: photographs, birthdays, home addresses and keys are walked past.
//!
//! The parsers at hand hold whole documents, photographs and all, in types that would be brought to these few
//! fields anyway; the few rules that matter stand here.

mod lines;
mod write;

use crate::{
    Reason, Refusal, Row, Sheet, Unreadable, limits,
    text::{self, clean},
};

pub use write::write;

/// A person, or a service when there is no name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    pub first_name: String,
    pub last_name: String,
    pub organisation: String,
    pub title: String,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub note: String,
    pub categories: Vec<String>,
}

/// The headings of a table of contacts, in the order of `Card::cells`.
const HEADINGS: [&str; 7] = [
    "Prénom",
    "Nom",
    "Organisme",
    "Fonction",
    "Téléphone",
    "Courriel",
    "Note",
];

/// Every card of a file. A card that breaks off refuses the file: see `crate::read` for the cards before it.
pub fn read(bytes: &[u8]) -> Result<Vec<Card>, Unreadable> {
    crate::check_size(bytes)?;
    let (text, _) = text::decode(bytes, None)?;
    let (cards, broken) = cards(&text)?;
    match (broken, cards.is_empty()) {
        (Some(_), _) => Err(Unreadable::Truncated),
        (None, true) => Err(Unreadable::NotATable),
        (None, false) => Ok(cards.into_iter().map(|(_, card)| card).collect()),
    }
}

/// The cards as rows, each with the line where it begins.
pub(crate) fn table(text: &str) -> Result<(Sheet, Vec<Refusal>), Unreadable> {
    let (cards, broken) = cards(text)?;
    let mut rows = Vec::new();
    let mut refused = Vec::new();
    let mut refuse = |line, column: Option<&str>, reason| {
        refused.push(Refusal {
            line,
            column: column.map(str::to_owned),
            reason,
            origin: None,
            cells: Vec::new(),
        });
    };
    for (line, card) in cards {
        let cells = card.cells();
        let long = cells
            .iter()
            .position(|cell| cell.len() > limits::CELL_BYTES);
        match long {
            Some(place) => refuse(line, HEADINGS.get(place).copied(), Reason::CellTooLong),
            // As in any table, a row where every cell is empty is no row.
            None if cells.iter().all(String::is_empty) => {}
            None => rows.push(Row {
                line,
                cells: cells.to_vec(),
                origin: None,
            }),
        }
    }
    if let Some(line) = broken {
        refuse(line, None, Reason::Malformed);
    }
    if rows.is_empty() && refused.is_empty() {
        return Err(Unreadable::Empty);
    }
    let headings = HEADINGS.map(str::to_owned).to_vec();
    Ok((Sheet { headings, rows }, refused))
}

type Placed = Vec<(u64, Card)>;

/// The cards with the line where each begins, and the line of one that is never ended.
fn cards(text: &str) -> Result<(Placed, Option<u64>), Unreadable> {
    let mut cards = Vec::new();
    let mut current: Option<(u64, Draft)> = None;
    // A card inside a card is an assistant's, in version 2.1; it is not of this one.
    let mut inner = 0_usize;
    for (line, property) in lines::properties(text) {
        let is_card = property.value.trim().eq_ignore_ascii_case("VCARD");
        match (property.name.as_str(), &mut current) {
            ("BEGIN", Some(_)) if is_card => inner += 1,
            ("BEGIN", None) if is_card => current = Some((line, Draft::default())),
            ("END", Some(_)) if is_card && inner > 0 => inner -= 1,
            ("END", Some(_)) if is_card => {
                if let Some((line, draft)) = current.take() {
                    cards.push((line, draft.card()));
                }
                if cards.len() > limits::ROWS {
                    return Err(Unreadable::TooManyRows {
                        most: limits::ROWS as u64,
                    });
                }
            }
            (_, Some((_, draft))) if inner == 0 => draft.take(&property),
            _ => {}
        }
    }
    Ok((cards, current.map(|(line, _)| line)))
}

/// A card under way: the name as it is displayed serves where it is not told in parts.
#[derive(Default)]
struct Draft {
    card: Card,
    displayed: String,
    role: String,
}

impl Draft {
    fn take(&mut self, property: &lines::Property) {
        let card = &mut self.card;
        match property.name.as_str() {
            "N" => {
                let mut parts = property.parts(';').into_iter();
                first(&mut card.last_name, parts.next().unwrap_or_default());
                first(&mut card.first_name, parts.next().unwrap_or_default());
            }
            "FN" => first(&mut self.displayed, property.text()),
            "ORG" => {
                let parts = property.parts(';');
                let named: Vec<String> =
                    parts.into_iter().filter(|part| !part.is_empty()).collect();
                first(&mut card.organisation, named.join(", "));
            }
            "TITLE" => first(&mut card.title, property.text()),
            "ROLE" => first(&mut self.role, property.text()),
            "TEL" => add(&mut card.phones, property.address("tel:")),
            "EMAIL" => add(&mut card.emails, property.address("mailto:")),
            "NOTE" => {
                let note = property.text();
                if !card.note.is_empty() && !note.is_empty() {
                    card.note.push('\n');
                }
                card.note.push_str(&note);
            }
            "CATEGORIES" => {
                for category in property.parts(',') {
                    add(&mut card.categories, category);
                }
            }
            _ => {}
        }
    }

    fn card(self) -> Card {
        let mut card = self.card;
        first(&mut card.title, self.role);
        // What `write` displays for want of a name is no name.
        let unnamed = card.first_name.is_empty() && card.last_name.is_empty();
        if unnamed && self.displayed != card.displayed() {
            card.last_name = self.displayed;
        }
        card
    }
}

fn first(field: &mut String, value: String) {
    if field.is_empty() {
        *field = value;
    }
}

fn add(list: &mut Vec<String>, value: String) {
    if !value.is_empty() {
        list.push(value);
    }
}

impl Card {
    /// The name to show: a vCard must have one.
    fn displayed(&self) -> String {
        let name = clean(&format!("{} {}", self.first_name, self.last_name));
        let others = [&self.organisation, &self.title];
        let others = others.into_iter().chain(&self.emails).chain(&self.phones);
        std::iter::once(&name)
            .chain(others)
            .find(|text| !text.is_empty())
            .cloned()
            .unwrap_or_default()
    }

    fn cells(&self) -> [String; 7] {
        [
            self.first_name.clone(),
            self.last_name.clone(),
            self.organisation.clone(),
            self.title.clone(),
            self.phones.join(", "),
            self.emails.join(", "),
            self.note.clone(),
        ]
    }
}

#[cfg(test)]
mod tests;
