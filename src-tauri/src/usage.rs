//! Help and usage mistakes in French; clap speaks English.
//!
//! Invariant: help goes to the standard output and ends well; a usage mistake is a sentence
//! on the error output that names the word at fault, and ends with 2. Left out on purpose:
//! clap's colours.

use std::process::ExitCode;

use clap::{
    ArgMatches, Command, CommandFactory, FromArgMatches,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{
    cli::Arguments,
    print::{say, warn},
};

const USAGE: u8 = 2;
const TEMPLATE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}";

/// The arguments, or how the program ends without them.
pub(crate) fn parse() -> Result<Arguments, ExitCode> {
    french(Arguments::command())
        .try_get_matches()
        .and_then(|matches: ArgMatches| Arguments::from_arg_matches(&matches))
        .map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => say(&error.to_string()),
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                warn(&error.to_string());
                ExitCode::from(USAGE)
            }
            _ => {
                warn(&sentence(&error));
                ExitCode::from(USAGE)
            }
        })
}

fn french(command: Command) -> Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Commandes ")
        .subcommand_value_name("COMMANDE")
        .mut_args(|argument| {
            let heading = if argument.is_positional() {
                "Arguments "
            } else {
                "Options "
            };
            argument.help_heading(heading)
        })
        .mut_subcommands(french)
}

fn sentence(error: &clap::Error) -> String {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = word(ContextKind::InvalidArg);
    let close = match word(ContextKind::SuggestedArg) + &word(ContextKind::SuggestedSubcommand) {
        none if none.is_empty() => String::new(),
        close => format!(" Voulez-vous dire « {close} » ?"),
    };
    let wrong = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("Il manque : {argument}."),
        ErrorKind::UnknownArgument => format!("L’option « {argument} » n’existe pas ici.{close}"),
        ErrorKind::InvalidSubcommand => format!(
            "La commande « {} » n’existe pas.{close}",
            word(ContextKind::InvalidSubcommand)
        ),
        ErrorKind::InvalidValue => format!("Il manque une valeur après {argument}."),
        ErrorKind::ValueValidation => format!(
            "« {} » ne convient pas à {argument} : {}.",
            word(ContextKind::InvalidValue),
            std::error::Error::source(error).map_or_else(String::new, ToString::to_string)
        ),
        ErrorKind::ArgumentConflict => match word(ContextKind::PriorArg) {
            prior if prior == argument => format!("{argument} est donné deux fois."),
            prior => format!("{argument} et {prior} ne vont pas ensemble."),
        },
        _ => "Cette commande est mal écrite.".to_owned(),
    };
    format!("{wrong} Pour l’aide : relais --help")
}
