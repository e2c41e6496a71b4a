//! How much of a stranger's file is ever held or walked.
//!
//! Invariant: each reader stops at these figures before it holds more, whatever sizes the file announces.

/// Of the file itself.
pub const FILE_BYTES: u64 = 64 << 20;
pub const ROWS: usize = 200_000;
pub const COLUMNS: usize = 512;
pub const SHEETS: usize = 256;
pub const CELL_BYTES: usize = 64 << 10;
/// Rows times headings: 200,000 rows of 512 columns each within its own limit would still be gigabytes.
pub const CELLS: usize = 10_000_000;
/// All cells together. A workbook may show one long text a million times.
pub const TABLE_BYTES: usize = 256 << 20;
/// Of JSON and XML.
pub const DEPTH: usize = 64;
pub const ZIP_ENTRIES: usize = 10_000;
/// All the files of a ZIP together, counted while they are unpacked.
pub const UNPACKED_BYTES: u64 = 512 << 20;
/// A file of a ZIP larger than this may not be more than `RATIO` times its packed size.
pub const RATIO_FROM_BYTES: u64 = 16 << 20;
pub const RATIO: u64 = 200;
