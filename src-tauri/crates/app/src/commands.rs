//! Every command, declared once: its name, what it takes, what it gives, who does it.
//!
//! Invariant: a name without a handler does not compile, and the window's types come from
//! this same list, so the two cannot disagree. Commands that speak to the network are
//! marked `async`; all others answer from the store at once.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use ts_rs::TS;

use crate::{
    App, Error, batches, completions, contacts, convention_view, doctor, documents, equipment,
    exchange, guide, handover, home, import, label_sheets, loans, opening, outbox_view, packs,
    purchases, rooms, search, settings, stock_checks, tables, tickets, training, tray, views,
    wire::{self, ById, Nothing, WireError},
};

fn parse<T: DeserializeOwned>(body: Value) -> Result<T, Error> {
    serde_json::from_value(body).map_err(|cause| Error::BadRequest(cause.to_string()))
}

fn render<T: Serialize>(value: &T) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(|cause| Error::Internal(cause.to_string()))
}

macro_rules! commands {
    (
        at_once { $($(#[doc = $doc:literal])* $name:ident: $request:ty => $response:ty = $handler:path;)* }
        over_the_network { $($(#[doc = $ndoc:literal])* $nname:ident: $nrequest:ty => $nresponse:ty = $nhandler:path;)* }
    ) => {
        /// The names of all commands.
        pub const NAMES: &[&str] = &[$(stringify!($name),)* $(stringify!($nname),)*];

        /// Answers one command. The body and the answer are JSON of the wire types.
        ///
        /// # Errors
        /// What the window must know: a code, a French sentence, the field at fault.
        pub async fn dispatch(app: &App, name: &str, body: Value) -> Result<Value, WireError> {
            let answer = match name {
                $(stringify!($name) => parse::<$request>(body).and_then(|request| $handler(app, request)).and_then(|answer: $response| render(&answer)),)*
                $(stringify!($nname) => match parse::<$nrequest>(body) {
                    Ok(request) => $nhandler(app, request).await.and_then(|answer: $nresponse| render(&answer)),
                    Err(error) => Err(error),
                },)*
                _ => Err(Error::BadRequest(format!("no command named {name}"))),
            };
            answer.map_err(|error| error.to_wire(name))
        }

        /// The TypeScript interface that types every call of the window.
        fn interface(config: &ts_rs::Config) -> String {
            let mut lines = String::from("export interface Commands {\n");
            $(
                $(lines.push_str(&format!("  /**{} */\n", $doc));)*
                lines.push_str(&format!("  {}: {{ request: {}; response: {} }};\n", stringify!($name), <$request as TS>::name(config), <$response as TS>::name(config)));
            )*
            $(
                $(lines.push_str(&format!("  /**{} */\n", $ndoc));)*
                lines.push_str(&format!("  {}: {{ request: {}; response: {} }};\n", stringify!($nname), <$nrequest as TS>::name(config), <$nresponse as TS>::name(config)));
            )*
            lines.push_str("}\n");
            lines
        }

        fn export_all(config: &ts_rs::Config) -> Result<std::collections::BTreeSet<String>, ts_rs::ExportError> {
            let mut names = std::collections::BTreeSet::new();
            $(
                <$request as TS>::export_all(config)?;
                <$response as TS>::export_all(config)?;
                names.insert(<$request as TS>::name(config));
                names.insert(<$response as TS>::name(config));
            )*
            $(
                <$nrequest as TS>::export_all(config)?;
                <$nresponse as TS>::export_all(config)?;
                names.insert(<$nrequest as TS>::name(config));
                names.insert(<$nresponse as TS>::name(config));
            )*
            <WireError as TS>::export_all(config)?;
            // What the shell answers when the window hands a file over, which no body of JSON can.
            <wire::TakenFile as TS>::export_all(config)?;
            Ok(names)
        }
    };
}

commands! {
    at_once {
        #[doc = " What screen to show, the counts of the navigation, the network chip."]
        status: Nothing => wire::Status = home::status;
        #[doc = " Collèges that the convention names, and whether this computer keeps keys."]
        first_start_choices: Nothing => wire::FirstStartChoices = opening::choices;
        #[doc = " Creates the encrypted store and its profile."]
        first_start: wire::FirstStart => wire::Status = opening::first_start;
        #[doc = " Opens a store kept by a passphrase."]
        unlock: wire::Unlock => wire::Status = opening::unlock;
        #[doc = " Tries again to open the data folder."]
        reopen: Nothing => wire::Status = opening::reopen;
        #[doc = " Sets a damaged database aside, unharmed, and starts anew."]
        set_aside: Nothing => wire::Status = opening::set_aside;
        #[doc = " What is waited for, from whom, and what falls due."]
        home: Nothing => wire::Home = home::home;
        #[doc = " Searches everything: register, contacts, dossiers, services."]
        search: wire::SearchQuery => wire::SearchHits = search::search;

        #[doc = " What one typed line could mean."]
        guide_propose: wire::ProposeQuery => wire::Proposals = guide::propose;
        #[doc = " Begins a draft."]
        guide_start: wire::GuideStart => wire::GuideView = guide::start;
        #[doc = " Opens a draft where it was left."]
        guide_open: ById => wire::GuideView = guide::open;
        #[doc = " Saves one answer and gives what follows."]
        guide_answer: wire::GuideAnswer => wire::GuideView = guide::answer;
        #[doc = " Goes back to a question."]
        guide_reopen: wire::GuideReopen => wire::GuideView = guide::reopen;
        #[doc = " Puts a draft away; it can be restored."]
        guide_discard: ById => Nothing = guide::discard;
        guide_restore: ById => wire::GuideView = guide::restore;
        #[doc = " Freezes the draft into a dossier and its envoi."]
        guide_submit: ById => wire::GuideSubmitted = guide::submit;
        drafts: Nothing => wire::Drafts = guide::drafts;
        #[doc = " The draft says the same as an open dossier: it becomes a note there."]
        guide_join: wire::GuideJoin => wire::TicketView = guide::join;
        guide_attach: wire::GuideAttach => wire::GuideView = guide::attach;
        guide_detach: ById => wire::GuideView = guide::detach;
        #[doc = " Goes on with the convention as it is now; answers that no longer apply wait aside."]
        guide_renew: ById => wire::GuideView = guide::renew;
        #[doc = " What follows from a file of answers; nothing is saved."]
        guide_check: wire::AnswersFile => wire::GuideView = guide::check;
        #[doc = " Makes the dossier of a complete file of answers."]
        ticket_new: wire::AnswersFile => wire::GuideSubmitted = guide::ticket_new;

        ticket_list: wire::TicketQuery => wire::TicketPage = tickets::list;
        ticket_show: ById => wire::TicketView = tickets::show;
        #[doc = " Adds a note kept on this computer."]
        ticket_note: wire::TicketNote => wire::TicketView = tickets::note;
        #[doc = " Notes a call in the timeline."]
        ticket_call: wire::TicketCall => wire::TicketView = tickets::call;
        ticket_task: wire::TaskTick => wire::TicketView = tickets::tick;
        ticket_attach: wire::TicketAttach => wire::TicketView = tickets::attach;
        #[doc = " A copy of a file joined to a draft or a dossier, in the folder of downloads."]
        attachment_copy: ById => wire::SavedFile = tickets::attachment_copy;
        attachment_picture: ById => wire::DocumentPicture = tickets::attachment_picture;
        #[doc = " Types back the number that the portal gave."]
        ticket_set_number: wire::TicketNumber => wire::TicketView = tickets::set_number;
        #[doc = " Closes a dossier that nobody else keeps."]
        ticket_close: wire::TicketClose => wire::TicketView = tickets::close;
        ticket_reopen: ById => wire::TicketView = tickets::reopen;

        equipment_list: wire::EquipmentQuery => wire::EquipmentPage = equipment::list;
        equipment_show: ById => wire::EquipmentView = equipment::show;
        equipment_save: wire::EquipmentForm => wire::Saved = equipment::save;
        equipment_delete: ById => Nothing = equipment::delete;
        #[doc = " Machines whose words match, for the guide's picker."]
        equipment_pick: wire::PickQuery => wire::Picks = equipment::pick;
        register_choices: Nothing => wire::RegisterChoices = rooms::choices;
        room_save: wire::RoomForm => wire::Saved = rooms::save;
        #[doc = " Every row of a filtered list, for « Tout choisir »."]
        equipment_ids: wire::EquipmentQuery => wire::Ids = equipment::ids;
        #[doc = " Changes many machines at once; one act, undone by `batch_undo`."]
        equipment_bulk: wire::BulkEdit => wire::BatchDone = equipment::bulk;
        #[doc = " What a scanner typed, or a person read on the machine."]
        equipment_by_mark: wire::MarkQuery => wire::Marked = equipment::marked;
        #[doc = " Columns and saved views of the register's list."]
        list_layout: Nothing => wire::ListLayout = views::layout;
        columns_save: wire::Columns => wire::ListLayout = views::save_columns;
        view_save: wire::ViewForm => wire::ListLayout = views::save;
        view_remove: ById => wire::ListLayout = views::remove;
        #[doc = " A table in the person's folder of downloads."]
        table_export: wire::TableExport => wire::SavedFile = tables::export;
        label_choices: Nothing => wire::LabelChoices = label_sheets::choices;
        label_print: wire::LabelRequest => wire::SavedFile = label_sheets::print;

        #[doc = " How a file is read, and which column feeds which field."]
        import_read: wire::ImportRequest => wire::ImportPreview = import::read;
        #[doc = " What the file would change; nothing is written."]
        import_simulate: wire::ImportRequest => wire::ImportSimulation = import::simulate;
        import_apply: wire::ImportRequest => wire::ImportDone = import::apply;
        #[doc = " The refused rows as a CSV to mend and import again."]
        import_refused: wire::ImportRequest => wire::SavedFile = import::refused;
        #[doc = " Acts on many rows, newest first."]
        batch_list: Nothing => wire::Batches = batches::list;
        batch_undo: ById => wire::BatchUndone = batches::undo;
        #[doc = " Forgets a file put on the tray."]
        file_drop: ById => Nothing = tray::drop_file;

        document_add: wire::DocumentForm => wire::Document = documents::add;
        document_remove: ById => Nothing = documents::remove;
        #[doc = " A copy in the person's folder of downloads."]
        document_copy: ById => wire::SavedFile = documents::copy;
        document_picture: ById => wire::DocumentPicture = documents::picture_of;

        purchase_list: wire::PurchaseQuery => wire::Purchases = purchases::list;
        purchase_show: ById => wire::PurchaseView = purchases::show;
        purchase_save: wire::PurchaseForm => wire::Saved = purchases::save;
        #[doc = " Takes a step; the request and the registration leave as dossiers."]
        purchase_step: wire::PurchaseStepForm => wire::PurchaseView = purchases::step;
        #[doc = " Takes the last step back, when it has not left as a dossier."]
        purchase_unstep: ById => wire::PurchaseView = purchases::unstep;
        #[doc = " Notes the delivery and makes the records of the machines."]
        purchase_receive: wire::PurchaseReceipt => wire::PurchaseView = purchases::receive;
        #[doc = " The project on paper, to join to the request or to have signed."]
        purchase_paper: ById => wire::SavedFile = purchases::paper;

        loan_list: wire::LoanQuery => wire::LoanPage = loans::list;
        loan_show: ById => wire::LoanView = loans::show;
        loan_save: wire::LoanForm => wire::Ids = loans::save;
        loan_return: wire::LoanReturn => wire::LoanView = loans::give_back;
        #[doc = " The form to sign."]
        loan_form: ById => wire::SavedFile = loans::form;

        stock_check_list: Nothing => wire::StockChecks = stock_checks::list;
        stock_check_start: wire::StockCheckForm => wire::StockCheckView = stock_checks::start;
        stock_check_show: ById => wire::StockCheckView = stock_checks::show;
        #[doc = " Scanned or ticked in a room."]
        stock_check_see: wire::SightingForm => wire::Seen = stock_checks::see;
        #[doc = " Takes a sighting back, by its id."]
        stock_check_unsee: ById => wire::StockCheckView = stock_checks::unsee;
        stock_check_apply: wire::CheckApply => wire::BatchDone = stock_checks::apply;
        stock_check_drop: ById => wire::StockChecks = stock_checks::drop_check;
        stock_check_report: wire::CheckReport => wire::SavedFile = stock_checks::report;

        contact_list: wire::ContactQuery => wire::Contacts = contacts::list;
        contact_save: wire::ContactForm => wire::Saved = contacts::save;
        #[doc = " Contacts as a vCard file in the folder of downloads; all present ones when none is named."]
        contact_cards: wire::Ids => wire::SavedFile = contacts::cards;

        #[doc = " Everything in one encrypted file, in the folder of downloads."]
        handover_export: wire::HandoverExport => wire::HandoverFile = handover::export;
        #[doc = " First start from a predecessor's file."]
        handover_adopt: wire::HandoverAdopt => wire::Status = handover::adopt;
        #[doc = " What the other user's file would bring; nothing is written."]
        merge_simulate: wire::MergeRequest => wire::MergeSimulation = handover::simulate;
        merge_apply: wire::MergeApply => wire::BatchDone = handover::merge;

        convention: Nothing => wire::ConventionView = convention_view::view;
        glossary: Nothing => wire::Glossary = convention_view::glossary;
        #[doc = " Writes in a cell what the signed copy says."]
        cell_complete: wire::CellForm => wire::BatchDone = completions::complete;
        cell_clear: wire::CellPlace => wire::BatchDone = completions::clear;
        #[doc = " What was read on the signed copy, to propose to the Département."]
        completions_export: Nothing => wire::SavedFile = completions::proposal;
        mission_tick: wire::MissionTick => Nothing = convention_view::tick;
        #[doc = " The convention on paper."]
        convention_paper: wire::ConventionPaper => wire::SavedFile = convention_view::paper;
        packs: Nothing => wire::Packs = packs::list;
        #[doc = " What a pack's file would change; nothing is written."]
        pack_inspect: wire::PackFile => wire::PackInspection = packs::inspect;
        pack_install: wire::PackInstall => wire::Packs = packs::install;
        #[doc = " Puts a kept pack in force; no id is the one built in."]
        pack_use: ById => wire::Packs = packs::put_in_force;
        #[doc = " Trusts a key no more; what it signed stays."]
        pack_key_forget: ById => wire::Packs = packs::forget_key;
        #[doc = " Every mistake of a pack, and every way without an issue."]
        pack_check: wire::PackFolder => wire::PackReport = packs::check;
        pack_diff: wire::PackPair => wire::PackDiff = packs::diff;
        #[doc = " Who does this, and why."]
        route: wire::RouteQuery => wire::Route = convention_view::route;

        outbox: Nothing => wire::OutboxView = outbox_view::view;
        #[doc = " Makes an operation due at once."]
        outbox_retry: wire::OutboxId => wire::OutboxView = outbox_view::retry;
        outbox_withdraw: wire::OutboxId => wire::OutboxView = outbox_view::withdraw;
        #[doc = " Before the first attempt: back to a draft."]
        outbox_resume: wire::OutboxId => wire::Resumed = outbox_view::resume;
        #[doc = " What a refused operation holds."]
        outbox_draft: wire::OutboxId => wire::OutboxDraft = outbox_view::draft;
        outbox_correct: wire::OutboxCorrection => wire::OutboxView = outbox_view::correct;
        #[doc = " Resolves by hand: the person has read the number on the platform."]
        outbox_set_number: wire::OutboxNumber => wire::OutboxView = outbox_view::set_number;

        settings: Nothing => wire::Settings = settings::show;
        profile_save: wire::Profile => wire::Settings = settings::save_profile;
        #[doc = " One setting by its name on the command line; the first one makes the store."]
        configure: wire::Setting => wire::Settings = settings::configure;
        theme_save: wire::ThemeChoice => wire::Settings = settings::save_theme;
        doctor: Nothing => wire::Doctor = doctor::doctor;
    }
    over_the_network {
        #[doc = " Sends what is ready, resolves what is uncertain."]
        sync_now: wire::SyncRequest => wire::SyncReport = exchange::sync_now;
        #[doc = " Stops the exchange between two operations."]
        sync_cancel: Nothing => Nothing = exchange::cancel;
        #[doc = " Opens the sample collège with its own platform inside the application."]
        training_start: Nothing => wire::Status = training::start;
        training_leave: Nothing => wire::Status = training::leave;
        #[doc = " Cuts or restores the network of the sample collège."]
        training_network: wire::NetworkSwitch => wire::Status = training::switch_network;
    }
}

/// Writes the TypeScript of the wire into a folder: `types.ts` and `commands.ts`.
///
/// # Errors
/// When a file cannot be written.
pub fn export_types(folder: &std::path::Path) -> Result<(), String> {
    let config = ts_rs::Config::new()
        .with_large_int("number")
        .with_out_dir(folder);
    let names = export_all(&config).map_err(|error| error.to_string())?;
    let text = format!(
        "// Generated by `cargo xtask types` from src-tauri/crates/app/src/commands.rs. Never edited.\n\nimport type {{\n  {},\n}} from \"./types\";\n\n{}",
        names.into_iter().collect::<Vec<_>>().join(",\n  "),
        interface(&config)
    );
    std::fs::write(folder.join("commands.ts"), text).map_err(|error| error.to_string())
}
