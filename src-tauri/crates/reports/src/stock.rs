//! The label sheets and rolls that can be bought, with their exact geometry.
//!
//! Invariant: places never overlap and never leave the page; `first` and the rows count from the top left, as one
//! reads a sheet. Sheets of other makers with the same references (« compatible L7651 ») share this geometry.
//!
//! Sizes and counts are those Avery prints on its packs; the gaps between labels are 2.5 mm across and none down, and
//! the sheets are centred on A4, as in the maker's own templates. The gLabels collection of templates agrees within
//! 0.4 mm for L4732, L7651 and L7160.
//!
//! Left out on purpose: printers' own offsets. They are corrected in the printer's driver, for all that it prints.

/// What the labels are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stock {
    AveryL4731,
    AveryL4732,
    AveryL7651,
    AveryL7160,
    AveryL7163,
    Roll62,
    Roll50,
}

/// A page of labels, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    pub page: (f64, f64),
    pub label: (f64, f64),
    pub columns: u32,
    pub rows: u32,
    /// From the page's edges to the first label's.
    pub left: f64,
    pub top: f64,
    /// From one label's edge to the next one's.
    pub pitch: (f64, f64),
}

impl Sheet {
    pub fn places(&self) -> u32 {
        self.columns * self.rows
    }

    /// The top left corner of a place counted from 0.
    pub fn corner(&self, place: u32) -> (f64, f64) {
        let (row, column) = (place / self.columns, place % self.columns);
        (
            self.left + f64::from(column) * self.pitch.0,
            self.top + f64::from(row) * self.pitch.1,
        )
    }
}

impl Stock {
    pub const ALL: [Stock; 7] = [
        Stock::AveryL4731,
        Stock::AveryL4732,
        Stock::AveryL7651,
        Stock::AveryL7160,
        Stock::AveryL7163,
        Stock::Roll62,
        Stock::Roll50,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Stock::AveryL4731 => "l4731",
            Stock::AveryL4732 => "l4732",
            Stock::AveryL7651 => "l7651",
            Stock::AveryL7160 => "l7160",
            Stock::AveryL7163 => "l7163",
            Stock::Roll62 => "rouleau-62",
            Stock::Roll50 => "rouleau-50",
        }
    }

    pub fn from_id(id: &str) -> Option<Stock> {
        Stock::ALL.into_iter().find(|stock| stock.id() == id)
    }

    /// The name shown to a person who chooses.
    pub fn name(self) -> &'static str {
        match self {
            Stock::AveryL4731 => "Avery L4731 – 25,4 × 10 mm, 189 par feuille",
            Stock::AveryL4732 => "Avery L4732 – 35,6 × 16,9 mm, 80 par feuille",
            Stock::AveryL7651 => "Avery L7651 – 38,1 × 21,2 mm, 65 par feuille",
            Stock::AveryL7160 => "Avery L7160 – 63,5 × 38,1 mm, 21 par feuille",
            Stock::AveryL7163 => "Avery L7163 – 99,1 × 38,1 mm, 14 par feuille",
            Stock::Roll62 => "Rouleau 62 × 29 mm, une étiquette par page",
            Stock::Roll50 => "Rouleau 50 × 25 mm, une étiquette par page",
        }
    }

    pub fn sheet(self) -> Sheet {
        match self {
            Stock::AveryL4731 => a4((25.4, 10.0), (7, 27), (8.6, 13.5), (27.9, 10.0)),
            Stock::AveryL4732 => a4((35.6, 16.9), (5, 16), (11.0, 13.3), (38.1, 16.9)),
            Stock::AveryL7651 => a4((38.1, 21.2), (5, 13), (4.75, 10.7), (40.6, 21.2)),
            Stock::AveryL7160 => a4((63.5, 38.1), (3, 7), (7.25, 15.15), (66.0, 38.1)),
            Stock::AveryL7163 => a4((99.1, 38.1), (2, 7), (4.65, 15.15), (101.6, 38.1)),
            Stock::Roll62 => roll(62.0, 29.0),
            Stock::Roll50 => roll(50.0, 25.0),
        }
    }
}

fn a4(label: (f64, f64), grid: (u32, u32), corner: (f64, f64), pitch: (f64, f64)) -> Sheet {
    Sheet {
        page: (210.0, 297.0),
        label,
        columns: grid.0,
        rows: grid.1,
        left: corner.0,
        top: corner.1,
        pitch,
    }
}

/// On a roll the page is the label, and the next label is the next page.
fn roll(width: f64, height: f64) -> Sheet {
    Sheet {
        page: (width, height),
        label: (width, height),
        columns: 1,
        rows: 1,
        left: 0.0,
        top: 0.0,
        pitch: (width, height),
    }
}
