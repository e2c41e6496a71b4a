//! One suite for every adapter of the platform: what an adapter promises, it keeps; what it cannot do, it says.
//!
//! Invariant: a case never asks which adapter it runs on, only what [`Capabilities`] says. Faults are in `faults.rs`, sessions in
//! `session.rs`. The remedy adapter runs on both profiles of the sandbox.

mod faults;
mod session;

use std::time::Duration;

use platform::{Capabilities, LoginKind, Manual, OfflineKind, Platform, Reply};
use sandbox::{Profile, Running, Sandbox, Settings};
use secrecy::SecretString;
use tests::{Clock, LOGIN, creation, remedy, sandbox, settings};

/// An adapter with the platform it talks to, if it talks to one.
pub struct Stage {
    pub platform: Box<dyn Platform>,
    pub clock: Clock,
    pub there: Option<There>,
}

pub struct There {
    pub sandbox: Sandbox,
    pub running: Running,
}

impl Stage {
    async fn remedy(profile: Profile) -> Stage {
        let clock = Clock::new();
        let sandbox = sandbox(Settings { profile, ..settings() }, &clock);
        let running = sandbox.serve(0).await.expect("loopback can be served");
        Stage {
            platform: Box::new(remedy(&running.url(), Duration::from_secs(20))),
            clock,
            there: Some(There { sandbox, running }),
        }
    }

    async fn ar9() -> Stage {
        Stage::remedy(Profile::Ar9).await
    }

    async fn ar20() -> Stage {
        Stage::remedy(Profile::Ar20).await
    }

    async fn manual() -> Stage {
        Stage {
            platform: Box::new(Manual),
            clock: Clock::new(),
            there: None,
        }
    }

    pub fn can(&self) -> Capabilities {
        self.platform.capabilities()
    }

    pub async fn log_in(&self, password: &str) -> Reply<()> {
        let password = SecretString::from(password);
        self.platform.login(LOGIN, &password, self.clock.now_ms()).await
    }

    /// The platform behind an adapter that sends, with a session open; nothing for one that does not send.
    pub async fn connected(&self) -> Option<&There> {
        if self.can().login == LoginKind::OneTimePassword {
            assert_eq!(self.log_in("essai").await, Reply::Sent(()), "the session opens");
        }
        assert_eq!(self.there.is_some(), self.can().sends, "an adapter that sends is tested against a platform");
        self.there.as_ref()
    }
}

/// The references the platform holds, in the order of creation.
pub fn held(there: &There) -> Vec<String> {
    there.sandbox.incidents().into_iter().filter_map(|incident| incident.reference).collect()
}

/// Each case, once per adapter.
macro_rules! contract {
    ($($case:path => $name:ident),* $(,)?) => {
        contract!(@adapter ar9 [$($case => $name),*]);
        contract!(@adapter ar20 [$($case => $name),*]);
        contract!(@adapter manual [$($case => $name),*]);
    };
    (@adapter $adapter:ident [$($case:path => $name:ident),*]) => {
        mod $adapter {
            use super::*;
            $(
                #[tokio::test]
                async fn $name() {
                    $case(Stage::$adapter().await).await;
                }
            )*
        }
    };
}

contract! {
    what_it_claims_holds_together => what_it_claims_holds_together,
    a_dossier_is_created_with_its_reference_and_found_by_it => a_dossier_is_created_with_its_reference_and_found_by_it,
    several_under_one_reference_come_oldest_first => several_under_one_reference_come_oldest_first,
    a_quote_in_a_reference_finds_nothing_else => a_quote_in_a_reference_finds_nothing_else,
    the_status_is_the_platforms_own => the_status_is_the_platforms_own,
    session::no_call_leaves_without_a_session => no_call_leaves_without_a_session,
    session::a_wrong_or_spent_password_is_said_as_such => a_wrong_or_spent_password_is_said_as_such,
    session::a_guest_is_not_let_in => a_guest_is_not_let_in,
    session::an_expired_session_is_asked_again_and_nothing_is_lost => an_expired_session_is_asked_again_and_nothing_is_lost,
    session::a_session_lasts_as_long_as_its_token_says => a_session_lasts_as_long_as_its_token_says,
    session::logging_out_ends_it_here_and_there => logging_out_ends_it_here_and_there,
    session::one_call_at_a_time => one_call_at_a_time,
    session::a_server_that_forbids_http_is_not_a_wrong_password => a_server_that_forbids_http_is_not_a_wrong_password,
    faults::a_refusal_names_its_field => a_refusal_names_its_field,
    faults::each_fault_of_a_creation_proves_no_more_than_it_does => each_fault_of_a_creation_proves_no_more_than_it_does,
    faults::each_fault_of_a_look_up_is_no_answer => each_fault_of_a_look_up_is_no_answer,
    faults::a_portal_costs_neither_the_dossier_nor_the_session => a_portal_costs_neither_the_dossier_nor_the_session,
    faults::a_cut_network_is_a_normal_state => a_cut_network_is_a_normal_state,
}

async fn what_it_claims_holds_together(stage: Stage) {
    let can = stage.can();
    if can.sends {
        assert!(can.find_by_reference, "an adapter that sends must be able to resolve « incertain » by a look-up");
    } else {
        assert_eq!(can.login, LoginKind::None, "nobody logs in to copy by hand");
        assert!(
            !(can.find_by_reference || can.notes || can.attachments || can.close),
            "an adapter that does not send cannot do anything remotely"
        );
    }
    assert_eq!(
        stage.platform.has_session(stage.clock.now_ms()),
        can.login == LoginKind::None,
        "only an adapter without login is ready from the start"
    );
}

