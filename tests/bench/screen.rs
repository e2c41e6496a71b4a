//! What stands on a virtual screen, read from outside in the file where Xvfb keeps its pixels.
//!
//! Invariant: looking costs little (a few lines of pixels), because the program measured shares the machine.

use std::{fs::File, os::unix::fs::FileExt, path::Path};

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
    fn line(&self, area: Area, y: usize) -> Vec<[u8; 3]> {
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

    pub fn is_bare(&self) -> bool {
        self.window().is_none()
    }
}

/// A column and its pixel.
type Dot = (usize, [u8; 3]);

/// The ink of an area as it was once: what is not its background, on one line in `EVERY`.
pub struct Ink {
    area: Area,
    /// Line by line: where it stands, and what its dots are.
    dots: Vec<(usize, Vec<Dot>)>,
    count: usize,
}

const EVERY: usize = 7;
/// The edges of letters differ by less from one start to the next; the paper by far more.
const SHADE: u8 = 24;

fn alike(one: &[u8; 3], other: &[u8; 3]) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| one.abs_diff(*other) <= SHADE)
}

impl Ink {
    pub fn of(screen: &Screen, area: Area) -> Ink {
        let lines = (area.top..area.top + area.height).step_by(EVERY);
        let lines: Vec<_> = lines.map(|y| (y, screen.line(area, y))).collect();
        let mut tally = std::collections::BTreeMap::new();
        for pixel in lines.iter().flat_map(|(_, line)| line) {
            *tally.entry(*pixel).or_insert(0) += 1;
        }
        let paper = tally
            .into_iter()
            .max_by_key(|(_, times)| *times)
            .map(|(pixel, _)| pixel);
        let dots: Vec<(usize, Vec<Dot>)> = lines
            .into_iter()
            .map(|(y, line)| {
                let inked = line
                    .into_iter()
                    .enumerate()
                    .filter(|(_, pixel)| Some(*pixel) != paper);
                (y, inked.collect())
            })
            .collect();
        let count = dots.iter().map(|(_, line)| line.len()).sum();
        assert!(
            count > 200,
            "there is something to read in {area:?}, not {count} dots"
        );
        Ink { area, dots, count }
    }

    /// Whether nearly all of it stands there now.
    pub fn is_on(&self, screen: &Screen) -> bool {
        let same: usize = self
            .dots
            .iter()
            .map(|(y, dots)| {
                let line = screen.line(self.area, *y);
                dots.iter()
                    .filter(|(x, pixel)| line.get(*x).is_some_and(|now| alike(now, pixel)))
                    .count()
            })
            .sum();
        same * 100 >= self.count * 95
    }
}
