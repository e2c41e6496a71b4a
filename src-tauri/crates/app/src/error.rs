//! One error for all commands: rich for the log, a code and a French sentence for a person.
//!
//! Invariant: `to_wire` logs the cause and never sends it; the sentence says what is wrong
//! and what to do. Being offline is a state, not an error: see `exchange`.

use crate::wire::{Code, WireError};

/// What can go wrong in a command.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("bad request: {0}")]
    BadRequest(String),
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// A value that a person typed and must mend; the sentence is in French.
    #[error("refused: {sentence}")]
    Refused {
        field: Option<&'static str>,
        sentence: String,
    },
    #[error("conflict: {0}")]
    Conflict(String),
    #[error("the application has no open store")]
    NotReady,
    #[error("opening the store: {0}")]
    Open(#[from] store::OpenError),
    #[error("store: {0}")]
    Store(#[from] store::Error),
    #[error("outbox: {0}")]
    Outbox(#[from] outbox::Error),
    #[error("guide: {0}")]
    Guide(#[from] convention::GuideError),
    #[error("keyring: {0}")]
    Keyring(#[from] keyring::Error),
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    #[error("another Relais is exchanging with the platform")]
    ExchangeElsewhere,
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// A value to mend, tied to its field.
    pub(crate) fn refused(field: &'static str, sentence: impl Into<String>) -> Self {
        Self::Refused {
            field: Some(field),
            sentence: sentence.into(),
        }
    }

    /// What the window must do about it.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::BadRequest(_) | Self::Refused { .. } | Self::Guide(_) => Code::BadRequest,
            Self::NotFound(_) => Code::NotFound,
            Self::Conflict(_) => Code::Conflict,
            Self::NotReady => Code::NotReady,
            Self::Open(error) => open_code(error),
            Self::Store(error) => store_code(error),
            Self::Outbox(outbox::Error::Store(error)) => store_code(error),
            Self::Outbox(outbox::Error::Transition { .. }) => Code::Conflict,
            Self::Keyring(_) => Code::KeyringMissing,
            Self::ExchangeElsewhere => Code::Busy,
            Self::Io(error) => io_code(error),
            Self::Outbox(_) | Self::Internal(_) => Code::Internal,
        }
    }

    /// The sentence for a person.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Refused { sentence, .. } => sentence.clone(),
            Self::Conflict(sentence) => sentence.clone(),
            Self::Guide(error) => error.to_string(),
            Self::BadRequest(cause) => format!("Relais n’a pas compris cette commande : {cause}."),
            Self::NotFound(what) => {
                format!("{what} : introuvable. La liste a peut-être changé entre-temps.")
            }
            _ => code_sentence(self.code()).to_owned(),
        }
    }

    /// The error as it crosses to a face. The cause goes to the log, under the command's name.
    #[must_use]
    pub fn to_wire(&self, command: &str) -> WireError {
        let code = self.code();
        match self {
            Self::Refused { .. } | Self::NotReady => tracing::debug!(command, %self),
            // Their text repeats what was typed or names people, and a log carries no names nor secrets.
            Self::BadRequest(_) | Self::Guide(_) | Self::Conflict(_) => {
                tracing::warn!(command, ?code)
            }
            _ => tracing::warn!(command, %self),
        }
        WireError {
            code,
            message: self.sentence(),
            retryable: matches!(
                code,
                Code::Busy | Code::Offline | Code::DiskFull | Code::ReadOnly
            ),
            field: match self {
                Self::Refused { field, .. } => field.map(str::to_owned),
                _ => None,
            },
        }
    }
}

fn open_code(error: &store::OpenError) -> Code {
    match error {
        store::OpenError::WrongKey => Code::WrongKey,
        store::OpenError::Damaged { .. } | store::OpenError::Missing(_) => Code::Damaged,
        store::OpenError::TooNew { .. } => Code::TooNew,
        store::OpenError::DiskFull => Code::DiskFull,
        store::OpenError::ReadOnly => Code::ReadOnly,
        store::OpenError::Busy => Code::Busy,
        store::OpenError::Io(error) => io_code(error),
        _ => Code::Internal,
    }
}

fn store_code(error: &store::Error) -> Code {
    match error {
        store::Error::DiskFull => Code::DiskFull,
        store::Error::ReadOnly => Code::ReadOnly,
        store::Error::Busy => Code::Busy,
        store::Error::Damaged => Code::Damaged,
        store::Error::Constraint(_) | store::Error::Transition { .. } => Code::Conflict,
        store::Error::NotFound { .. } => Code::NotFound,
        _ => Code::Internal,
    }
}

fn io_code(error: &std::io::Error) -> Code {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Code::DiskFull,
        std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
            Code::ReadOnly
        }
        _ => Code::Internal,
    }
}

/// What is wrong and what to do, for errors whose code says everything.
pub(crate) fn code_sentence(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "Relais n’a pas compris cette commande.",
        Code::NotFound => "Introuvable : la liste a peut-être changé entre-temps.",
        Code::Conflict => {
            "Cette action n’est plus possible : l’élément a changé entre-temps. Rouvrez-le."
        }
        Code::NotReady => {
            "Relais n’est pas encore ouvert sur un collège. Terminez d’abord le premier démarrage."
        }
        Code::WrongKey => {
            "La phrase secrète n’est pas la bonne. Vos données sont intactes : réessayez."
        }
        Code::KeyringMissing => {
            "Le trousseau de clés de l’ordinateur ne répond pas, ou ne contient pas la clé de Relais. Ouvrez la session de la personne qui a installé Relais, puis réessayez. Vos données sont intactes."
        }
        Code::Damaged => {
            "Le fichier de données est abîmé. Relais n’y a rien changé. Mettez-le de côté pour repartir, ou confiez le dossier de données à la personne qui dépanne Relais."
        }
        Code::TooNew => {
            "Ces données viennent d’une version plus récente de Relais. Installez cette version : vos données sont intactes."
        }
        Code::DiskFull => {
            "Le disque est plein. Rien n’a été enregistré à moitié : libérez de la place, puis recommencez."
        }
        Code::ReadOnly => {
            "Relais n’a pas le droit d’écrire dans son dossier de données. Vérifiez les droits du dossier, puis réessayez. Rien n’est perdu."
        }
        Code::Busy => {
            "Relais est déjà occupé à cela dans une autre fenêtre ou une autre commande. Réessayez dans un instant."
        }
        Code::Offline => {
            "La plateforme n’est pas joignable pour le moment. Tout reste en file d’envoi."
        }
        Code::LoginNeeded => "La plateforme demande un mot de passe à usage unique.",
        Code::Internal => {
            "Quelque chose d’inattendu s’est produit ; rien n’est perdu. Réessayez : si cela recommence, prévenez la personne qui dépanne Relais, la cause est dans le journal."
        }
    }
}
