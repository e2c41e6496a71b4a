//! Label sheets: where each label falls, and what stands where on it.
//!
//! Invariant: nothing leaves its label. The code has its room first, since a label that cannot be scanned is useless;
//! texts share what is left, shrink to fit, and end in « … » below the least size that can be read.
//!
//! Left out on purpose: free layouts. One face per code, the same on every stock, is what a person recognises.

use serde::Serialize;

use crate::code::Unfit;
use crate::typeset::{Template, pdf};
use crate::{Code, Error, Sheet, Stock};

/// What one label says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// « Portable HP ProBook 450 ».
    pub title: String,
    /// The number a person reads; when it is empty, the code itself is printed.
    pub number: String,
    /// What the scanner types.
    pub code: String,
    /// « B204 · Collège Desaix ».
    pub line: String,
}

/// Sets a sheet of labels, from the first free place on (1 is the top left one; on a roll there is only one).
/// `college` names the document, and stands on labels that have the room when their line does not name it already.
pub fn labels(
    labels: &[Label],
    stock: Stock,
    code: Code,
    first: u32,
    college: &str,
) -> Result<Vec<u8>, Error> {
    pdf(Template::Labels, &job(labels, stock, code, first, college)?)
}

/// What the template draws: pages of faces, all in millimetres.
#[derive(Serialize)]
pub(crate) struct Job {
    title: String,
    college: String,
    page: (f64, f64),
    label: (f64, f64),
    pages: Vec<Vec<Face>>,
}

#[derive(Serialize)]
struct Face {
    /// The label's corner on the page.
    x: f64,
    y: f64,
    svg: String,
    alt: String,
    /// The code's place on the label.
    code: Area,
    /// The number under the code, where it has its own room.
    under: Option<(Area, Text)>,
    /// Texts one under the other, centred in height.
    column: Area,
    align: &'static str,
    texts: Vec<Text>,
}

#[derive(Serialize, Clone, Copy)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// A text with the height it may take and its greatest size in points.
#[derive(Serialize)]
struct Text {
    text: String,
    bold: bool,
    /// A number may break anywhere, and its end tells it from the next one: it is cut at its beginning.
    number: bool,
    height: f64,
    most: f64,
}

pub(crate) fn job(
    labels: &[Label],
    stock: Stock,
    code: Code,
    first: u32,
    college: &str,
) -> Result<Job, Error> {
    let sheet = stock.sheet();
    let places = sheet.places();
    if labels.is_empty() {
        return Err(Error::Nothing);
    }
    if first == 0 || first > places {
        return Err(Error::NoSuchPlace { first, places });
    }
    let mut pages = Vec::new();
    let mut page = Vec::new();
    let mut place = first - 1;
    for label in labels {
        let (x, y) = sheet.corner(place);
        page.push(face(label, stock, &sheet, code, college, (x, y))?);
        place += 1;
        if place == places {
            pages.push(std::mem::take(&mut page));
            place = 0;
        }
    }
    if !page.is_empty() {
        pages.push(page);
    }
    Ok(Job {
        title: format!("Étiquettes – {college}"),
        college: college.to_owned(),
        page: sheet.page,
        label: sheet.label,
        pages,
    })
}

