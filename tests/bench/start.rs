//! From exec to a painted Accueil, beside a blank Tauri window of the same workspace; and the memory of both.
//!
//! « Painted » is seen from outside: the ink of the dossier list stands on the screen, as it does once
//! everything has settled. The key is in a real gnome-keyring, as on a person's computer.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use secrecy::ExposeSecret;
use store::KeyFile;
use tests::desktop::{
    desk::{Desk, Keyring, PATIENCE, Running, application, wait_until},
    screen::{Area, Screen},
};

use crate::{college, ink::Ink, median, ms, verdict};

const PAIRS: usize = 11;
const TIME_LIMIT: f64 = 1.4;
const MEMORY_LIMIT: f64 = 1.3;
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// Nothing has moved for so long: the screen has settled.
const CALM: Duration = Duration::from_millis(1500);

/// A program to start, and where in its window the ink is looked for.
struct Candidate {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    /// Within the window; Accueil draws the dossier lists there.
    part: Area,
    times: Vec<f64>,
    memory: Vec<f64>,
}

pub fn measure() -> bool {
    let folder = college::folder();
    let desk = desk_with_key();
    let screen = Screen::open(&desk.framebuffer());
    let blank = application().with_file_name("blank");
    let part = Area {
        left: 250,
        top: 100,
        width: 650,
        height: 640,
    };
    let mut both = [
        Candidate {
            name: "Relais, Accueil",
            program: application(),
            arguments: vec!["--data".into(), folder.to_string_lossy().into_owned()],
            part,
            times: Vec::new(),
            memory: Vec::new(),
        },
        Candidate {
            name: "blank window",
            program: blank,
            arguments: Vec::new(),
            part,
            times: Vec::new(),
            memory: Vec::new(),
        },
    ];
    let inks: Vec<Ink> = both
        .iter()
        .map(|candidate| settled(&desk, &screen, candidate))
        .collect();
    for turn in 0..PAIRS {
        // Who goes first changes each time.
        for at in [turn % 2, 1 - turn % 2] {
            let (time, memory) = once(&desk, &screen, &both[at], &inks[at]);
            both[at].times.push(time);
            both[at].memory.push(memory);
        }
    }
    println!(
        "{PAIRS} pairs, {} dossiers ({} open), {} pieces of equipment",
        college::TICKETS,
        college::OPEN,
        college::EQUIPMENT
    );
    println!("                       painted, median     PSS, median");
    for candidate in &mut both {
        println!(
            "{:<22} {:>12.0} ms {:>11.0} MiB   from {:.0} to {:.0} ms",
            candidate.name,
            median(&mut candidate.times),
            median(&mut candidate.memory),
            candidate.times.first().copied().unwrap_or_default(),
            candidate.times.last().copied().unwrap_or_default(),
        );
    }
    let [relais, blank] = &mut both;
    let time = median(&mut relais.times) / median(&mut blank.times);
    let memory = median(&mut relais.memory) / median(&mut blank.memory);
    // Both are printed, whichever is over.
    let in_time = verdict("time, ratio of medians", time, TIME_LIMIT, "");
    verdict("memory, ratio of medians", memory, MEMORY_LIMIT, "") && in_time
}

/// A desk whose keyring already holds the key of the invented collège, as after an earlier day.
pub fn desk_with_key() -> Desk {
    let mut desk = Desk::new("bench", Keyring::Missing, 1);
    let key = college::key();
    let keyrings = desk.home().join(".local/share/keyrings");
    fs::create_dir_all(&keyrings).expect("the home is ours");
    let mut text =
        String::from("[keyring]\ndisplay-name=banc\nlock-on-idle=false\nlock-after=false\n\n");
    text += &format!(
        "[1]\nitem-type=0\ndisplay-name=relais\nsecret={}\n",
        key.to_hex().expose_secret()
    );
    let id = KeyFile::for_key("trousseau", &key);
    for (number, (name, value)) in [
        ("service", "relais"),
        ("username", id.id()),
        ("target", "default"),
    ]
    .iter()
    .enumerate()
    {
        text += &format!("\n[1:attribute{number}]\nname={name}\ntype=string\nvalue={value}\n");
    }
    // A keyring without a password is plain text; the daemon reads it as it starts.
    fs::write(keyrings.join("banc.keyring"), text).expect("the home is ours");
    desk.unlock_keyring();
    desk
}

