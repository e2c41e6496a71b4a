//! Working in the lists: columns, views, many rows at once, tables out, labels.

use super::{EquipmentQuery, TableFormat, wire, words};

words! {
    pub enum EquipmentColumn { Kind = "type", Model = "modele", Serial = "serie", Inventory = "inventaire", Host = "nom-reseau", Ip = "adresse-ip", Mac = "adresse-mac", Room = "salle", User = "utilisateur", Funding = "financement", State = "etat", Bought = "achat", Price = "prix", Order = "commande", Invoice = "facture", Warranty = "garantie", WarrantyKind = "genre-garantie", Notes = "notes" }
    /// What can be changed on many machines at once.
    pub enum BulkField { Room = "salle", User = "utilisateur", Funding = "financement", State = "etat", Kind = "type", Family = "famille", Bought = "achat", Order = "commande", Invoice = "facture", Warranty = "garantie", WarrantyKind = "genre-garantie", Validated = "validation", Notes = "notes" }
    pub enum ExportWhat { Equipment = "equipements", Contacts = "contacts", Tickets = "dossiers" }
    pub enum LabelStock { L4731 = "l4731", L4732 = "l4732", L7651 = "l7651", L7160 = "l7160", L7163 = "l7163", Roll62 = "rouleau-62", Roll50 = "rouleau-50" }
    pub enum LabelCode { Qr = "qr", Code128 = "code128" }
}

wire! {
    pub struct Ids { pub ids: Vec<String> }

    /// An empty value empties the field. Room, purchase: an id. Validated: `oui` or `non`. Dates: `YYYY-MM-DD`.
    pub struct BulkChange { pub field: BulkField, pub value: String }

    pub struct BulkEdit { pub ids: Vec<String>, pub changes: Vec<BulkChange> }

    pub struct SavedView { pub id: String, pub name: String, pub query: EquipmentQuery, pub columns: Vec<EquipmentColumn> }

    pub struct ViewForm { /** Absent for a new view. */ pub id: Option<String>, pub name: String, pub query: EquipmentQuery, pub columns: Vec<EquipmentColumn> }

    pub struct ListLayout {
        pub views: Vec<SavedView>,
        /// Columns on show, in order.
        pub columns: Vec<EquipmentColumn>,
        pub all_columns: Vec<super::NamedValue>,
    }

    pub struct Columns { pub columns: Vec<EquipmentColumn> }

    pub struct TableExport {
        pub what: ExportWhat,
        pub format: TableFormat,
        /// Only these rows, when given.
        pub ids: Option<Vec<String>>,
        /// Only what this list shows, in its order, when given (equipment).
        pub query: Option<EquipmentQuery>,
        /// All columns when empty (equipment).
        pub columns: Vec<EquipmentColumn>,
    }

    pub struct LabelStockInfo { pub stock: LabelStock, pub label: String, pub per_page: u32 }

    pub struct LabelChoices { pub stocks: Vec<LabelStockInfo>, /** As the last time. */ pub stock: LabelStock, pub code: LabelCode }

    pub struct LabelRequest { pub ids: Vec<String>, pub stock: LabelStock, pub code: LabelCode, /** The first free place on a begun sheet, from 1. */ pub first: u32 }

    /// What a hand scanner typed.
    pub struct MarkQuery { pub mark: String }

    pub struct Marked { pub equipment_id: Option<String> }
}
