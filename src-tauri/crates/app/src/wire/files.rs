//! Files that come in and documents that go out.

use super::{wire, words};

words! {
    pub enum TableFormat { Csv = "csv", Xlsx = "xlsx", Ods = "ods" }
    pub enum ReportFormat { Pdf = "pdf", Xlsx = "xlsx" }
    pub enum DocumentKind { Photo = "photo", Quote = "devis", Validation = "validation", Order = "commande", Invoice = "facture", Delivery = "bon-de-livraison", SignedForm = "formulaire-signe", Other = "autre" }
    pub enum OwnerKind { Equipment = "equipement", Purchase = "achat", Loan = "pret" }
}

wire! {
    /// A file put on the tray by the window; commands name it by its id. It is forgotten when the window closes.
    pub struct TakenFile { pub id: String, pub name: String, /** In bytes. */ pub size: u32 }

    /// A document written in the person's folder of downloads.
    pub struct SavedFile {
        /// What the shell opens it by.
        pub id: String,
        pub name: String,
        /// The folder, as a person reads it.
        pub folder: String,
    }

    pub struct DocumentOwner { pub kind: OwnerKind, pub id: String }

    pub struct Document {
        pub id: String,
        pub kind: DocumentKind,
        /// « Facture »
        pub label: String,
        pub name: String,
        pub media_type: String,
        /// In bytes.
        pub size: u32,
        pub created_at_ms: i64,
        /// The window can show it as a picture.
        pub picture: bool,
    }

    pub struct DocumentForm { pub owner: DocumentOwner, pub kind: DocumentKind, pub file_id: String }

    /// A picture for the window: its type was recognised from its content.
    pub struct DocumentPicture { pub media_type: String, pub base64: String }
}
