//! What is written on a virtual screen, remembered to be recognised.
//!
//! Invariant: looking costs little (a few lines of pixels), because the program measured shares the machine.

use tests::desktop::screen::{Area, Screen};

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
