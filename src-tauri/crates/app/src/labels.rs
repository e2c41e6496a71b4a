//! French words for closed lists, and the sentences that say where an operation stands.

use chrono::{Datelike, NaiveDate};
use store::outbox::OutboxItem;

use crate::wire::{
    ContactRole, DocumentKind, EquipmentColumn, EquipmentFamily, EquipmentState, Funding,
    PurchaseState, SendState,
};

/// Narrow no-break space: before : ; ? ! » and inside numbers.
pub(crate) const NNBSP: char = '\u{202f}';

/// « 1 dossier », « 12 dossiers ».
pub(crate) fn count(number: u32, one: &str, many: &str) -> String {
    let word = if number < 2 { one } else { many };
    format!("{} {word}", grouped(number))
}

/// « 1 234 567 »
pub(crate) fn grouped(number: impl Into<u128>) -> String {
    let digits = number.into().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(NNBSP);
        }
        text.push(digit);
    }
    text
}

const WEEKDAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];
const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 27 novembre 2026 », « 1er septembre 2015 ».
pub(crate) fn day(day: NaiveDate) -> String {
    format!("{} {}", day_and_month(day), day.year())
}

/// « vendredi 27 novembre »; the year is said when it is another one.
pub(crate) fn near_day(day: NaiveDate, today: NaiveDate) -> String {
    let weekday = WEEKDAYS
        .get(day.weekday().num_days_from_monday() as usize)
        .unwrap_or(&"");
    let date = day_and_month(day);
    if day.year() == today.year() {
        format!("{weekday} {date}")
    } else {
        format!("{weekday} {date} {}", day.year())
    }
}

fn day_and_month(day: NaiveDate) -> String {
    let month = MONTHS.get(day.month0() as usize).unwrap_or(&"");
    match day.day() {
        1 => format!("1er {month}"),
        number => format!("{number} {month}"),
    }
}

/// « 27/11/2026 », or the text as it stands when it is no day.
pub(crate) fn short_day(day: &str) -> String {
    NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .map_or_else(|_| day.to_owned(), |day| day.format("%d/%m/%Y").to_string())
}

/// « 3 490,00 € »
pub(crate) fn euros(cents: i64) -> String {
    let whole = u32::try_from(cents / 100).unwrap_or_default();
    format!("{},{:02}{NNBSP}€", grouped(whole), cents % 100)
}

/// The first letter is made a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The platform's status as the staff room says it. An unknown one is shown as it came.
pub(crate) fn platform_status(status: &str) -> String {
    match status {
        "New" => "Nouveau",
        "Assigned" => "Attribué",
        "In Progress" => "En cours",
        "Pending" => "En attente",
        "Resolved" => "Résolu, à confirmer",
        "Closed" => "Fermé",
        "Cancelled" => "Annulé",
        other => other,
    }
    .to_owned()
}

pub(crate) fn author(author: &str) -> String {
    match author {
        "moi" => "Vous",
        "plateforme" => "La plateforme d’assistance",
        "departement" => "Le Département",
        "academie" => "L’Académie",
        "editeur" => "L’éditeur",
        "gestionnaire" => "Le gestionnaire réseau",
        "relais" => "Relais",
        other => other,
    }
    .to_owned()
}

pub(crate) fn funding(funding: Funding) -> &'static str {
    match funding {
        Funding::Departement => "Département",
        Funding::Etat => "État",
        Funding::FondsPropres => "Fonds propres",
    }
}

pub(crate) fn equipment_state(state: EquipmentState) -> &'static str {
    match state {
        EquipmentState::InService => "en service",
        EquipmentState::Broken => "en panne",
        EquipmentState::Spare => "en réserve",
        EquipmentState::Lent => "prêté",
        EquipmentState::InRepair => "en réparation",
        EquipmentState::Retired => "réformé",
    }
}

pub(crate) fn equipment_family(family: EquipmentFamily) -> &'static str {
    match family {
        EquipmentFamily::Desktop => "Poste",
        EquipmentFamily::Laptop => "Portable ou tablette",
        EquipmentFamily::Printer => "Imprimante ou copieur",
        EquipmentFamily::Projector => "Vidéoprojecteur ou tableau",
        EquipmentFamily::Network => "Réseau",
        EquipmentFamily::Server => "Serveur ou onduleur",
        EquipmentFamily::Other => "Autre",
    }
}

/// The heading of a column of the register.
pub(crate) fn equipment_column(column: EquipmentColumn) -> &'static str {
    match column {
        EquipmentColumn::Kind => "Type",
        EquipmentColumn::Model => "Marque et modèle",
        EquipmentColumn::Serial => "Série",
        EquipmentColumn::Inventory => "Inventaire",
        EquipmentColumn::Host => "Nom sur le réseau",
        EquipmentColumn::Ip => "Adresse IP",
        EquipmentColumn::Mac => "Adresse MAC",
        EquipmentColumn::Room => "Salle",
        EquipmentColumn::User => "Utilisateur",
        EquipmentColumn::Funding => "Financement",
        EquipmentColumn::State => "État",
        EquipmentColumn::Bought => "Date d’achat",
        EquipmentColumn::Price => "Prix",
        EquipmentColumn::Order => "Commande",
        EquipmentColumn::Invoice => "Facture",
        EquipmentColumn::Warranty => "Fin de garantie",
        EquipmentColumn::WarrantyKind => "Genre de garantie",
        EquipmentColumn::Notes => "Notes",
    }
}

