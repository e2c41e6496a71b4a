//! Sessions: a secret that stays in memory, sessions that die and open again without a person.

use platform::glpi::SignIn;
use platform::{LoginReason, Platform, Reply};
use sandbox::glpi::Generation;
use secrecy::SecretString;
use tests::LOGIN;

use super::{Desk, dossier, note, word};

fn needs<T>(reason: LoginReason) -> Reply<T> {
    Reply::NeedsLogin { reason }
}

#[tokio::test]
async fn no_call_leaves_without_a_session() {
    let desk = Desk::closed(Generation::Ten).await;
    let there = platform::Counterpart {
        number: Some("15".into()),
        ..platform::Counterpart::default()
    };
    assert_eq!(
        desk.adapter.create(&dossier("REL-000001")).await,
        needs(LoginReason::Missing),
        "a password is asked first"
    );
    assert_eq!(
        desk.adapter.find("REL-000001").await,
        needs(LoginReason::Missing),
        "before a look-up too"
    );
    assert_eq!(
        desk.adapter.follow(&there, &note(1, "x"), None).await,
        needs(LoginReason::Missing),
        "before a note"
    );
    assert_eq!(
        desk.adapter.pull(&platform::PullFrom::default()).await,
        needs(LoginReason::Missing),
        "and before reading"
    );
    assert!(desk.glpi.history().is_empty(), "the platform heard nothing");
}

#[tokio::test]
async fn a_wrong_password_is_said_as_such() {
    let desk = Desk::closed(Generation::Ten).await;
    for (user, password) in [(LOGIN, "faux"), ("inconnu", "essai"), (LOGIN, "")] {
        let reply = desk
            .adapter
            .login(user, &SecretString::from(password), 0)
            .await;
        assert_eq!(
            reply,
            needs(LoginReason::Refused),
            "{user} with {password:?}"
        );
    }
    assert!(!desk.adapter.has_session(0), "no session was opened");
    assert_eq!(
        desk.log_in(LOGIN).await,
        Reply::Sent(()),
        "the right one opens it"
    );
    let reply = desk
        .adapter
        .login(LOGIN, &SecretString::from("faux"), 0)
        .await;
    assert_eq!(reply, needs(LoginReason::Refused), "a wrong one is refused");
    assert!(
        desk.adapter.has_session(0),
        "and does not close the session that is open"
    );
}

#[tokio::test]
async fn a_site_may_want_its_keys() {
    let desk = Desk::with(Generation::Ten, |settings| {
        settings.sign_in = SignIn::UserToken;
        settings.app_token = Some("cle-de-relais".into());
    })
    .await;
    desk.glpi.configure(|settings| {
        settings.passwords = false;
        settings.app_token = Some("cle-de-relais".into());
    });
    let key = SecretString::from(format!("cle-de-{LOGIN}"));
    assert_eq!(
        desk.adapter.login("", &key, 0).await,
        Reply::Sent(()),
        "a person's key and the application's"
    );
    assert_eq!(
        word(&desk.adapter.create(&dossier("REL-000001")).await),
        "sent",
        "both go with every call"
    );
    let reply = desk
        .adapter
        .login("", &SecretString::from("fausse"), 0)
        .await;
    assert_eq!(
        reply,
        needs(LoginReason::Refused),
        "a wrong key is a wrong key"
    );

    let by_password = Desk::closed(Generation::Ten).await;
    by_password
        .glpi
        .configure(|settings| settings.passwords = false);
    let reply = by_password.log_in(LOGIN).await;
    assert!(
        matches!(&reply, Reply::Rejected { reason, certain: true, .. } if reason.starts_with("ERROR_LOGIN_WITH_CREDENTIALS_DISABLED")),
        "the settings are to be changed, not the password: {reply:?}"
    );
    by_password
        .glpi
        .configure(|settings| settings.app_token = Some("cle-de-relais".into()));
    let reply = by_password.log_in(LOGIN).await;
    assert!(
        matches!(&reply, Reply::Rejected { reason, .. } if reason.starts_with("ERROR_APP_TOKEN_PARAMETERS_MISSING")),
        "so it is with the application's key: {reply:?}"
    );
}

#[tokio::test]
async fn a_session_that_dies_opens_again_by_itself() {
    let desk = Desk::open(Generation::Ten).await;
    desk.created("REL-000001").await;
    desk.glpi.expire_sessions();
    desk.created("REL-000002").await;
    // PHP's idle time, by the platform's clock.
    desk.clock.advance(25 * 60_000);
    desk.created("REL-000003").await;
    assert_eq!(
        desk.held(),
        ["REL-000001", "REL-000002", "REL-000003"],
        "each is there once, and nobody was asked for anything"
    );
    assert_eq!(
        desk.glpi.sessions(),
        1,
        "the dead sessions are not used any more"
    );
}