fn launch(desk: &Desk, candidate: &Candidate) -> Running {
    let mut command = desk.command(&candidate.program.to_string_lossy());
    command
        .args(&candidate.arguments)
        .stdout(desk.log_file())
        .stderr(desk.log_file());
    Running(
        command.spawn().unwrap_or_else(|error| {
            panic!("{} does not start: {error}", candidate.program.display())
        }),
    )
}

/// Opens it once to see what it looks like when nothing moves any more; this run also warms the machine up.
fn settled(desk: &Desk, screen: &Screen, candidate: &Candidate) -> Ink {
    let running = launch(desk, candidate);
    wait_until("a window stands on the screen", || !screen.is_bare());
    let (mut last, mut since, began) = (Vec::new(), Instant::now(), Instant::now());
    let area = loop {
        std::thread::sleep(Duration::from_millis(100));
        if let Some(area) = screen.window() {
            let now = screen.pixels(area);
            if now != last {
                (last, since) = (now, Instant::now());
            } else if since.elapsed() > CALM {
                break area;
            }
        }
        assert!(
            began.elapsed() < PATIENCE,
            "{} never settles",
            candidate.name
        );
    };
    let ink = Ink::of(
        screen,
        Area {
            left: area.left + candidate.part.left,
            top: area.top + candidate.part.top,
            ..candidate.part
        },
    );
    photograph(&last, &picture(desk, candidate, "settled"));
    close(screen, running);
    ink
}

fn picture(desk: &Desk, candidate: &Candidate, when: &str) -> PathBuf {
    let program = candidate.program.file_name().unwrap_or_default();
    let name = format!("bench-{}-{when}.ppm", program.display());
    desk.log().with_file_name(name)
}

/// What the measure takes for painted, for a person to look at.
fn photograph(pixels: &[Vec<[u8; 3]>], path: &Path) {
    let mut file = format!(
        "P6 {} {} 255\n",
        pixels.first().map_or(0, Vec::len),
        pixels.len()
    )
    .into_bytes();
    for [blue, green, red] in pixels.iter().flatten() {
        file.extend([red, green, blue]);
    }
    fs::write(path, file).expect("target can be written to");
}

/// One start: milliseconds to the ink, MiB once it has had its time.
fn once(desk: &Desk, screen: &Screen, candidate: &Candidate, ink: &Ink) -> (f64, f64) {
    let began = Instant::now();
    let running = launch(desk, candidate);
    while !ink.is_on(screen) {
        if began.elapsed() > PATIENCE {
            let seen = screen.window().map(|area| screen.pixels(area));
            photograph(&seen.unwrap_or_default(), &picture(desk, candidate, "late"));
            panic!(
                "{} does not look as it did once: see bench-*-late.ppm",
                candidate.name
            );
        }
        std::thread::sleep(LOOK_EVERY);
    }
    let time = ms(began.elapsed());
    std::thread::sleep(CALM);
    let memory = pss_kib(running.0.id()) as f64 / 1024.0;
    close(screen, running);
    (time, memory)
}

fn close(screen: &Screen, running: Running) {
    let family = family(running.0.id());
    drop(running);
    wait_until("the window and all its processes are gone", || {
        screen.is_bare()
            && family
                .iter()
                .all(|pid| !Path::new(&format!("/proc/{pid}")).exists())
    });
}

/// The process and its descendants: WebKit's work in processes of their own.
fn family(root: u32) -> BTreeSet<u32> {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc").expect("Linux has one").flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        // It may have ended since it was listed.
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        let after_name = stat.rsplit(") ").next().unwrap_or_default();
        if let Some(parent) = after_name
            .split(' ')
            .nth(1)
            .and_then(|text| text.parse::<u32>().ok())
        {
            parents.insert(pid, parent);
        }
    }
    let mut family = BTreeSet::from([root]);
    while let Some((&child, _)) = parents
        .iter()
        .find(|(pid, parent)| family.contains(parent) && !family.contains(pid))
    {
        family.insert(child);
    }
    family
}

/// Proportional set size: each shared page is counted once, divided among those who share it.
fn pss_kib(root: u32) -> u64 {
    let of = |pid: &u32| -> u64 {
        let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
            .unwrap_or_default()
    };
    family(root).iter().map(of).sum()
}