pub(crate) fn document_kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Photo => "Photo",
        DocumentKind::Quote => "Devis",
        DocumentKind::Validation => "Validation",
        DocumentKind::Order => "Bon de commande",
        DocumentKind::Invoice => "Facture",
        DocumentKind::Delivery => "Bon de livraison",
        DocumentKind::SignedForm => "Formulaire signé",
        DocumentKind::Other => "Autre document",
    }
}

pub(crate) fn purchase_state(state: PurchaseState) -> &'static str {
    match state {
        PurchaseState::Project => "Projet",
        PurchaseState::Requested => "Validation demandée",
        PurchaseState::Validated => "Validée",
        PurchaseState::Refused => "Refusée",
        PurchaseState::Ordered => "Commandée",
        PurchaseState::Received => "Reçue",
        PurchaseState::Registered => "Enregistrement demandé",
        PurchaseState::Maintained => "Maintenue par le Département",
        PurchaseState::Dropped => "Abandonnée",
    }
}

pub(crate) fn contact_role(role: ContactRole) -> &'static str {
    match role {
        ContactRole::Departement => "Département",
        ContactRole::Dsi => "DSI du Département",
        ContactRole::Academie => "Académie",
        ContactRole::Contractor => "Prestataires",
        ContactRole::Supplier => "Fournisseurs",
        ContactRole::Vendor => "Éditeurs",
        ContactRole::NetworkKeeper => "Gestionnaire réseau",
        ContactRole::Direction => "Direction",
        ContactRole::Administration => "Gestion",
        ContactRole::Teaching => "Équipe pédagogique",
        ContactRole::SchoolLife => "Vie scolaire",
    }
}

/// Why the platform refused, in words. The platform's own text is in its language: the
/// number decides, and the field is named as the platform names it.
pub(crate) fn refusal(item: &OutboxItem) -> String {
    let text = item.reason.as_deref().unwrap_or_default();
    match item.reason_code.as_deref() {
        Some("307") => format!("il manque un champ obligatoire sur la plateforme ({text})"),
        Some("306") => format!("une valeur ne convient pas à la plateforme ({text})"),
        Some("326" | "333" | "353") => {
            "votre compte n’a pas le droit de créer ce dossier".to_owned()
        }
        Some("303") => {
            "l’adresse indiquée n’est pas celle d’une plateforme d’assistance Remedy".to_owned()
        }
        Some("illisible") => {
            "cette version de Relais ne sait plus lire cet envoi, qui est gardé".to_owned()
        }
        Some("http") => format!("la plateforme n’accepte pas cette demande ({text})"),
        Some(code) => format!("la plateforme a répondu : {text} (réponse {code})"),
        None => format!("la plateforme a répondu : {text}"),
    }
}

/// Where an operation stands, in one sentence, and what happens next.
pub(crate) fn sending(item: &OutboxItem, by_hand: bool, online: bool) -> (String, String) {
    let n = NNBSP;
    match SendState::from_id(&item.state) {
        Some(SendState::Ready) if by_hand => (
            "Prêt, à recopier dans le portail".into(),
            format!(
                "Ouvrez le dossier{n}: Relais donne chaque champ à copier, puis demande le numéro."
            ),
        ),
        Some(SendState::Ready) if item.attempts > 0 => (
            "Prêt, nouvel essai prévu".into(),
            match item.reason_code.as_deref() {
                Some("portail") => {
                    "Une page de connexion a répondu à la place de la plateforme.".into()
                }
                Some("session") => {
                    format!(
                        "La session était fermée au dernier essai{n}: un mot de passe est demandé."
                    )
                }
                Some("occupee") => "La plateforme était occupée au dernier essai.".into(),
                _ => "La plateforme n’était pas joignable au dernier essai.".into(),
            },
        ),
        Some(SendState::Ready) if online => ("Prêt, part dans un instant".into(), String::new()),
        Some(SendState::Ready) => ("Prêt, partira au retour du réseau".into(), String::new()),
        Some(SendState::Sending) => (
            "En cours d’envoi".into(),
            "La plateforme n’a pas encore répondu.".into(),
        ),
        Some(SendState::Accepted) => (
            format!(
                "Accepté — {}",
                item.proof_number.as_deref().unwrap_or_default()
            ),
            match item.attempts {
                0 => "Numéro saisi à la main".into(),
                1 => "Reçu par la plateforme au premier essai".into(),
                n => format!("Reçu par la plateforme après {n} essais"),
            },
        ),
        Some(SendState::Refused) => (
            format!("Refusé — {}", refusal(item)),
            "Corrigez puis renvoyez, ou retirez l’envoi. Le dossier reste ici.".into(),
        ),
        Some(SendState::Uncertain) if item.reason_code.as_deref() == Some("passation") => (
            "Incertain — peut-être déjà envoyé par l’ordinateur d’où vient la passation".into(),
            format!(
                "Relais cherchera {} sur la plateforme avant de l’envoyer. Rien ne partira deux fois.",
                item.reference
            ),
        ),
        Some(SendState::Uncertain) => (
            "Incertain — envoyé, la réponse n’est jamais arrivée".into(),
            format!(
                "Relais cherchera {} sur la plateforme avant tout nouvel essai. Rien ne partira deux fois.",
                item.reference
            ),
        ),
        Some(SendState::Withdrawn) => ("Retiré".into(), "Le dossier reste ici, sans envoi.".into()),
        None => (item.state.clone(), String::new()),
    }
}