async fn a_dossier_is_created_with_its_reference_and_found_by_it(stage: Stage) {
    let dossier = creation("identity-1", "REL-000001");
    let Some(there) = stage.connected().await else {
        let reply = stage.platform.create(&dossier).await;
        assert!(
            matches!(reply, Reply::Offline { kind: OfflineKind::ByHand, .. }),
            "an adapter that does not send never claims to have sent: {reply:?}"
        );
        let reply = stage.platform.find("REL-000001").await;
        assert!(
            matches!(reply, Reply::Offline { kind: OfflineKind::ByHand, .. }),
            "nor does it claim that nothing is there: {reply:?}"
        );
        return;
    };
    let Reply::Sent(accepted) = stage.platform.create(&dossier).await else {
        panic!("a good dossier on a good day is accepted");
    };
    let incidents = there.sandbox.incidents();
    assert_eq!(incidents.len(), 1, "one dossier was made");
    let incident = &incidents[0];
    assert_eq!(incident.number, accepted.number, "the number is the incident's, not the staging row's");
    assert_ne!(incident.entry_id, accepted.number, "nor the entry's");
    assert_eq!(incident.reference.as_deref(), Some("REL-000001"), "the reference can be looked up");
    assert_eq!(incident.summary, dossier.summary, "the summary arrived whole, accents included");
    assert_eq!(incident.submitter, LOGIN, "the person sent it, not a service account");
    let details = incident.values.get("Detailed Decription").and_then(|value| value.as_str());
    assert!(
        details.is_some_and(|text| text.ends_with("\nRéf. client : REL-000001")),
        "people read the reference on the last line: {details:?}"
    );
    assert_eq!(
        accepted.server_time_ms.map(|ms| ms / 1000),
        Some(stage.clock.now_ms() / 1000),
        "the platform's own time of creation is understood"
    );
    let Reply::Sent(found) = stage.platform.find("REL-000001").await else {
        panic!("the look-up answers");
    };
    assert_eq!(found.len(), 1, "the reference finds its dossier");
    assert_eq!(found[0].number, accepted.number, "and the look-up gives the same number as the creation");
    assert_eq!(
        stage.platform.find("REL-000002").await,
        Reply::Sent(vec![]),
        "another reference finds nothing, and that is an answer"
    );
}

async fn several_under_one_reference_come_oldest_first(stage: Stage) {
    let Some(there) = stage.connected().await else { return };
    let dossier = creation("identity-1", "REL-000001");
    for _ in 0..3 {
        assert!(matches!(stage.platform.create(&dossier).await, Reply::Sent(_)), "each is accepted");
        stage.clock.advance(60_000);
    }
    let made: Vec<String> = there.sandbox.incidents().into_iter().map(|incident| incident.number).collect();
    let Reply::Sent(found) = stage.platform.find("REL-000001").await else {
        panic!("the look-up answers");
    };
    let found: Vec<String> = found.into_iter().map(|one| one.number).collect();
    assert_eq!(found, made, "all of them, the first made first");
}

async fn a_quote_in_a_reference_finds_nothing_else(stage: Stage) {
    let Some(_) = stage.connected().await else { return };
    let created = stage.platform.create(&creation("identity-1", "REL-000001")).await;
    assert!(matches!(created, Reply::Sent(_)), "there is something to find: {created:?}");
    let trick = "X\" OR 'Vendor Ticket Number' = \"REL-000001";
    assert_eq!(
        stage.platform.find(trick).await,
        Reply::Sent(vec![]),
        "a reference is a value and cannot become a query"
    );
}

async fn the_status_is_the_platforms_own(stage: Stage) {
    let Some(there) = stage.connected().await else { return };
    for assign in [true, false] {
        there.sandbox.configure(|settings| settings.assign_on_create = assign);
        let reference = if assign { "REL-00000A" } else { "REL-00000B" };
        let created = stage.platform.create(&creation(reference, reference)).await;
        assert!(matches!(created, Reply::Sent(_)), "accepted: {created:?}");
        let Reply::Sent(found) = stage.platform.find(reference).await else {
            panic!("the look-up answers");
        };
        let status = found.first().and_then(|one| one.status.clone());
        let held = there.sandbox.incidents().into_iter().find(|i| i.reference.as_deref() == Some(reference));
        assert_eq!(
            status,
            held.map(|incident| incident.status),
            "the status is read, because a rule may have changed the one we sent"
        );
    }
}

#[test]
fn the_manual_layout_holds_all_that_the_platform_would_get() {
    let mut dossier = creation("identity-1", "REL-000001");
    dossier.categories.insert("Categorization Tier 1".into(), "Impression".into());
    let layout = Manual::layout(&dossier);
    let value = |label: &str| layout.iter().find(|(l, _)| *l == label).map(|(_, v)| v.as_str());
    assert_eq!(value("Résumé"), Some(dossier.summary.as_str()), "the summary is there to copy");
    assert_eq!(value("Impact"), Some("3 – Modéré, limité"), "in the words of the portal's French view");
    assert_eq!(value("Urgence"), Some("3 – Moyenne"), "the urgency too");
    assert_eq!(value("Catégorie, niveau 1"), Some("Impression"), "categories are named in French");
    assert!(
        value("Description").is_some_and(|text| text.ends_with("Réf. client : REL-000001")),
        "the reference travels in the text as well"
    );
    assert_eq!(value("Site"), None, "an empty field is not shown");
    let order: Vec<&str> = layout.iter().map(|(label, _)| *label).collect();
    assert!(
        order.iter().position(|l| *l == "Nom") < order.iter().position(|l| *l == "Résumé"),
        "the order is the portal's: the person first, then the matter: {order:?}"
    );
}