fn face(
    label: &Label,
    stock: Stock,
    sheet: &Sheet,
    code: Code,
    college: &str,
    (x, y): (f64, f64),
) -> Result<Face, Error> {
    let (width, height) = sheet.label;
    let small = height <= 10.0;
    let inset = if small { 0.5 } else { 1.2 };
    // On the smallest labels, a code takes the whole height or width: its quiet zone is its margin.
    let (room, under_height) = match code {
        Code::Qr => {
            let margin = if small { 0.0 } else { 1.0 };
            let under = if height >= 25.0 { 3.8 } else { 0.0 };
            let side = (height - 2.0 * margin - under).min(width / 2.0).min(26.0);
            ((side, side), under)
        }
        Code::Code128 => {
            let bars = ((height - 2.0 * inset) * 0.5).clamp(4.5, 15.0);
            let margin = if small { 0.0 } else { inset };
            ((width - 2.0 * margin, bars), 0.0)
        }
    };
    let drawing = code
        .draw(&label.code, room.0, room.1)
        .map_err(|unfit| match unfit {
            Unfit::TooLong => Error::CodeTooLong {
                code: label.code.clone(),
                stock: stock.name(),
            },
            Unfit::Content(why) => Error::CodeUnfit {
                code: label.code.clone(),
                why,
            },
        })?;
    let (code_x, code_y, column) = match code {
        Code::Qr => {
            let x = if small { 0.0 } else { 1.0 };
            let right = x + drawing.width;
            let column = Area {
                x: right,
                y: inset,
                width: width - right - inset,
                height: height - 2.0 * inset,
            };
            (x, (height - drawing.height - under_height) / 2.0, column)
        }
        Code::Code128 => {
            let bottom = inset + drawing.height;
            let column = Area {
                x: inset,
                y: bottom,
                width: width - 2.0 * inset,
                height: height - inset - bottom,
            };
            ((width - drawing.width) / 2.0, inset, column)
        }
    };
    let under = (under_height > 0.0).then(|| {
        let area = Area {
            x: code_x,
            // The quiet zone is white already: the number comes up into its last module or so.
            y: code_y + drawing.height - 0.6,
            width: drawing.width,
            height: under_height,
        };
        (area, number(label, under_height, 10.0))
    });
    let texts = column_texts(label, code, college, height, column.height, under.is_some());
    Ok(Face {
        x,
        y,
        alt: format!("{} : {}", code.name(), label.code),
        code: Area {
            x: code_x,
            y: code_y,
            width: drawing.width,
            height: drawing.height,
        },
        svg: drawing.svg,
        under,
        column,
        align: match code {
            Code::Qr => "left",
            Code::Code128 => "center",
        },
        texts,
    })
}

fn number(label: &Label, height: f64, most: f64) -> Text {
    let number = label.number.trim();
    Text {
        text: if number.is_empty() {
            label.code.as_str()
        } else {
            number
        }
        .to_owned(),
        bold: true,
        number: true,
        height,
        most,
    }
}

/// The least height worth giving to a text: a line of four points.
const LEAST_LINE: f64 = 1.8;

/// The texts beside or under the code, each with its share of the column, in the order of what a person looks for.
/// What would be too small to read is left out, from the last on.
fn column_texts(
    label: &Label,
    code: Code,
    college: &str,
    height: f64,
    column: f64,
    has_number: bool,
) -> Vec<Text> {
    // The same sizes on all labels of a sheet: a short title does not outgrow the number.
    let (large, medium, little) = match height {
        height if height <= 10.0 => (8.0, 6.5, 5.5),
        height if height < 25.0 => (10.0, 7.5, 6.0),
        _ => (12.0, 10.0, 8.0),
    };
    let text = |text: &str, bold, share, most| Text {
        text: text.trim().to_owned(),
        bold,
        number: false,
        height: share,
        most,
    };
    let named = college.is_empty() || label.line.contains(college);
    let title_share = match code {
        Code::Qr => 0.46,
        Code::Code128 => 0.36,
    };
    let mut texts = vec![
        text(&label.title, has_number, title_share, medium),
        text(&label.line, false, 0.26, little),
    ];
    if !has_number {
        texts.insert(0, number(label, 0.36, large));
    }
    if !named && height >= 25.0 {
        texts.push(text(college, false, 0.26, little));
    }
    texts.retain(|text| !text.text.is_empty());
    loop {
        let shares: f64 = texts.iter().map(|text| text.height).sum();
        let least = texts.iter().map(|text| text.height).fold(1.0, f64::min);
        if texts.len() < 2 || column * least / shares >= LEAST_LINE {
            for text in &mut texts {
                text.height *= column / shares;
            }
            return texts;
        }
        texts.pop();
    }
}

#[cfg(test)]
#[path = "label/tests.rs"]
mod tests;
