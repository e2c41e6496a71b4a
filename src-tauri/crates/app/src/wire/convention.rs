//! The convention as the window shows it: closed lists, routes, and the whole pack to explore.

use super::{wire, words};

words! {
    /// What is asked of a service: a column of the matrix.
    pub enum Activity { UsageAdvice = "preconisation", Acquisition = "acquisition", Installation = "installation", Maintenance = "mco", FunctionalSupport = "assistance", Expertise = "conseil" }
    /// Who is responsible.
    pub enum Party { Departement = "departement", Academie = "academie", Etablissement = "etablissement", CollectiviteOuEtablissement = "collectivite-ou-etablissement", Editeur = "editeur", Region = "region", SansObjet = "sans-objet", SelonUtilisateur = "selon-utilisateur", Inconnu = "inconnu" }
    /// How we know.
    pub enum Basis { Ecrit = "ecrit", Deduit = "deduit", Complete = "complete", Inconnu = "inconnu" }
    /// Annexe 2 bis: on whose network the user stands.
    pub enum Perimeter { Administratif = "administratif", Pedagogique = "pedagogique" }
    /// Who paid.
    pub enum Funding { Departement = "departement", Etat = "etat", FondsPropres = "fonds-propres" }
    /// What kind of request it is.
    pub enum Nature { Panne = "panne", Installation = "installation", Achat = "achat", Compte = "compte", Conseil = "conseil", Securite = "securite" }
    /// The way a request takes.
    pub enum Channel { Platform = "plateforme", Internal = "interne", Vendor = "editeur", PriorValidation = "validation-prealable", Security = "securite" }
    /// Who is blocked.
    pub enum Impact { Personne = "personne", Salle = "salle", College = "college" }
    /// Whether class, exam, pay or canteen can go on.
    pub enum Urgency { Bloquant = "bloquant", Genant = "genant", PeutAttendre = "peut-attendre" }
}

macro_rules! mirrors {
    ($($name:ident { $($variant:ident),* $(,)? })*) => {
        $(
            impl From<convention::$name> for $name {
                fn from(value: convention::$name) -> Self {
                    match value { $(convention::$name::$variant => $name::$variant),* }
                }
            }
            impl From<$name> for convention::$name {
                fn from(value: $name) -> Self {
                    match value { $($name::$variant => convention::$name::$variant),* }
                }
            }
        )*
    };
}

// A variant added on one side only does not compile.
mirrors! {
    Activity { UsageAdvice, Acquisition, Installation, Maintenance, FunctionalSupport, Expertise }
    Party { Departement, Academie, Etablissement, CollectiviteOuEtablissement, Editeur, Region, SansObjet, SelonUtilisateur, Inconnu }
    Basis { Ecrit, Deduit, Complete, Inconnu }
    Perimeter { Administratif, Pedagogique }
    Funding { Departement, Etat, FondsPropres }
    Nature { Panne, Installation, Achat, Compte, Conseil, Securite }
    Channel { Platform, Internal, Vendor, PriorValidation, Security }
    Impact { Personne, Salle, College }
    Urgency { Bloquant, Genant, PeutAttendre }
}

wire! {
    /// The passage a route rests on.
    pub struct Source { pub code: String, pub passage: String }

    /// Who takes care of it, why, and by which way.
    pub struct Route {
        pub party: Party,
        pub basis: Basis,
        pub source: Option<Source>,
        /// Note of the annexe under the cell, whole sentence.
        pub note: Option<String>,
        pub channel: Channel,
        /// One plain sentence: why.
        pub explanation: String,
        /// What must come first.
        pub before: Vec<String>,
        pub warnings: Vec<String>,
        /// The stations of the request, in order.
        pub path: Vec<String>,
    }

    /// The question « who does this? ».
    pub struct RouteQuery {
        pub service: String,
        pub activity: Activity,
        pub perimeter: Option<Perimeter>,
        /// A line of annexe 2 bis; gives the perimeter when none is stated.
        pub user: Option<String>,
        pub funding: Option<Funding>,
        pub bought_on: Option<String>,
        pub validated: bool,
        pub cite_scolaire: Option<bool>,
        pub out_of_warranty: bool,
    }

    /// One cell of the matrix; `perimeter` absent: for everyone.
    pub struct Cell {
        pub activity: Activity,
        pub perimeter: Option<Perimeter>,
        pub party: Party,
        pub basis: Basis,
        pub source: Option<Source>,
        pub note: Option<String>,
        /// Read on the signed copy, when the pack does not know.
        pub completed: Option<Completion>,
    }

    /// What someone read on the signed copy.
    pub struct Completion { pub by: String, pub on: String, pub page: String }

    pub struct CellPlace { pub service: String, pub perimeter: Option<Perimeter>, pub activity: Activity }

    /// Fills a cell that the pack does not know.
    pub struct CellForm { pub place: CellPlace, pub party: Party, pub page: String }

    /// One line of the matrix.
    pub struct Service { pub id: String, pub label: String, pub explanation: Option<String>, pub cells: Vec<Cell> }

    /// A family of services.
    pub struct Family { pub id: String, pub label: String, pub services: Vec<Service> }

    /// A line of annexe 2 bis.
    pub struct UserLine { pub label: String, pub perimeter: Perimeter }

    /// A type of annexe 3.
    pub struct EquipmentType { pub label: String, pub own_funds_on_request: bool }

    /// A rule of the body that no cell holds.
    pub struct Rule { pub id: String, pub title: String, pub text: String, pub source: String }

    /// A titled list of sentences.
    pub struct Section { pub title: String, pub items: Vec<String> }

    /// A line of a mission sheet. One with a point is a task, ticked for this school year or not.
    pub struct MissionLine { pub point: Option<String>, pub text: String, pub done_on: Option<String> }

    /// Sentences, a list, sentences.
    pub struct MissionSection { pub title: String, pub text: Vec<MissionLine>, pub points: Vec<MissionLine>, pub after: Vec<MissionLine> }

    /// The mission sheet of one of the two relays.
    pub struct Mission { pub id: String, pub title: String, pub annexe: String, pub sections: Vec<MissionSection> }

    pub struct MissionTick { pub point: String, pub done: bool }

    /// An acronym.
    pub struct Term { pub acronym: String, pub meaning: String, pub remark: Option<String> }

    /// A collège of annexe 1.
    pub struct College { pub name: String, pub commune: String, pub cite_scolaire: bool }

    /// The whole pack, to explore.
    pub struct ConventionView {
        pub name: String,
        pub version: String,
        /// `YYYY-MM-DD`
        pub signed_on: String,
        pub departement: String,
        pub academie: String,
        pub cells_total: u32,
        pub cells_known: u32,
        /// Of those that the pack does not know, how many were read on the signed copy.
        pub cells_completed: u32,
        /// This person may complete the matrix; otherwise, why not.
        pub may_complete: bool,
        pub may_not: Option<String>,
        /// « 2026-2027 »
        pub school_year: String,
        pub families: Vec<Family>,
        pub users: Vec<UserLine>,
        pub equipment_types: Vec<EquipmentType>,
        pub rules: Vec<Rule>,
        pub missions: Vec<Mission>,
        pub charter: Vec<Section>,
        pub glossary: Vec<Term>,
    }

    /// Acronyms, to explain them wherever they stand.
    pub struct Glossary { pub terms: Vec<Term> }

    /// What the document holds.
    pub struct ConventionPaper { pub matrix: bool, pub annexes: bool, pub missions: bool, pub charter: bool, pub glossary: bool }
}