#[tokio::test]
async fn a_password_that_has_changed_is_asked_again() {
    let desk = Desk::open(Generation::Ten).await;
    desk.glpi.configure(|settings| {
        for account in &mut settings.accounts {
            account.password = "autre".into();
        }
    });
    desk.created("REL-000001").await;
    desk.glpi.expire_sessions();
    assert_eq!(
        desk.adapter.create(&dossier("REL-000002")).await,
        needs(LoginReason::Expired),
        "the session is over, and the old password opens no other"
    );
    assert!(!desk.adapter.has_session(0), "and is forgotten at once");
    let asked = desk.glpi.history().len();
    assert_eq!(
        desk.adapter.find("REL-000002").await,
        needs(LoginReason::Missing)
    );
    assert_eq!(
        desk.glpi.history().len(),
        asked,
        "it is not tried again: accounts get locked that way"
    );
    let reply = desk
        .adapter
        .login(LOGIN, &SecretString::from("autre"), 0)
        .await;
    assert_eq!(reply, Reply::Sent(()), "the new one is given");
    desk.created("REL-000002").await;
    assert_eq!(
        desk.held(),
        ["REL-000001", "REL-000002"],
        "each is there once"
    );
}

#[tokio::test]
async fn a_session_that_cannot_be_opened_again_now_is_kept_for_later() {
    let desk = Desk::open(Generation::Ten).await;
    desk.glpi.expire_sessions();
    desk.glpi.inject_at(
        sandbox::On::Login,
        sandbox::Fault::Unavailable { retry_after_s: 7 },
    );
    let reply = desk.adapter.create(&dossier("REL-000001")).await;
    assert_eq!(
        word(&reply),
        "transient",
        "the dossier surely did not leave: {reply:?}"
    );
    assert!(desk.adapter.has_session(0), "the secret is still good");
    desk.created("REL-000001").await;
    assert_eq!(desk.held(), ["REL-000001"], "once");
}

#[tokio::test]
async fn a_session_that_dies_at_once_is_not_opened_for_ever() {
    let desk = Desk::open(Generation::Ten).await;
    desk.glpi.inject_always(sandbox::Fault::ExpireToken);
    assert_eq!(
        desk.adapter.create(&dossier("REL-000001")).await,
        needs(LoginReason::Expired),
        "once is enough"
    );
    let logins = desk
        .glpi
        .history()
        .iter()
        .filter(|seen| seen.path.ends_with("initSession"))
        .count();
    assert_eq!(logins, 2, "the person's, and one more");
    assert!(desk.held().is_empty(), "nothing was made");
}

#[tokio::test]
async fn logging_out_ends_it_here_and_there() {
    let desk = Desk::open(Generation::Ten).await;
    desk.adapter.logout().await;
    assert!(
        !desk.adapter.has_session(0),
        "no session and no secret is left here"
    );
    assert_eq!(desk.glpi.sessions(), 0, "nor there");
    assert_eq!(
        desk.adapter.find("REL-000001").await,
        needs(LoginReason::Missing),
        "the secret is forgotten"
    );
}

#[test]
fn an_address_that_cannot_work_is_refused_at_once() {
    for wrong in [
        "",
        "glpi",
        "ftp://glpi.exemple.fr",
        "https://moi:secret@glpi.exemple.fr",
        "http://glpi.exemple.fr",
    ] {
        let settings = platform::GlpiSettings::new(wrong);
        assert!(
            platform::Glpi::new(settings).is_err(),
            "{wrong:?} is no address for a password"
        );
    }
    for odd in [
        &b""[..],
        b"rien",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        let mut settings = platform::GlpiSettings::new("https://glpi.exemple.fr");
        settings.extra_roots = vec![odd.to_vec()];
        assert!(
            platform::Glpi::new(settings).is_err(),
            "a file without a certificate is said at once, not at the first call"
        );
    }
    for (given, used) in [
        (
            "https://glpi.exemple.fr",
            "https://glpi.exemple.fr/apirest.php",
        ),
        (
            "https://glpi.exemple.fr/glpi/",
            "https://glpi.exemple.fr/glpi/apirest.php",
        ),
        (
            "https://glpi.exemple.fr/apirest.php/",
            "https://glpi.exemple.fr/apirest.php/",
        ),
        (
            "https://glpi.exemple.fr/api.php/v1",
            "https://glpi.exemple.fr/api.php/v1",
        ),
    ] {
        let adapter = platform::Glpi::new(platform::GlpiSettings::new(given)).expect(given);
        assert!(
            format!("{adapter:?}").contains(&format!("\"{used}\"")),
            "{given}: {adapter:?}"
        );
    }
}
