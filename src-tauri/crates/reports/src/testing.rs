//! How the tests look at a document: as a picture, and as the texts that stand on it.

use serde::Serialize;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use crate::typeset::{Template, lay_out};

/// A page in shades of grey.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub luma: Vec<u8>,
    per_mm: f64,
}

impl Picture {
    /// The part between two corners, in millimetres.
    pub fn part(&self, (x, y): (f64, f64), (width, height): (f64, f64)) -> Picture {
        let pixel = |mm: f64, most: usize| ((mm * self.per_mm).round() as usize).min(most);
        let (left, right) = (pixel(x, self.width), pixel(x + width, self.width));
        let (top, bottom) = (pixel(y, self.height), pixel(y + height, self.height));
        Picture {
            width: right - left,
            height: bottom - top,
            luma: (top..bottom)
                .flat_map(|row| &self.luma[row * self.width + left..row * self.width + right])
                .copied()
                .collect(),
            per_mm: self.per_mm,
        }
    }

    /// Makes a part white.
    pub fn blank(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let pixel = |mm: f64, most: usize| ((mm * self.per_mm).round() as usize).min(most);
        let (left, right) = (pixel(x, self.width), pixel(x + width, self.width));
        for row in pixel(y, self.height)..pixel(y + height, self.height) {
            self.luma[row * self.width + left..row * self.width + right].fill(255);
        }
    }

    pub fn is_white(&self) -> bool {
        self.luma.iter().all(|luma| *luma == 255)
    }
}

pub fn pictures(document: &PagedDocument, dots_per_inch: f64) -> Vec<Picture> {
    let options = RenderOptions {
        pixel_per_pt: (dots_per_inch / 72.0).into(),
        ..RenderOptions::default()
    };
    let pages = document.pages().iter();
    pages
        .map(|page| {
            let pixmap = typst_render::render(page, &options);
            let luma = pixmap.data().chunks(4).map(|pixel| {
                let sum: u32 = pixel[..3].iter().map(|part| u32::from(*part)).sum();
                (sum / 3) as u8
            });
            Picture {
                width: pixmap.width() as usize,
                height: pixmap.height() as usize,
                luma: luma.collect(),
                per_mm: dots_per_inch / 25.4,
            }
        })
        .collect()
}

/// The texts of each page, in reading order, without the places where a long word may break.
pub fn texts(template: Template, data: &impl Serialize) -> Vec<String> {
    let document = lay_out(template, data).expect("the document is set");
    let pages = document.pages().iter();
    pages
        .map(|page| {
            let mut text = String::new();
            collect(&page.frame, &mut text);
            text.replace('\u{200b}', "").replace('\u{a0}', " ")
        })
        .collect()
}

fn collect(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, out),
            FrameItem::Text(text) => {
                out.push_str(&text.text);
                out.push(' ');
            }
            _ => {}
        }
    }
}
