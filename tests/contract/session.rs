//! Sessions: one-time passwords, guests, expiry, one call at a time.

use platform::{LoginKind, LoginReason, Reply};
use tests::creation;

use crate::{Stage, held};

const HOUR_MS: i64 = 3_600_000;

fn needs<T>(reason: LoginReason) -> Reply<T> {
    Reply::NeedsLogin { reason }
}

pub async fn no_call_leaves_without_a_session(stage: Stage) {
    let Some(there) = &stage.there else { return };
    let dossier = creation("identity-1", "REL-000001");
    assert_eq!(
        stage.platform.create(&dossier).await,
        needs(LoginReason::Missing),
        "a password is asked before the dossier leaves"
    );
    assert_eq!(
        stage.platform.find("REL-000001").await,
        needs(LoginReason::Missing),
        "and before a look-up"
    );
    assert!(
        there.sandbox.history().is_empty(),
        "the platform heard nothing"
    );
}

pub async fn a_wrong_or_spent_password_is_said_as_such(stage: Stage) {
    let Some(there) = &stage.there else { return };
    there.sandbox.configure(|settings| settings.otp_mode = true);
    assert_eq!(
        stage.log_in("faux").await,
        needs(LoginReason::Refused),
        "a wrong password is refused"
    );
    assert_eq!(
        stage.log_in("essai").await,
        Reply::Sent(()),
        "the right one opens the session"
    );
    assert_eq!(
        stage.log_in("essai").await,
        needs(LoginReason::Refused),
        "a one-time password works once"
    );
    assert!(
        stage.platform.has_session(stage.clock.now_ms()),
        "a failed second login does not close the session that is open"
    );
}

pub async fn a_guest_is_not_let_in(stage: Stage) {
    let Some(there) = &stage.there else { return };
    there.sandbox.configure(|settings| {
        settings.guest_users = true;
        settings.users.clear();
    });
    assert_eq!(
        stage.log_in("essai").await,
        needs(LoginReason::Guest),
        "the platform says 200 and gives a token to somebody it does not know"
    );
    assert_eq!(
        stage
            .platform
            .create(&creation("identity-1", "REL-000001"))
            .await,
        needs(LoginReason::Missing),
        "the guest's token is not used"
    );
    assert!(
        held(there).is_empty(),
        "no dossier was made in a guest's name"
    );
}

pub async fn an_expired_session_is_asked_again_and_nothing_is_lost(stage: Stage) {
    let Some(there) = stage.connected().await else {
        return;
    };
    let first = stage
        .platform
        .create(&creation("identity-1", "REL-000001"))
        .await;
    assert!(
        matches!(first, Reply::Sent(_)),
        "the first of two goes through: {first:?}"
    );
    there.sandbox.expire_tokens();
    let second = creation("identity-2", "REL-000002");
    assert_eq!(
        stage.platform.create(&second).await,
        needs(LoginReason::Expired),
        "the session died half-way"
    );
    assert!(
        !stage.platform.has_session(stage.clock.now_ms()),
        "and is forgotten at once"
    );
    assert_eq!(
        stage.log_in("essai").await,
        Reply::Sent(()),
        "a new password is given"
    );
    assert!(
        matches!(stage.platform.create(&second).await, Reply::Sent(_)),
        "the second goes on from there"
    );
    assert_eq!(
        held(there),
        ["REL-000001", "REL-000002"],
        "each is there once"
    );
}

pub async fn a_session_lasts_as_long_as_its_token_says(stage: Stage) {
    if stage.can().login == LoginKind::None {
        return;
    }
    let Some(_) = stage.connected().await else {
        return;
    };
    let opened = stage.clock.now_ms();
    assert!(
        stage.platform.has_session(opened + HOUR_MS - 1),
        "good for an hour"
    );
    assert!(
        !stage.platform.has_session(opened + HOUR_MS),
        "and not longer: the password is asked before the call fails"
    );
}

pub async fn logging_out_ends_it_here_and_there(stage: Stage) {
    let Some(there) = stage.connected().await else {
        return;
    };
    stage.platform.logout().await;
    assert!(
        !stage.platform.has_session(stage.clock.now_ms()),
        "no session is left here"
    );
    let last = there
        .sandbox
        .history()
        .pop()
        .expect("the platform was told");
    assert_eq!(
        (last.path.as_str(), last.status),
        ("/api/jwt/logout", Some(204)),
        "the platform closed it too"
    );
}

pub async fn one_call_at_a_time(stage: Stage) {
    let Some(there) = stage.connected().await else {
        return;
    };
    there
        .sandbox
        .configure(|settings| settings.assumed.one_request_per_user = true);
    let dossiers: Vec<_> = (0..4)
        .map(|n| creation(&format!("identity-{n}"), &format!("REL-00000{n}")))
        .collect();
    // The two calls are polled together: without the adapter's own order the second would meet 9093.
    for pair in dossiers.chunks(2) {
        let (one, two) = tokio::join!(
            stage.platform.create(&pair[0]),
            stage.platform.create(&pair[1])
        );
        assert!(
            matches!((&one, &two), (Reply::Sent(_), Reply::Sent(_))),
            "a platform that refuses a person's second call never sees one: {one:?}, {two:?}"
        );
    }
    assert_eq!(held(there).len(), 4, "all four are there");
}

pub async fn a_server_that_forbids_http_is_not_a_wrong_password(stage: Stage) {
    let Some(there) = &stage.there else { return };
    there
        .sandbox
        .configure(|settings| settings.http_forbidden = true);
    let reply = stage.log_in("essai").await;
    assert!(
        matches!(reply, Reply::Rejected { certain: true, .. }),
        "the address is to be changed, not the password: {reply:?}"
    );
}
