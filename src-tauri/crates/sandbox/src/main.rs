//! The sandbox as a program: one server on the loopback, its switches on the command line.
//!
//! Invariant: everything it can do is the library's; here are only the arguments and the machine's clock.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Parser, ValueEnum};
use sandbox::{Fault, Person, Profile, Sandbox, Settings};

/// Plateforme d’essai : un serveur AR System (Remedy) d’exercice, sur cette machine seulement.
#[derive(Parser)]
#[command(name = "sandbox", version)]
struct Arguments {
    /// Port d’écoute sur 127.0.0.1 (0 : le premier libre).
    #[arg(long, default_value_t = 8008)]
    port: u16,
    /// Génération de serveur imitée.
    #[arg(long, value_enum, default_value_t = Generation::Ar20)]
    profile: Generation,
    /// Identifiant de la personne connue de la plateforme.
    #[arg(long, default_value = "c.martin")]
    user: String,
    /// Mot de passe accepté ; peut être répété.
    #[arg(long, default_value = "essai")]
    password: Vec<String>,
    #[arg(long, default_value = "Camille", help = "Prénom de cette personne")]
    first_name: String,
    #[arg(long, default_value = "Martin", help = "Nom de cette personne")]
    last_name: String,
    #[arg(
        long,
        default_value = "Collège d’essai",
        help = "Organisme de cette personne"
    )]
    company: String,
    /// Laisse entrer les inconnus comme invités, avec l’avertissement 59.
    #[arg(long)]
    guest_users: bool,
    /// Répond partout le refus des serveurs qui n’acceptent pas http.
    #[arg(long)]
    http_forbidden: bool,
    /// Chaque mot de passe ne sert qu’une fois (réglage propre à cette plateforme d’essai, absent de BMC).
    #[arg(long)]
    otp_mode: bool,
    /// Désactive la règle qui affecte aussitôt les nouveaux incidents.
    #[arg(long)]
    no_assign: bool,
    /// Longueur maximale du résumé, en caractères.
    #[arg(long, default_value_t = 100)]
    description_max: usize,
    /// Champ exigé à la création en plus des champs habituels ; peut être répété.
    #[arg(long)]
    required: Vec<String>,
    /// Panne à jouer une fois ; peut être répétée, dans l’ordre : commit-then-drop, drop-before, 92, 92-committed,
    /// 93, 9093, 502, 502-committed, 429:SECONDES, 503:SECONDES, slow:MS, slow-committed:MS, truncated-json,
    /// empty-created, captive-portal, redirect-elsewhere, expire-token, reset.
    #[arg(long)]
    fault: Vec<Fault>,
    /// Fichier où la plateforme garde sa mémoire, réécrit à chaque changement.
    #[arg(long)]
    state: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Generation {
    Ar9,
    Ar20,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("La plateforme d’essai ne peut pas démarrer\u{202f}: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let settings = Settings {
        profile: match arguments.profile {
            Generation::Ar9 => Profile::Ar9,
            Generation::Ar20 => Profile::Ar20,
        },
        guest_users: arguments.guest_users,
        http_forbidden: arguments.http_forbidden,
        otp_mode: arguments.otp_mode,
        assign_on_create: !arguments.no_assign,
        description_max: arguments.description_max,
        users: vec![Person {
            login: arguments.user,
            passwords: arguments.password,
            first_name: arguments.first_name,
            last_name: arguments.last_name,
            company: arguments.company,
        }],
        required: arguments.required,
        ..Settings::default()
    };
    let clock = Arc::new(|| {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
    });
    let sandbox = match arguments.state {
        Some(file) => Sandbox::open(settings, clock, &file)?,
        None => Sandbox::new(settings, clock),
    };
    arguments
        .fault
        .into_iter()
        .for_each(|fault| sandbox.inject(fault));
    let running = sandbox.serve(arguments.port).await?;
    println!("Plateforme d’essai\u{202f}: {}", running.url());
    tokio::signal::ctrl_c().await?;
    running.stop().await;
    Ok(())
}
