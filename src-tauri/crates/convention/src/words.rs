//! The closed vocabularies of the convention: who, what, on which side, by which way.
//!
//! Invariant: the identifier written in the pack, in JSON and on the command line is one and the same
//! French word, declared once here beside its label. Free vocabularies (services, questions) are pack
//! data and are not here.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A word that belongs to none of the values expected at its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("« {given} » n’est pas {what} ; valeurs possibles : {allowed}")]
pub struct UnknownWord {
    pub what: &'static str,
    pub given: String,
    pub allowed: String,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($variant:ident = $id:literal => $label:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $(#[serde(rename = $id)] $variant,)+ }

        impl $name {
            pub const ALL: [$name; [$($id),+].len()] = [$($name::$variant),+];

            /// The identifier of the pack, of JSON and of the command line.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)+ }
            }

            /// The French wording for a person.
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $label,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                Self::ALL.into_iter().find(|word| word.id() == text).ok_or_else(|| UnknownWord {
                    what: $what,
                    given: text.to_owned(),
                    allowed: Self::ALL.map(Self::id).join(", "),
                })
            }
        }
    };
}

words! {
    /// The six columns of the matrix, in their order.
    Activity, "une activité" {
        UsageAdvice = "preconisation" => "Préconisation d’usage",
        Acquisition = "acquisition" => "Choix, décision et acquisition",
        Installation = "installation" => "Installation",
        Maintenance = "mco" => "Maintien en condition opérationnelle",
        FunctionalSupport = "assistance" => "Assistance fonctionnelle",
        Expertise = "conseil" => "Conseil, expertise",
    }
}

impl Activity {
    /// What the responsible party does, to follow « c’est l’Académie qui … ».
    pub const fn does(self) -> &'static str {
        match self {
            Activity::UsageAdvice => "préconise les usages",
            Activity::Acquisition => "choisit et achète",
            Activity::Installation => "installe",
            Activity::Maintenance => "dépanne et entretient",
            Activity::FunctionalSupport => "aide à s’en servir",
            Activity::Expertise => "conseille",
        }
    }
}

words! {
    /// Who is responsible. `SelonUtilisateur` is never written in a pack: it is the honest answer
    /// when both sides are known, differ, and nobody said which side the request is on.
    Party, "un responsable" {
        Departement = "departement" => "le Département",
        Academie = "academie" => "l’Académie",
        Etablissement = "etablissement" => "le collège",
        CollectiviteOuEtablissement = "collectivite-ou-etablissement" => "la collectivité ou le collège, selon l’acheteur",
        Editeur = "editeur" => "l’éditeur",
        Region = "region" => "la Région",
        SansObjet = "sans-objet" => "sans objet",
        SelonUtilisateur = "selon-utilisateur" => "selon qui s’en sert",
        Inconnu = "inconnu" => "à compléter",
    }
}

words! {
    /// How the responsible party is known, the surest first.
    Basis, "une base" {
        Ecrit = "ecrit" => "écrit dans la matrice",
        Complete = "complete" => "complété d’après l’exemplaire signé",
        Deduit = "deduit" => "déduit du corps de la convention",
        Inconnu = "inconnu" => "non renseigné",
    }
}

words! {
    /// Annexe 2 bis: « autre » there is the pedagogical side.
    Perimeter, "un périmètre" {
        Administratif = "administratif" => "réseau administratif",
        Pedagogique = "pedagogique" => "réseau pédagogique",
    }
}

words! {
    Funding, "un financement" {
        Departement = "departement" => "le Département",
        Etat = "etat" => "l’État",
        FondsPropres = "fonds-propres" => "fonds propres du collège",
    }
}

words! {
    Nature, "une nature" {
        Panne = "panne" => "Panne",
        Installation = "installation" => "Installation",
        Achat = "achat" => "Achat",
        Compte = "compte" => "Compte et accès",
        Conseil = "conseil" => "Conseil",
        Securite = "securite" => "Sécurité",
    }
}

