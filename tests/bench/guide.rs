//! `relais route` and `relais guide` as processes, beside `relais --version`; and the pure functions alone.
//!
//! The processes answer from the built-in pack, without a store: what is timed is the program starting, the pack
//! being read, and the answer. The pure functions are walked over every cell of the matrix and over whole forms.

use std::{
    collections::BTreeMap,
    fs,
    hint::black_box,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use convention::{
    Activity, Answer, Answers, Facts, Funding, Overlay, Pack, Perimeter, QuestionKind,
    RouteRequest, Step,
};
use tempfile::TempDir;
use tests::desktop::desk::application;

use crate::{median, ms, quantile, verdict};

const PROCESSES: usize = 25;
const PROCESS_LIMIT_MS: f64 = 50.0;
const PURE_LIMIT_US: f64 = 50.0;
/// One call is too short to be timed alone.
const REPEAT: u32 = 20;

pub fn measure() -> bool {
    let pack = pack();
    let processes = processes();
    let route = pure(
        "route, pure",
        requests(&pack)
            .iter()
            .map(|request| timed(|| convention::route(&pack, &Overlay::default(), request))),
    );
    let next = pure(
        "next, pure",
        walks(&pack).iter().map(|answers| {
            timed(|| convention::next(&pack, &Overlay::default(), answers, &facts()))
        }),
    );
    processes && route && next
}

fn pack() -> Pack {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/convention");
    let mut files = BTreeMap::new();
    for folder in [folder.clone(), folder.join("guide")] {
        for entry in fs::read_dir(&folder).expect("the pack is a folder") {
            let path = entry.expect("an entry").path();
            if let (true, Ok(text)) = (path.is_file(), fs::read_to_string(&path)) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let name = match folder.ends_with("guide") {
                    true => format!("guide/{name}"),
                    false => name.into_owned(),
                };
                files.insert(name, text);
            }
        }
    }
    Pack::load(&files).unwrap_or_else(|mistakes| panic!("the built-in pack is right: {mistakes:?}"))
}

/// The three commands take turns, so that a slow minute falls on all of them.
fn processes() -> bool {
    let empty = TempDir::new().expect("a temporary folder");
    let answers = empty.path().join("reponses.json");
    fs::write(
        &answers,
        r#"{"started":"imprimante cdi bourrage","answers":{"situation":"panne-impression","imprimante":"bourrage"}}"#,
    )
    .expect("the answers are written");
    let answers = answers.to_string_lossy().into_owned();
    let data = empty.path().join("donnees").to_string_lossy().into_owned();
    let commands: [(&str, Vec<&str>); 4] = [
        ("relais --version, bare", vec!["--version"]),
        (
            "relais route",
            vec![
                "route",
                "--service",
                "equipement-bureautique",
                "--activity",
                "mco",
                "--user",
                "Vie scolaire",
            ],
        ),
        (
            "relais guide --start",
            vec!["guide", "--start", "imprimante cdi bourrage"],
        ),
        (
            "relais guide --answers",
            vec!["guide", "--answers", &answers],
        ),
    ];
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); commands.len()];
    for _ in 0..PROCESSES {
        for ((_, words), times) in commands.iter().zip(&mut times) {
            let mut command = Command::new(application());
            command.args(words).stdout(Stdio::null());
            if words != &["--version"] {
                command.args(["--json", "--data", &data]);
            }
            let began = Instant::now();
            let status = command.status().expect("the application runs");
            times.push(ms(began.elapsed()));
            assert!(status.success(), "{words:?} ended with {status}");
        }
    }
    let mut within = true;
    for (at, ((name, _), times)) in commands.iter().zip(&mut times).enumerate() {
        let (middle, late) = (median(times), quantile(times, 0.95));
        println!("{name:<34} {middle:>9.2} ms  p95 {late:.2} ms");
        within &= at == 0 || verdict(&format!("{name}, median"), middle, PROCESS_LIMIT_MS, "ms");
    }
    within
}

fn timed<T>(call: impl Fn() -> T) -> f64 {
    let began = Instant::now();
    for _ in 0..REPEAT {
        black_box(call());
    }
    micros(began.elapsed() / REPEAT)
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000_000.0
}

fn pure(name: &str, times: impl Iterator<Item = f64>) -> bool {
    let mut times: Vec<f64> = times.collect();
    assert!(!times.is_empty(), "{name}: nothing was measured");
    let (calls, middle, most) = (times.len(), median(&mut times), quantile(&mut times, 1.0));
    println!("{name:<34} {middle:>9.2} µs  most {most:.2} µs over {calls} cases");
    verdict(
        &format!("{name}, p95"),
        quantile(&mut times, 0.95),
        PURE_LIMIT_US,
        "µs",
    )
}

/// Every line and column of the matrix, on each side, for each payer.
fn requests(pack: &Pack) -> Vec<RouteRequest> {
    let mut requests = Vec::new();
    for service in &pack.services {
        for activity in Activity::ALL {
            for perimeter in Perimeter::ALL.map(Some).into_iter().chain([None]) {
                for funding in Funding::ALL.map(Some).into_iter().chain([None]) {
                    requests.push(RouteRequest {
                        perimeter,
                        funding,
                        ..RouteRequest::new(&service.id, activity)
                    });
                }
            }
        }
    }
    requests
}

fn facts() -> Facts {
    Facts::on(NaiveDate::from_ymd_opt(2026, 9, 1).unwrap_or_default())
}

/// From each choice of the first question, the first way to the end, with every step on it.
fn walks(pack: &Pack) -> Vec<Answers> {
    let mut walks = Vec::new();
    let first = |answers: &Answers| convention::next(pack, &Overlay::default(), answers, &facts());
    let Ok(Step::Ask { question, .. }) = first(&Answers::default()) else {
        panic!("the guide begins with a question");
    };
    for choice in &question.choices {
        let mut answers = Answers::default();
        answers.set(question.id.as_str(), choice.id.as_str());
        while let Ok(Step::Ask { question, .. }) = first(&answers) {
            walks.push(answers.clone());
            answers.set(question.id.as_str(), reply(&question));
        }
        walks.push(answers);
    }
    walks
}

/// The first answer that goes on.
fn reply(question: &convention::Question) -> Answer {
    let first = question.choices.first().map(|choice| choice.id.clone());
    match question.kind {
        QuestionKind::Choice => Answer::One(first.unwrap_or_default()),
        QuestionKind::Several => Answer::Several(first.into_iter().collect()),
        QuestionKind::Trials => Answer::Fields(
            question
                .trials
                .iter()
                .map(|trial| (trial.id.clone(), "pas-regle".to_owned()))
                .collect(),
        ),
        QuestionKind::Fields => Answer::Fields(BTreeMap::new()),
        QuestionKind::Equipment | QuestionKind::Room => Answer::One("aucun".to_owned()),
        QuestionKind::Date => Answer::One("2026-09-01".to_owned()),
        QuestionKind::Text | QuestionKind::LongText => Answer::One("Depuis ce matin".to_owned()),
    }
}
