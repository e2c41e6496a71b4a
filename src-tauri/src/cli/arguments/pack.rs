//! The words of the command line about the convention itself: its packs, and the cells read on the signed copy.

use std::path::PathBuf;

use app::wire::{Activity, Party, Perimeter};
use clap::{Args, Subcommand};

use super::word;

#[derive(Subcommand)]
pub(crate) enum PackAct {
    /// Dit chaque erreur d’un pack, avec son fichier, sa ligne et sa colonne, puis parcourt tout son formulaire.
    Check {
        /// Dossier du pack, ou fichier .relaispack.
        #[arg(value_name = "PACK")]
        pack: PathBuf,
    },
    /// Dit ce qui change d’un pack à l’autre, et les dossiers ouverts qui iraient ailleurs.
    Diff {
        /// Dossier, fichier .relaispack, ou - pour la convention en vigueur.
        #[arg(value_name = "AVANT")]
        before: PathBuf,
        /// Dossier, fichier .relaispack, ou - pour la convention en vigueur.
        #[arg(value_name = "APRÈS")]
        after: PathBuf,
    },
    /// Fait le fichier .relaispack d’un dossier, signé si une clé est donnée.
    Build {
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Clé secrète de minisign, ou faite par « relais pack key ».
        #[arg(long, value_name = "FICHIER")]
        key: Option<PathBuf>,
        /// Fichier qui contient la phrase secrète de cette clé.
        #[arg(long, value_name = "FICHIER", requires = "key")]
        password_file: Option<PathBuf>,
    },
    /// Fait une paire de clés pour signer des packs : NOM.pub à publier, NOM.key à garder.
    Key {
        #[arg(value_name = "NOM")]
        name: String,
        /// Fichier qui contient la phrase secrète qui protégera la clé.
        #[arg(long, value_name = "FICHIER")]
        password_file: PathBuf,
    },
    /// Met un pack en vigueur. D’un auteur inconnu, ou sans signature, il est refusé si rien ne dit de lui faire confiance.
    Install {
        /// Fichier .relaispack, ou dossier du pack.
        #[arg(value_name = "PACK")]
        pack: PathBuf,
        /// Fait confiance désormais à la clé qui l’a signé, sous ce nom.
        #[arg(long, value_name = "NOM", conflicts_with = "trust_once")]
        trust_key: Option<String>,
        /// Fait confiance à ce fichier, cette fois seulement.
        #[arg(long)]
        trust_once: bool,
    },
    /// Liste les packs gardés et les clés reconnues.
    List,
    /// Met en vigueur un pack gardé ; sans autre précision, celui fourni avec Relais.
    Use {
        /// Début de l’identifiant donné par « relais pack list ».
        #[arg(value_name = "IDENTIFIANT")]
        id: Option<String>,
    },
}

/// A cell of the matrix.
#[derive(Args)]
pub(crate) struct Place {
    /// Ligne de la matrice.
    #[arg(long)]
    pub(crate) service: String,
    /// preconisation, acquisition, installation, mco, assistance ou conseil.
    #[arg(long, value_name = "ACTIVITÉ", value_parser = word(Activity::from_id, Activity::ALL, Activity::id))]
    pub(crate) activity: Activity,
    /// administratif ou pedagogique ; aucun quand la case ne les distingue pas.
    #[arg(long, value_name = "PÉRIMÈTRE", value_parser = word(Perimeter::from_id, Perimeter::ALL, Perimeter::id))]
    pub(crate) perimeter: Option<Perimeter>,
}

#[derive(Subcommand)]
pub(crate) enum ConventionAct {
    /// Écrit dans une case à compléter ce que dit l’exemplaire signé.
    Complete {
        #[command(flatten)]
        place: Place,
        /// Le responsable lu sur l’exemplaire signé.
        #[arg(long, value_name = "RESPONSABLE", value_parser = word(Party::from_id, Party::ALL, Party::id))]
        party: Party,
        /// La page où il se lit.
        #[arg(long)]
        page: String,
    },
    /// Retire ce qui a été lu pour une case.
    Clear {
        #[command(flatten)]
        place: Place,
    },
    /// Écrit ce qui a été complété, pour le proposer au Département.
    Export,
}
