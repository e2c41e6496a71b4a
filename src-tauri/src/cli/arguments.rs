//! The words of the command line, as clap reads them: each command, its options, and their French help.
//!
//! Invariant: closed lists are the wire's own words, and a wrong one is told with those that exist. What a command
//! does stands beside it in `cli`.

mod pack;

pub(crate) use pack::{ConventionAct, PackAct, Place};

use std::path::PathBuf;

use app::wire::{
    Activity, ContactRole, Encoding, Funding, LabelCode, LabelStock, MatchKey, Perimeter,
    Separator, TableFormat, TicketFilter,
};
use clap::{ArgAction, Parser, Subcommand};
use secrecy::SecretString;

use crate::file;

/// A list of the register, in the words of the command line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Equipment,
    Contacts,
    Tickets,
}

impl List {
    /// What can be imported.
    const IMPORTED: &'static [List] = &[List::Equipment, List::Contacts];
    const ALL: &'static [List] = &[List::Equipment, List::Contacts, List::Tickets];

    fn word(self) -> &'static str {
        match self {
            List::Equipment => "equipment",
            List::Contacts => "contacts",
            List::Tickets => "tickets",
        }
    }

    /// The wire's word.
    pub(crate) fn id(self) -> &'static str {
        match self {
            List::Equipment => "equipements",
            List::Contacts => "contacts",
            List::Tickets => "dossiers",
        }
    }

    fn from_word(word: &str) -> Option<List> {
        List::ALL.iter().copied().find(|list| list.word() == word)
    }

    fn imported(word: &str) -> Option<List> {
        List::from_word(word).filter(|list| List::IMPORTED.contains(list))
    }
}