words! {
    Channel, "une voie" {
        Platform = "plateforme" => "Plateforme d’assistance",
        Internal = "interne" => "Dans le collège",
        Vendor = "editeur" => "Éditeur du logiciel",
        PriorValidation = "validation-prealable" => "Validation préalable",
        Security = "securite" => "Sécurité des systèmes d’information",
    }
}

words! {
    /// Who is held up.
    Impact, "un impact" {
        Personne = "personne" => "Une personne",
        Salle = "salle" => "Une salle ou un service",
        College = "college" => "Tout le collège",
    }
}

words! {
    /// Whether class, exam, pay or canteen can go on.
    Urgency, "une urgence" {
        Bloquant = "bloquant" => "Bloquant",
        Genant = "genant" => "Gênant",
        PeutAttendre = "peut-attendre" => "Peut attendre",
    }
}

words! {
    /// The families of equipment the guide tells apart; the exact type stays free.
    EquipmentFamily, "une famille d’équipement" {
        Poste = "poste" => "Poste fixe",
        Portable = "portable" => "Portable ou tablette",
        Imprimante = "imprimante" => "Imprimante ou copieur",
        Videoprojecteur = "videoprojecteur" => "Vidéoprojecteur ou tableau interactif",
        Reseau = "reseau" => "Réseau",
        Serveur = "serveur" => "Serveur ou onduleur",
        Autre = "autre" => "Autre matériel",
    }
}

impl EquipmentFamily {
    /// Several of them, to follow « les 12 … ».
    pub const fn plural(self) -> &'static str {
        match self {
            EquipmentFamily::Poste => "postes",
            EquipmentFamily::Portable => "portables",
            EquipmentFamily::Imprimante => "imprimantes",
            EquipmentFamily::Videoprojecteur => "vidéoprojecteurs",
            EquipmentFamily::Reseau => "équipements réseau",
            EquipmentFamily::Serveur => "serveurs",
            EquipmentFamily::Autre => "appareils",
        }
    }

    /// The head of their list.
    pub const fn concerned(self) -> &'static str {
        match self {
            EquipmentFamily::Poste => "Postes concernés",
            EquipmentFamily::Portable => "Portables concernés",
            EquipmentFamily::Imprimante => "Imprimantes concernées",
            EquipmentFamily::Videoprojecteur => "Vidéoprojecteurs concernés",
            EquipmentFamily::Reseau => "Équipements réseau concernés",
            EquipmentFamily::Serveur => "Serveurs concernés",
            EquipmentFamily::Autre => "Appareils concernés",
        }
    }
}

words! {
    /// How a line of a form is filled in.
    FieldKind, "un genre de ligne" {
        Line = "ligne" => "Une ligne",
        Long = "texte" => "Un texte",
        Number = "nombre" => "Un nombre",
        Phone = "telephone" => "Un téléphone",
        Day = "date" => "Un jour",
    }
}

words! {
    /// What came of something tried.
    Outcome, "un résultat d’essai" {
        Settled = "regle" => "Réglé",
        Persists = "pas-regle" => "Pas réglé",
        NotTried = "pas-pu" => "Pas pu essayer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_reads_back_as_itself_everywhere() {
        for activity in Activity::ALL {
            assert_eq!(
                activity.to_string().parse::<Activity>(),
                Ok(activity),
                "Display and FromStr agree"
            );
            let json = serde_json::to_string(&activity).unwrap();
            assert_eq!(
                json,
                format!("\"{activity}\""),
                "JSON carries the same word as the command line"
            );
        }
    }

    #[test]
    fn a_wrong_word_is_refused_with_the_possible_ones() {
        let refusal = "dept".parse::<Party>().unwrap_err().to_string();
        assert!(
            refusal.contains("« dept » n’est pas un responsable"),
            "the refusal names the word: {refusal}"
        );
        assert!(
            refusal.contains("departement, academie"),
            "the refusal lists the possible words: {refusal}"
        );
    }
}
