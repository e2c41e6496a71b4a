//! Login and tokens.
//!
//! Invariants: a token is the raw JWT the login answered, lives for `token_life_s` by the sandbox's clock and
//! dies at logout; only `AR-JWT` opens a session. The table of sessions decides, not the signature, whose key is
//! public here; it is in memory alone, so a restarted sandbox asks everyone to log in again.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::ArError;
use crate::records::Records;
use crate::settings::Settings;

const KEY: &[u8] = b"plateforme d'essai";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    pub login: String,
    pub guest: bool,
    pub until_s: i64,
}

#[derive(Debug, Default)]
pub(crate) struct Sessions {
    opened: u64,
    by_token: BTreeMap<String, Session>,
}

pub(crate) enum Identity {
    Known,
    Guest,
}

/// What is kept of a one-time password.
pub(crate) fn fingerprint(login: &str, password: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{login}\0{password}")))
}

/// Checks a login; in `otp_mode` the password is spent in `records`.
pub(crate) fn identify(
    settings: &Settings,
    records: &mut Records,
    login: &str,
    password: &str,
) -> Result<Identity, ArError> {
    let refused = || settings.error(623, login.to_owned());
    let Some(person) = settings.person(login) else {
        return if settings.guest_users && !login.is_empty() {
            Ok(Identity::Guest)
        } else {
            Err(refused())
        };
    };
    let print = fingerprint(login, password);
    if !person.passwords.iter().any(|p| p == password) && !records.granted.contains(&print) {
        return Err(refused());
    }
    if settings.otp_mode && !records.spent.insert(print) {
        return Err(refused());
    }
    Ok(Identity::Known)
}

impl Sessions {
    /// A new token, with the claims AR System documents.
    pub fn open(&mut self, login: &str, guest: bool, now_s: i64, life_s: i64) -> String {
        self.opened += 1;
        let until_s = now_s + life_s;
        let claims = json!({
            "sub": login,
            "iss": "plateforme-essai",
            "iat": now_s,
            "nbf": now_s - 120,
            "exp": until_s,
            "_cacheId": self.opened,
        });
        let head = URL_SAFE_NO_PAD.encode(json!({ "alg": "HS256" }).to_string());
        let body = URL_SAFE_NO_PAD.encode(claims.to_string());
        let signed = format!("{head}.{body}");
        let token = match Hmac::<Sha256>::new_from_slice(KEY) {
            Ok(mut mac) => {
                mac.update(signed.as_bytes());
                format!(
                    "{signed}.{}",
                    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
                )
            }
            // HMAC takes keys of any length, so this arm is never reached; an unsigned token would still be valid here.
            Err(_) => signed,
        };
        self.by_token.insert(
            token.clone(),
            Session {
                login: login.to_owned(),
                guest,
                until_s,
            },
        );
        token
    }

    /// The session behind an `Authorization` header.
    pub fn find(
        &self,
        settings: &Settings,
        header: Option<&str>,
        now_s: i64,
    ) -> Result<(String, Session), ArError> {
        let token = header
            .and_then(|h| h.strip_prefix("AR-JWT "))
            .map(str::trim);
        token
            .and_then(|token| {
                self.by_token
                    .get(token)
                    .map(|session| (token.to_owned(), session.clone()))
            })
            .filter(|(_, session)| now_s < session.until_s)
            .ok_or_else(|| ArError {
                http: 401,
                ..settings.error(623, None)
            })
    }

    pub fn close(&mut self, token: &str) {
        self.by_token.remove(token);
    }

    pub fn close_all(&mut self) {
        self.by_token.clear();
    }
}
