//! What is asked of a file and what comes out of it.
//!
//! Invariant: each word that leaves the program has one identifier, declared once here. Reasons are typed; their
//! French wording is the application's.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $id:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($variant,)+ }

        impl $name {
            pub const ALL: [$name; [$($id),+].len()] = [$($name::$variant),+];

            /// The identifier of JSON and of the command line.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)+ }
            }

            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|word| word.id() == id)
            }
        }
    };
}

words! {
    /// How bytes make letters. `Utf8Bom` is UTF-8 that says so itself, as French Excel likes it.
    Encoding {
        Utf8 = "utf-8",
        Utf8Bom = "utf-8-bom",
        Utf16Le = "utf-16-le",
        Utf16Be = "utf-16-be",
        Windows1252 = "windows-1252",
    }
}

words! {
    /// What stands between two cells; the order breaks ties.
    Separator {
        Semicolon = "point-virgule",
        Comma = "virgule",
        Tab = "tabulation",
        Pipe = "barre",
    }
}

impl Separator {
    pub(crate) const fn byte(self) -> u8 {
        match self {
            Separator::Semicolon => b';',
            Separator::Comma => b',',
            Separator::Tab => b'\t',
            Separator::Pipe => b'|',
        }
    }
}

words! {
    Format {
        Delimited = "csv",
        Xlsx = "xlsx",
        Ods = "ods",
        AgentJson = "glpi-json",
        AgentXml = "ocs-xml",
        Zip = "zip",
        VCard = "vcard",
    }
}

/// A table as a person sees it: headings and rows of text.
///
/// Headings are never empty and never twice the same, so that a mapping can be remembered by them: an unnamed
/// column is « Colonne 3 », and a repeated name is followed by « (2) ».
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub headings: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row and its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As the person's editor or spreadsheet counts it. For a machine's inventory, its rank in the file or in the
    /// ZIP; for a contact, the line where its card begins.
    pub line: u64,
    /// Exactly as many as there are headings, trimmed.
    pub cells: Vec<String>,
    /// The name of the file inside a ZIP.
    pub origin: Option<String>,
}

/// What the person changed; `None` is what the reader proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub encoding: Option<Encoding>,
    pub separator: Option<Separator>,
    pub sheet: Option<String>,
    /// The first row that is not empty at or after this line is the headings.
    pub headings_line: Option<u64>,
}

/// A file read, with what was decided about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub format: Format,
    pub encoding: Option<Encoding>,
    pub separator: Option<Separator>,
    /// The names of a workbook's sheets, hidden ones last.
    pub sheets: Vec<String>,
    pub sheet: Option<String>,
    /// 0 when the file has no headings of its own: inventories and contacts.
    pub headings_line: u64,
    pub table: Sheet,
    /// In the order of the file. Rows read = `table.rows` + `refused`.
    pub refused: Vec<Refusal>,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub line: u64,
    /// The heading of the cell at fault, when it is one cell.
    pub column: Option<String>,
    pub reason: Reason,
    pub origin: Option<String>,
    /// What could be cut into cells, as it stands, for the person to mend: a cell that was too long is « … », and of
    /// a quote never closed only the first line is here. Empty for inventories and contacts.
    pub cells: Vec<String>,
}

/// Why a row, or a file of a ZIP, could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// More cells than headings.
    TooManyCells { found: usize, headings: usize },
    /// A quote is opened here and never closed.
    UnclosedQuote,
    /// A cell longer than `limits::CELL_BYTES`.
    CellTooLong,
    /// A file of a ZIP that is no machine's inventory.
    NotAnInventory,
    /// A file of a ZIP, or a record of a file, that breaks off or is not well formed.
    Malformed,
    /// A file of a ZIP that asks for a password.
    Encrypted,
    /// An inventory without name, serial number, inventory number or address: nothing says which machine it is.
    Unnamed,
}

impl Reason {
    /// The identifier of JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Reason::TooManyCells { .. } => "trop-de-cellules",
            Reason::UnclosedQuote => "guillemet-ouvert",
            Reason::CellTooLong => "cellule-trop-longue",
            Reason::NotAnInventory => "pas-un-inventaire",
            Reason::Malformed => "mal-forme",
            Reason::Encrypted => "chiffre",
            Reason::Unnamed => "sans-nom",
        }
    }
}

/// What a file has too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    FileBytes,
    /// Bytes once unpacked, or packed far tighter than any honest file.
    UnpackedBytes,
    Entries,
    Sheets,
    Columns,
    Cells,
    Depth,
}

/// Why a file is refused whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the file is empty, or holds nothing but blanks")]
    Empty,
    #[error("too large: {what:?} over {most}")]
    TooLarge { what: Measure, most: u64 },
    #[error("more than {most} rows")]
    TooManyRows { most: u64 },
    #[error("protected by a password")]
    Encrypted,
    #[error("the file breaks off, or its container is damaged")]
    Truncated,
    #[error("no table, inventory or contact in it")]
    NotATable,
    #[error("a workbook of Excel 97-2003 (.xls)")]
    OldWorkbook,
    #[error("not a format that is read here")]
    UnknownFormat,
    #[error("the bytes are not {}", chosen.id())]
    BadEncoding { chosen: Encoding },
    #[error("no sheet is called {0:?}")]
    NoSuchSheet(String),
    #[error("no row at or after line {0}")]
    NoSuchLine(u64),
    /// `line` and `column` count from 1, the column in bytes.
    #[error("not well formed at line {line}, column {column}")]
    Malformed { line: u64, column: u64 },
}
