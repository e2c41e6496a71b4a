//! What stands on a virtual screen, read from outside in the file where Xvfb keeps its pixels.
//!
//! WebKitWebDriver's own picture hangs for ever in a view without compositing (WebKitGTK 2.50), and this one is what
//! a person sees, the pointer left out.

use std::{
    fs::File,
    io::BufWriter,
    os::unix::fs::FileExt,
    path::Path,
    time::{Duration, Instant},
};

use super::desk::PATIENCE;

/// Pixels that have not moved for so long are all painted.
const CALM: Duration = Duration::from_millis(60);

/// A rectangle, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub left: usize,
    pub top: usize,
    pub width: usize,
    pub height: usize,
}

pub struct Screen {
    file: File,
    /// Where the pixels begin, after an X window dump's header and colours.
    pixels_at: usize,
    stride: usize,
    whole: Area,
}

impl Screen {
    pub fn open(path: &Path) -> Screen {
        let file = File::open(path).expect("Xvfb keeps its pixels there");
        let field = |index: u64| {
            let mut bytes = [0; 4];
            file.read_exact_at(&mut bytes, index * 4)
                .expect("the header is whole");
            u32::from_be_bytes(bytes) as usize
        };
        assert_eq!(field(11), 32, "four bytes a pixel");
        Screen {
            pixels_at: field(0) + field(19) * 12,
            stride: field(12),
            whole: Area {
                left: 0,
                top: 0,
                width: field(4),
                height: field(5),
            },
            file,
        }
    }

    /// The pixels of a line, without the fourth byte, which means nothing.
    pub fn line(&self, area: Area, y: usize) -> Vec<[u8; 3]> {
        let mut bytes = vec![0; area.width * 4];
        let at = self.pixels_at + y * self.stride + area.left * 4;
        self.file
            .read_exact_at(&mut bytes, at as u64)
            .expect("the line is on the screen");
        bytes
            .chunks_exact(4)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect()
    }

    pub fn pixels(&self, area: Area) -> Vec<Vec<[u8; 3]>> {
        (area.top..area.top + area.height)
            .map(|y| self.line(area, y))
            .collect()
    }

    /// Where the window stands: around everything that is not the bare black screen.
    pub fn window(&self) -> Option<Area> {
        let lines = self.pixels(self.whole);
        let lit = |line: &Vec<[u8; 3]>| line.iter().any(|pixel| *pixel != [0; 3]);
        let (top, bottom) = (lines.iter().position(lit)?, lines.iter().rposition(lit)?);
        let columns = || {
            lines.iter().flat_map(|line| {
                let lit = |pixel: &[u8; 3]| *pixel != [0; 3];
                line.iter().position(lit).zip(line.iter().rposition(lit))
            })
        };
        let left = columns().map(|(first, _)| first).min()?;
        let right = columns().map(|(_, last)| last).max()?;
        Some(Area {
            left,
            top,
            width: right + 1 - left,
            height: bottom + 1 - top,
        })
    }

    /// Writes the window as PNG once its pixels have stopped moving.
    pub fn picture(&self, file: &Path) {
        let deadline = Instant::now() + PATIENCE;
        let mut last = self.pixels(self.whole);
        loop {
            std::thread::sleep(CALM);
            let now = self.pixels(self.whole);
            if now == last {
                break;
            }
            assert!(Instant::now() < deadline, "the screen never comes to rest");
            last = now;
        }
        let area = self.window().expect("a window is on the screen");
        let colours: Vec<u8> = self
            .pixels(area)
            .into_iter()
            .flatten()
            .flat_map(|[blue, green, red]| [red, green, blue])
            .collect();
        let file = BufWriter::new(File::create(file).expect("the picture can be made"));
        let mut picture = png::Encoder::new(file, area.width as u32, area.height as u32);
        picture.set_color(png::ColorType::Rgb);
        picture.set_depth(png::BitDepth::Eight);
        picture
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&colours))
            .expect("the picture can be written");
    }

    pub fn is_bare(&self) -> bool {
        self.window().is_none()
    }
}
