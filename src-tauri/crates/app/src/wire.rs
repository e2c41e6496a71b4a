//! The wire: what crosses between the application and its faces (window, command line).
//!
//! Invariant: these are plain data, never the store's rows nor the convention's types;
//! conversion lives in the command that answers. The TypeScript in `ui/src/wire` is
//! generated from here. Times are UTC milliseconds named `…_ms`, days are `YYYY-MM-DD`.
//! Left out on purpose: behaviour. Only `From` conversions of closed lists are allowed.

mod convention;
mod exchange;
mod files;
mod guide;
mod handover;
mod home;
mod import;
mod lists;
mod loans;
mod packs;
mod purchases;
mod register;
mod settings;
mod stock_checks;
mod tickets;

pub use self::convention::*;
pub use exchange::*;
pub use files::*;
pub use guide::*;
pub use handover::*;
pub use home::*;
pub use import::*;
pub use lists::*;
pub use loans::*;
pub use packs::*;
pub use purchases::*;
pub use register::*;
pub use settings::*;
pub use stock_checks::*;
pub use tickets::*;

/// Declares plain data of the wire with the derives all of it needs.
macro_rules! wire {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
            #[serde(deny_unknown_fields)]
            #[ts(export_to = "types.ts")]
            pub struct $name { $($body)* }
        )*
    };
}

/// Declares a request that carries a secret: it can be read from the wire, and neither printed nor written back.
macro_rules! secret {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, serde::Deserialize, ts_rs::TS)]
            #[serde(deny_unknown_fields)]
            #[ts(export_to = "types.ts")]
            pub struct $name { $($body)* }
        )*
    };
}

/// Declares a closed list whose words on the wire are the ids of the convention's data.
macro_rules! words {
    ($($(#[$meta:meta])* pub enum $name:ident { $($variant:ident = $id:literal),* $(,)? })*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, ts_rs::TS)]
            #[ts(export_to = "types.ts")]
            pub enum $name { $(#[serde(rename = $id)] $variant),* }

            impl $name {
                /// Every value, in the order declared.
                pub const ALL: &'static [$name] = &[$($name::$variant),*];

                /// The word used on the wire, in the store and on the command line.
                pub const fn id(self) -> &'static str {
                    match self { $($name::$variant => $id),* }
                }

                /// The value behind a word, if it is one.
                pub fn from_id(id: &str) -> Option<Self> {
                    match id { $($id => Some($name::$variant),)* _ => None }
                }
            }
        )*
    };
}

pub(crate) use {secret, wire, words};

wire! {
    /// A request or an answer that carries nothing.
    pub struct Nothing {}

    /// The id of the row a command speaks of.
    pub struct ById { pub id: String }
}
