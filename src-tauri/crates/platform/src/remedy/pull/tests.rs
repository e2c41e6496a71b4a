//! The mark never skips a second, however the pages are cut.

use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn an_incident_is_read_with_its_state_and_its_resolution() {
    let row = json!({
        "Incident Number": "INC1", "Request ID": "INC1|INC1", "Description": "Imprimante", "Status": "Resolved",
        "Status_Reason": "No Further Action Required", "Resolution": "Cordon remplacé",
        "Last Modified Date": "2026-06-21T11:08:05.000+0000", "Last Resolved Date": "2026-06-21T11:08:04.000+0000",
        "Vendor Ticket Number": "REL-7K2M9Q",
    });
    let read = change(&row, "Vendor Ticket Number").unwrap();
    assert_eq!(
        read.state,
        Some(RemoteState::Resolved),
        "the person may say no"
    );
    assert_eq!(
        read.reference.as_deref(),
        Some("REL-7K2M9Q"),
        "it is one of ours"
    );
    assert_eq!(
        read.entries[0].kind,
        EntryKind::Resolution,
        "what was done is told"
    );
    let pending = |reason: &str| {
        let row = json!({"Incident Number": "INC1", "Status": "Pending", "Status_Reason": reason});
        change(&row, "x").unwrap().state
    };
    assert_eq!(
        pending("Client Action Required"),
        Some(RemoteState::WaitingForUs),
        "it waits for us"
    );
    assert_eq!(
        pending("Supplier Delivery"),
        Some(RemoteState::Open),
        "it waits for somebody else"
    );
}

proptest! {
    /// A server of rows sorted by second, asked page by page until it has no more.
    #[test]
    fn every_row_is_read_whatever_the_size_of_the_page(
        mut seconds in prop::collection::vec(1_000_i64..1_020, 0..60),
        limit in 1_usize..9,
    ) {
        seconds.sort_unstable();
        let mut mark = Mark::Done(900);
        let mut seen: Vec<usize> = Vec::new();
        for _ in 0..200 {
            let (_, from, offset) = mark.place();
            let page: Vec<usize> = (0..seconds.len())
                .filter(|row| seconds[*row] >= from)
                .skip(offset as usize)
                .take(limit)
                .collect();
            seen.extend(&page);
            let read: Vec<i64> = page.iter().map(|row| seconds[*row]).collect();
            mark = Mark::read(Some(&mark.after(&read, page.len() >= limit).written()));
            if matches!(mark, Mark::Done(_)) {
                break;
            }
        }
        let mut once = seen.clone();
        once.dedup();
        prop_assert_eq!(&once, &(0..seconds.len()).collect::<Vec<_>>(), "each row, in order, and none skipped");
        prop_assert_eq!(seen.len(), seconds.len(), "and none twice in a run");
        let last = seconds.last().copied().unwrap_or(900).max(900);
        prop_assert_eq!(mark, Mark::Done(last), "the next run looks back from the last second");
    }
}
