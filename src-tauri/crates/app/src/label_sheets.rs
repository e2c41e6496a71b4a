//! Sheets of labels for the register: what is written on each, and the sheet used the last time.
//!
//! Invariant: the code of a label, scanned, opens the machine it was printed for (see `equipment::marks`).

use reports::{Code, Label, Stock};
use store::Connection;

use crate::{
    App, Error, equipment, papers,
    wire::{LabelChoices, LabelCode, LabelRequest, LabelStock, LabelStockInfo, Nothing, SavedFile},
};

const STOCK: &str = "etiquettes-planche";
const CODE: &str = "etiquettes-code";
/// The sheet that most offices have.
const USUAL: LabelStock = LabelStock::L7160;
/// A register printed whole still fits; beyond, it is a slip.
const MOST: usize = 20_000;

fn drawn(code: LabelCode) -> Code {
    match code {
        LabelCode::Qr => Code::Qr,
        LabelCode::Code128 => Code::Code128,
    }
}

fn sheet(stock: LabelStock) -> Result<Stock, Error> {
    Stock::from_id(stock.id())
        .ok_or_else(|| Error::Internal(format!("no sheet named {}", stock.id())))
}

pub(crate) fn choices(app: &App, _: Nothing) -> Result<LabelChoices, Error> {
    let desk = app.desk()?;
    let stocks = LabelStock::ALL
        .iter()
        .map(|stock| {
            let sheet = sheet(*stock)?;
            Ok(LabelStockInfo {
                stock: *stock,
                label: sheet.name().to_owned(),
                per_page: sheet.sheet().places(),
            })
        })
        .collect::<Result<_, Error>>()?;
    desk.store.read(|conn| {
        let kept = |key: &str| store::setting::get(conn, key).map(Option::unwrap_or_default);
        Ok(LabelChoices {
            stocks,
            stock: LabelStock::from_id(&kept(STOCK)?).unwrap_or(USUAL),
            code: LabelCode::from_id(&kept(CODE)?).unwrap_or(LabelCode::Qr),
        })
    })
}

pub(crate) fn print(app: &App, request: LabelRequest) -> Result<SavedFile, Error> {
    if request.ids.len() > MOST {
        return Err(Error::refused(
            "ids",
            "C’est trop d’étiquettes à la fois : choisissez 20 000 équipements au plus.",
        ));
    }
    let desk = app.desk()?;
    let (labels, college) = desk.store.read(|conn| -> Result<_, Error> {
        let head = papers::Head::read(app, conn)?;
        let college = head.college().to_owned();
        Ok((labels(conn, &request.ids, &college)?, college))
    })?;
    let stock = sheet(request.stock)?;
    let pdf = reports::labels(&labels, stock, drawn(request.code), request.first, &college)
        .map_err(papers::wording)?;
    desk.store.write(|tx| -> Result<(), Error> {
        store::setting::set(tx, STOCK, request.stock.id())?;
        store::setting::set(tx, CODE, request.code.id())?;
        Ok(())
    })?;
    papers::save(app, "etiquettes", "", "pdf", &pdf)
}

fn labels(conn: &Connection, ids: &[String], college: &str) -> Result<Vec<Label>, Error> {
    let mut labels = Vec::with_capacity(ids.len());
    for machine in store::equipment::by_ids(conn, ids)? {
        let room = match &machine.room_id {
            Some(id) => store::room::get(conn, id)?.map(|room| room.code),
            None => None,
        };
        let code = equipment::code(&machine);
        labels.push(Label {
            title: equipment::label(&machine),
            number: code.clone(),
            code,
            line: room.map_or_else(|| college.to_owned(), |room| format!("{room} · {college}")),
        });
    }
    Ok(labels)
}