/// Relais : les équipements, les contacts et les dossiers informatiques du collège.
#[derive(Parser)]
#[command(name = "relais", version, about, disable_help_subcommand = true)]
#[command(disable_help_flag = true, disable_version_flag = true)]
pub(crate) struct Arguments {
    /// Affiche cette aide.
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Affiche la version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// Dossier de données.
    #[arg(long, global = true, value_name = "DOSSIER")]
    data: Option<PathBuf>,
    /// Fichier qui contient la phrase secrète, là où l’ordinateur n’a pas de trousseau.
    #[arg(long, global = true, value_name = "FICHIER")]
    passphrase_file: Option<PathBuf>,
    /// Dossier où sont écrits les documents demandés (sans autre choix, le dossier courant).
    #[arg(long, global = true, value_name = "DOSSIER")]
    out: Option<PathBuf>,
    /// Réponse en JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Qui s’en occupe, et pourquoi.
    Route {
        /// Ligne de la matrice, par exemple equipement-bureautique.
        #[arg(long)]
        service: String,
        /// preconisation, acquisition, installation, mco, assistance ou conseil.
        #[arg(long, value_name = "ACTIVITÉ", value_parser = word(Activity::from_id, Activity::ALL, Activity::id))]
        activity: Activity,
        /// Qui s’en sert, parmi les utilisateurs que la convention nomme.
        #[arg(long, value_name = "LIGNE")]
        user: Option<String>,
        /// administratif ou pedagogique.
        #[arg(long, value_name = "PÉRIMÈTRE", value_parser = word(Perimeter::from_id, Perimeter::ALL, Perimeter::id))]
        perimeter: Option<Perimeter>,
        /// departement, etat ou fonds-propres.
        #[arg(long, value_name = "FINANCEMENT", value_parser = word(Funding::from_id, Funding::ALL, Funding::id))]
        funding: Option<Funding>,
        /// Date d’achat, par exemple 2016-03-01.
        #[arg(long, value_name = "DATE")]
        bought_on: Option<String>,
        /// Achat validé par le Département avant la commande.
        #[arg(long)]
        validated: bool,
        /// Le collège fait partie d’une cité scolaire.
        #[arg(long)]
        cite_scolaire: bool,
        /// La garantie est finie.
        #[arg(long)]
        out_of_warranty: bool,
    },
    /// Le formulaire guidé : ce qu’une ligne peut vouloir dire, ou la question suivante.
    #[command(group = clap::ArgGroup::new("what").required(true))]
    Guide {
        /// Une ligne, comme on la taperait.
        #[arg(long, group = "what", value_name = "TEXTE")]
        start: Option<String>,
        /// Fichier JSON de réponses.
        #[arg(long, group = "what", value_name = "FICHIER")]
        answers: Option<PathBuf>,
    },
    /// Les dossiers.
    Ticket {
        #[command(subcommand)]
        act: TicketAct,
    },
    /// Ce qui part vers la plateforme, et la preuve que c’est arrivé.
    Outbox,
    /// Échange avec la plateforme.
    Sync {
        /// Identifiant sur la plateforme.
        #[arg(long, value_name = "IDENTIFIANT", requires = "password_file")]
        username: Option<String>,
        /// Fichier qui contient le mot de passe à usage unique. Il n’est jamais gardé.
        #[arg(long, value_name = "FICHIER", requires = "username")]
        password_file: Option<PathBuf>,
    },
    /// Importe une liste d’équipements ou de contacts : CSV, XLSX, ODS, vCard, inventaires GLPI ou OCS, ZIP.
    Import {
        /// equipment ou contacts.
        #[arg(value_name = "QUOI", value_parser = word(List::imported, List::IMPORTED, List::word))]
        what: List,
        /// Le fichier, ou un dossier d’inventaires.
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Dit ce qui changerait, sans rien écrire.
        #[arg(long)]
        dry_run: bool,
        /// Fichier JSON des colonnes : {"Colonne du fichier": "champ"}.
        #[arg(long, value_name = "FICHIER")]
        mapping: Option<PathBuf>,
        /// Ce qui reconnaît une fiche, dans l’ordre : serie,inventaire,nom-reseau ou courriel,nom.
        #[arg(long, value_name = "CLÉS", value_delimiter = ',', value_parser = word(MatchKey::from_id, MatchKey::ALL, MatchKey::id))]
        keys: Option<Vec<MatchKey>>,
        /// utf-8, utf-8-bom, utf-16-le, utf-16-be ou windows-1252.
        #[arg(long, value_name = "ENCODAGE", value_parser = word(Encoding::from_id, Encoding::ALL, Encoding::id))]
        encoding: Option<Encoding>,
        /// point-virgule, virgule, tabulation ou barre.
        #[arg(long, value_name = "SÉPARATEUR", value_parser = word(Separator::from_id, Separator::ALL, Separator::id))]
        separator: Option<Separator>,
        /// Feuille du classeur.
        #[arg(long, value_name = "FEUILLE")]
        sheet: Option<String>,
        /// Rôle des nouveaux contacts, quand le fichier ne le dit pas.
        #[arg(long, value_name = "RÔLE", value_parser = word(ContactRole::from_id, ContactRole::ALL, ContactRole::id))]
        role: Option<ContactRole>,
        /// Une cellule vide vide le champ.
        #[arg(long)]
        empty_clears: bool,
        /// Écrit aussi les lignes refusées dans un fichier CSV, à corriger puis à importer.
        #[arg(long)]
        refused: bool,
    },
    /// Annule un import ou une modification en nombre ; sans identifiant, la dernière.
    Undo {
        #[arg(value_name = "IDENTIFIANT")]
        batch: Option<String>,
    },
    /// Écrit une liste pour un tableur.
    Export {
        /// equipment, contacts ou tickets.
        #[arg(value_name = "QUOI", value_parser = word(List::from_word, List::ALL, List::word))]
        what: List,
        /// csv (sans autre choix), xlsx ou ods.
        #[arg(long, value_name = "FORMAT", default_value = "csv", hide_default_value = true, value_parser = word(TableFormat::from_id, TableFormat::ALL, TableFormat::id))]
        format: TableFormat,
    },
    /// Écrit des étiquettes en PDF : tout le registre, une salle, ou quelques équipements.
    Labels {
        /// l4731, l4732, l7651, l7160, l7163, rouleau-62 ou rouleau-50 ; sans autre choix, comme la dernière fois.
        #[arg(long, value_name = "PLANCHE", value_parser = word(LabelStock::from_id, LabelStock::ALL, LabelStock::id))]
        stock: Option<LabelStock>,
        /// qr ou code128 ; sans autre choix, comme la dernière fois.
        #[arg(long, value_name = "CODE", value_parser = word(LabelCode::from_id, LabelCode::ALL, LabelCode::id))]
        code: Option<LabelCode>,
        /// Code de la salle.
        #[arg(long, value_name = "SALLE", conflicts_with = "ids")]
        room: Option<String>,
        /// Numéros de série, d’inventaire ou noms sur le réseau.
        #[arg(long, value_name = "NUMÉROS", value_delimiter = ',')]
        ids: Vec<String>,
        /// Première place libre d’une planche entamée.
        #[arg(
            long,
            value_name = "PLACE",
            default_value_t = 1,
            hide_default_value = true
        )]
        first: u32,
    },
    /// Passe la main à un successeur, ou réunit le fichier de l’autre utilisateur du collège.
    Handover {
        #[command(subcommand)]
        act: HandoverAct,
    },
    /// Les conventions : vérifier, comparer, faire, signer, mettre en vigueur.
    Pack {
        #[command(subcommand)]
        act: PackAct,
    },
    /// Les cases de la matrice lues sur l’exemplaire signé.
    Convention {
        #[command(subcommand)]
        act: ConventionAct,
    },
    /// Cherche partout.
    Search {
        #[arg(value_name = "TEXTE")]
        text: String,
    },
    /// Le profil et les réglages.
    Config {
        #[command(subcommand)]
        act: ConfigAct,
    },
    /// Vérifie l’installation.
    Doctor,
}

