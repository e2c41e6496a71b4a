//! XLSX: real days and amounts, headings that stay in sight, a filter on each column.

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Table, columns, held, sheet_names, widths};
use crate::Error;

pub(super) fn write(tables: &[Table]) -> Result<Vec<u8>, Error> {
    book(tables).map_err(|error| Error::Table(error.to_string()))
}

struct Looks {
    heading: Format,
    day: Format,
    amount: Format,
}

fn book(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks {
        heading: Format::new().set_bold(),
        day: Format::new().set_num_format("dd/mm/yyyy"),
        amount: Format::new().set_num_format("#,##0.00\\ \"€\""),
    };
    let mut workbook = Workbook::new();
    // The library would write the hour it is: the same table must give the same bytes.
    let beginning = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&beginning));
    for (table, name) in tables.iter().zip(sheet_names(tables)) {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(name)?;
        sheet(worksheet, table, &looks)?;
    }
    workbook.save_to_buffer()
}

fn sheet(worksheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    for (column, heading) in (0..).zip(&table.headings) {
        worksheet.write_string_with_format(0, column, held(heading), &looks.heading)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            write_cell(worksheet, row, column, cell, looks)?;
        }
    }
    for (column, width) in (0..).zip(widths(table)) {
        worksheet.set_column_width(column, width as f64 + 1.0)?;
    }
    worksheet.set_freeze_panes(1, 0)?;
    if let Some(last) = columns(table).checked_sub(1) {
        let last = u16::try_from(last).map_err(|_| XlsxError::RowColumnLimitError)?;
        let rows = u32::try_from(table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        worksheet.autofilter(0, 0, rows, last)?;
    }
    Ok(())
}

fn write_cell(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => {
            let text = held(text);
            if !text.is_empty() {
                worksheet.write_string(row, column, text)?;
            }
        }
        Cell::Number(number) if number.is_finite() => {
            worksheet.write_number(row, column, *number)?;
        }
        Cell::Cents(cents) => {
            worksheet.write_number_with_format(
                row,
                column,
                *cents as f64 / 100.0,
                &looks.amount,
            )?;
        }
        // Excel's days begin in 1900; an older one is written as text rather than lost.
        Cell::Date(day) if *day < beginning_of_excel() => {
            worksheet.write_string(row, column, day.format("%Y-%m-%d").to_string())?;
        }
        Cell::Date(day) => {
            worksheet.write_datetime_with_format(row, column, day, &looks.day)?;
        }
        Cell::Number(_) | Cell::Empty => {}
    }
    Ok(())
}

fn beginning_of_excel() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 3, 1).unwrap_or(NaiveDate::MIN)
}
