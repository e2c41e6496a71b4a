//! The portal where a person types: the dossier is laid out to be copied, and its number is typed back.
//!
//! Invariant: always available, and never a claim that something was sent. Acceptance comes from the person, through
//! `outbox::resolve_by_hand`.
//!
//! Left out on purpose: the PDF of the same layout (`reports`).

use secrecy::SecretString;

use crate::remedy::details;
use crate::reply::{OfflineKind, Reply};
use crate::{Accepted, Capabilities, Creation, LoginKind, LookUp, Pending, Platform};

pub struct Manual;

impl Manual {
    /// The fields in the order of the portal's form, worded as its French view words them. Empty fields are left out.
    pub fn layout(creation: &Creation) -> Vec<(String, String)> {
        let mut fields = vec![
            ("Nom", creation.last_name.clone()),
            ("Prénom", creation.first_name.clone()),
            ("Identifiant", creation.login.clone().unwrap_or_default()),
            ("Téléphone", creation.phone.clone()),
            ("Site", creation.site.clone().unwrap_or_default()),
            ("Résumé", creation.summary.clone()),
            ("Description", details(creation)),
            ("Type de service", french(&creation.service_type)),
            ("Impact", french(&creation.impact)),
            ("Urgence", french(&creation.urgency)),
            ("Référence", creation.reference.clone()),
        ];
        for (name, value) in &creation.categories {
            fields.push((category_label(name), value.clone()));
        }
        fields
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| (label.to_owned(), value))
            .collect()
    }
}

/// A field that only this site has keeps its own name.
fn category_label(name: &str) -> &str {
    match name {
        "Categorization Tier 1" => "Catégorie, niveau 1",
        "Categorization Tier 2" => "Catégorie, niveau 2",
        "Categorization Tier 3" => "Catégorie, niveau 3",
        "Product Categorization Tier 1" => "Catégorie de produit, niveau 1",
        "Product Categorization Tier 2" => "Catégorie de produit, niveau 2",
        "Product Categorization Tier 3" => "Catégorie de produit, niveau 3",
        "Assigned Group" => "Groupe de support",
        "Assigned Support Company" => "Société de support",
        "Assigned Support Organization" => "Organisation de support",
        own => own,
    }
}

/// A value of the wire in the words of the portal's French view. A value of the site's own stays as it is.
fn french(value: &str) -> String {
    match value {
        "1-Extensive/Widespread" => "1 – Étendu, généralisé",
        "2-Significant/Large" => "2 – Important, large",
        "3-Moderate/Limited" => "3 – Modéré, limité",
        "4-Minor/Localized" => "4 – Mineur, localisé",
        "1-Critical" => "1 – Critique",
        "2-High" => "2 – Haute",
        "3-Medium" => "3 – Moyenne",
        "4-Low" => "4 – Basse",
        "User Service Restoration" => "Rétablissement d’un service utilisateur",
        "User Service Request" => "Demande de service utilisateur",
        "Infrastructure Restoration" => "Rétablissement d’infrastructure",
        "Infrastructure Event" => "Événement d’infrastructure",
        "Security Incident" => "Incident de sécurité",
        other => other,
    }
    .to_owned()
}

fn by_hand<T>() -> Reply<T> {
    Reply::Offline {
        kind: OfflineKind::ByHand,
        detail: "a person carries the dossier over".into(),
    }
}

impl Platform for Manual {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            login: LoginKind::None,
            sends: false,
            look_up: LookUp::Nothing,
            notes: false,
            attachments: false,
            resolution: false,
            cancel: false,
            pulls: false,
            numbers_at_once: false,
        }
    }

    fn login<'a>(&'a self, _: &'a str, _: &'a SecretString, _: i64) -> Pending<'a, Reply<()>> {
        Box::pin(async { by_hand() })
    }

    fn has_session(&self, _now_ms: i64) -> bool {
        true
    }

    fn create<'a>(&'a self, _: &'a Creation) -> Pending<'a, Reply<Accepted>> {
        Box::pin(async { by_hand() })
    }

    fn find<'a>(&'a self, _: &'a str) -> Pending<'a, Reply<Vec<Accepted>>> {
        Box::pin(async { by_hand() })
    }

    fn logout(&self) -> Pending<'_, ()> {
        Box::pin(async {})
    }
}
