//! One suite for every adapter of the platform: what an adapter promises, it keeps; what it cannot do, it says.
//!
//! Invariant: a case never asks which adapter it runs on, only what [`Capabilities`] says. Creation and
//! look-up are in `dossier.rs`, sessions in `session.rs`, faults in `faults.rs`. The remedy adapter runs on both profiles of the sandbox.

mod dossier;
mod faults;
mod follow;
mod glpi;
mod pull;
mod session;

use std::time::Duration;

use platform::{Capabilities, LoginKind, Manual, Platform, Reply};
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
        let sandbox = sandbox(
            Settings {
                profile,
                ..settings()
            },
            &clock,
        );
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
        self.platform
            .login(LOGIN, &password, self.clock.now_ms())
            .await
    }

    /// The platform behind an adapter that sends, with a session open; nothing for one that does not send.
    pub async fn connected(&self) -> Option<&There> {
        if self.can().login == LoginKind::OneTimePassword {
            assert_eq!(
                self.log_in("essai").await,
                Reply::Sent(()),
                "the session opens"
            );
        }
        assert_eq!(
            self.there.is_some(),
            self.can().sends,
            "an adapter that sends is tested against a platform"
        );
        self.there.as_ref()
    }
}

/// The references the platform holds, in the order of creation.
pub fn held(there: &There) -> Vec<String> {
    there
        .sandbox
        .incidents()
        .into_iter()
        .filter_map(|incident| incident.reference)
        .collect()
}

/// Each case, once per adapter.
macro_rules! contract {
    ($($module:ident: $names:tt)*) => {
        contract!(@adapter ar9 $($module $names)*);
        contract!(@adapter ar20 $($module $names)*);
        contract!(@adapter manual $($module $names)*);
    };
    (@adapter $adapter:ident $($module:ident [$($names:tt)*])*) => {
        mod $adapter {
            $(contract!(@cases $adapter $module $($names)*);)*
        }
    };
    (@cases $adapter:ident $module:ident $($name:ident,)*) => {
        mod $module {
            $(
                #[tokio::test]
                async fn $name() {
                    crate::$module::$name(crate::Stage::$adapter().await).await;
                }
            )*
        }
    };
}

contract! {
    dossier: [
        what_it_claims_holds_together,
        a_dossier_is_created_with_its_reference_and_found_by_it,
        several_under_one_reference_come_oldest_first,
        a_quote_in_a_reference_finds_nothing_else,
        the_status_is_the_platforms_own,
    ]
    session: [
        no_call_leaves_without_a_session,
        a_wrong_or_spent_password_is_said_as_such,
        a_guest_is_not_let_in,
        an_expired_session_is_asked_again_and_nothing_is_lost,
        a_session_lasts_as_long_as_its_token_says,
        logging_out_ends_it_here_and_there,
        one_call_at_a_time,
        a_server_that_forbids_http_is_not_a_wrong_password,
    ]
    faults: [
        a_refusal_names_its_field,
        each_fault_of_a_creation_proves_no_more_than_it_does,
        each_fault_of_a_look_up_is_no_answer,
        a_portal_costs_neither_the_dossier_nor_the_session,
        a_cut_network_is_a_normal_state,
    ]
    follow: [
        a_note_arrives_once_and_is_found_by_its_identity,
        a_file_arrives_byte_for_byte,
        each_fault_of_a_note_proves_no_more_than_it_does,
        a_resolution_is_refused_then_accepted_and_nothing_else_changes,
        a_request_is_cancelled,
        a_form_says_its_lengths,
    ]
    pull: [
        every_dossier_comes_in_pages_of_any_size_and_then_only_news,
        our_own_note_comes_back_under_its_identity,
        a_number_typed_by_hand_is_followed_whoever_opened_it,
        a_resolution_and_whose_turn_it_is_are_told,
    ]
}

#[test]
fn the_manual_layout_holds_all_that_the_platform_would_get() {
    let mut dossier = creation("identity-1", "REL-000001");
    dossier
        .categories
        .insert("Categorization Tier 1".into(), "Impression".into());
    let layout = Manual::layout(&dossier);
    let value = |label: &str| {
        layout
            .iter()
            .find(|(l, _)| l == label)
            .map(|(_, v)| v.as_str())
    };
    assert_eq!(
        value("Résumé"),
        Some(dossier.summary.as_str()),
        "the summary is there to copy"
    );
    assert_eq!(
        value("Impact"),
        Some("3 – Modéré, limité"),
        "in the words of the portal's French view"
    );
    assert_eq!(value("Urgence"), Some("3 – Moyenne"), "the urgency too");
    assert_eq!(
        value("Catégorie, niveau 1"),
        Some("Impression"),
        "categories are named in French"
    );
    assert!(
        value("Description").is_some_and(|text| text.ends_with("Réf. client : REL-000001")),
        "the reference travels in the text as well"
    );
    assert_eq!(value("Site"), None, "an empty field is not shown");
    let order: Vec<&str> = layout.iter().map(|(label, _)| label.as_str()).collect();
    assert!(
        order.iter().position(|l| *l == "Nom") < order.iter().position(|l| *l == "Résumé"),
        "the order is the portal's: the person first, then the matter: {order:?}"
    );
}
