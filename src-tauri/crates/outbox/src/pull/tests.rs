//! A pull that is cut anywhere goes on where it was.

use platform::{Change, OfflineKind, Page, RemoteState};

use super::*;
use crate::stage::*;

fn page(number: u32, more: bool) -> Reply<Page> {
    Reply::Sent(Page {
        changes: vec![Change {
            number: Some(format!("INC{number}")),
            title: format!("Dossier {number}"),
            status: Some("Assigned".into()),
            state: Some(RemoteState::Open),
            ..Change::default()
        }],
        mark: format!("after {number}"),
        more,
        server_time_ms: None,
    })
}

fn mark(desk: &Desk) -> Option<String> {
    desk.store
        .read(|conn| destination::get(conn, PLACE))
        .unwrap()
        .and_then(|row| row.pull_mark)
}

#[tokio::test]
async fn every_page_is_kept_with_its_mark_and_a_cut_loses_none() {
    let desk = Desk::new();
    desk.page_says(page(1, true));
    desk.page_says(page(2, true));
    desk.page_says(Reply::Offline {
        kind: OfflineKind::NoNetwork,
        detail: String::new(),
    });
    let cut = desk.pull().await;
    assert_eq!(cut.merged.discovered.len(), 2, "two pages are home");
    assert!(cut.stopped.is_some(), "and the network is said to be away");
    assert_eq!(mark(&desk).as_deref(), Some("after 2"), "the place is kept");
    desk.page_says(page(3, false));
    assert_eq!(desk.pull().await.read, 1, "only what was missing comes");
    assert_eq!(
        desk.heard(),
        [
            "pull from the start",
            "pull from after 1",
            "pull from after 2",
            "pull from after 2"
        ],
        "nothing is asked twice but the page that never came"
    );
}

#[tokio::test]
async fn without_a_session_nothing_is_asked() {
    let mut desk = Desk::new();
    desk.platform.session = false;
    let ended = desk.pull().await;
    assert_eq!(
        ended.stopped,
        Some(Stop::NeedsLogin {
            reason: LoginReason::Missing
        }),
        "a person is needed first"
    );
    assert!(desk.heard().is_empty(), "no call left");
}

#[tokio::test]
async fn a_platform_that_goes_round_in_circles_is_left() {
    let desk = Desk::new();
    desk.page_says(page(1, true));
    desk.page_says(page(1, true));
    let ended = desk.pull().await;
    assert_eq!(
        ended.read, 2,
        "the second page led nowhere, and no third was asked"
    );
}

#[tokio::test]
async fn a_cancelled_pull_stops_between_two_pages() {
    let desk = Desk::new();
    desk.page_says(page(1, true));
    desk.cancel.cancel();
    assert!(desk.pull().await.cancelled, "the person said stop");
    assert!(desk.heard().is_empty(), "before any call");
}