#[derive(Subcommand)]
pub(crate) enum TicketAct {
    /// Crée un dossier à partir d’un fichier de réponses complet.
    New {
        #[arg(long, value_name = "FICHIER")]
        answers: PathBuf,
    },
    /// Liste les dossiers.
    List {
        /// ouverts (sans autre choix), attend-de-moi, en-retard, fermes ou tous.
        #[arg(long, value_name = "FILTRE", default_value = "ouverts", hide_default_value = true, value_parser = word(TicketFilter::from_id, TicketFilter::ALL, TicketFilter::id))]
        filter: TicketFilter,
        /// Mots à trouver.
        #[arg(
            long,
            value_name = "TEXTE",
            default_value = "",
            hide_default_value = true
        )]
        text: String,
    },
    /// Montre un dossier, par identifiant, référence REL-… ou numéro.
    Show { id: String },
}

#[derive(Subcommand)]
pub(crate) enum HandoverAct {
    /// Écrit un fichier chiffré qui contient tout.
    Export {
        /// Fichier qui contient la phrase secrète de la passation.
        #[arg(long, value_name = "FICHIER")]
        handover_passphrase_file: PathBuf,
    },
    /// Reprend la suite d’un collègue, dans un dossier de données encore vide.
    Open {
        #[arg(value_name = "PASSATION")]
        file: PathBuf,
        /// Fichier qui contient la phrase secrète de la passation.
        #[arg(long, value_name = "FICHIER")]
        handover_passphrase_file: PathBuf,
    },
    /// Réunit ce fichier avec le registre d’ici. Là où les deux ont changé, ce qui est ici reste.
    Merge {
        #[arg(value_name = "PASSATION")]
        file: PathBuf,
        /// Fichier qui contient la phrase secrète de la passation.
        #[arg(long, value_name = "FICHIER")]
        handover_passphrase_file: PathBuf,
        /// Dit ce qui changerait, sans rien écrire.
        #[arg(long)]
        dry_run: bool,
        /// Là où les deux ont changé, prend ce qui est dans le fichier.
        #[arg(long)]
        file_wins: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum ConfigAct {
    /// Lit un réglage, ou tous.
    Get {
        #[arg(value_name = "RÉGLAGE")]
        key: Option<String>,
    },
    /// Écrit un réglage ; le premier crée le fichier chiffré du collège.
    Set {
        #[arg(value_name = "RÉGLAGE")]
        key: String,
        #[arg(value_name = "VALEUR")]
        value: String,
    },
}

/// Reads a word of a closed list; a wrong one is told with those that exist.
fn word<T: Copy + Send + Sync + 'static>(
    from_id: fn(&str) -> Option<T>,
    all: &'static [T],
    id: fn(T) -> &'static str,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync {
    move |text| {
        from_id(text).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|value| id(*value)).collect();
            format!("valeurs possibles : {}", known.join(", "))
        })
    }
}

impl Arguments {
    /// The data folder: the one named, or the person's own.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        self.data
            .clone()
            .or_else(|| Some(dirs::data_dir()?.join("relais")))
    }

    /// Where a command writes a document.
    pub(crate) fn out(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| PathBuf::from("."))
    }

    pub(crate) fn passphrase(&self) -> Result<Option<SecretString>, String> {
        let file = self.passphrase_file.as_deref();
        file.map(file::secret).transpose()
    }
}
