//! Rooms, and the choices that forms offer.

use crate::{
    App, Error, pack,
    tickets::narrow,
    wire::{Nothing, RegisterChoices, Room, RoomForm, Saved, UserLine},
};

pub(crate) fn choices(app: &App, _: Nothing) -> Result<RegisterChoices, Error> {
    let desk = app.desk()?;
    desk.store.read(|conn| {
        let pack = pack::in_force(conn)?;
        let mut kinds: Vec<String> = pack
            .equipment_types
            .iter()
            .map(|kind| kind.label.clone())
            .collect();
        for kind in store::equipment::kinds(conn)? {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        Ok(RegisterChoices {
            rooms: store::room::list(conn)?
                .into_iter()
                .map(|(room, equipment)| Room {
                    id: room.id,
                    code: room.code,
                    name: room.name,
                    building: room.building,
                    floor: room.floor,
                    usage: room.usage,
                    equipment: narrow(equipment),
                })
                .collect(),
            user_lines: pack
                .users
                .iter()
                .map(|user| UserLine {
                    label: user.label.clone(),
                    perimeter: user.perimeter.into(),
                })
                .collect(),
            kinds,
        })
    })
}

pub(crate) fn save(app: &App, form: RoomForm) -> Result<Saved, Error> {
    let code = form.code.trim().to_owned();
    if code.is_empty() {
        return Err(Error::refused(
            "code",
            "Donnez un nom court à la salle, par exemple B204.",
        ));
    }
    let desk = app.desk()?;
    let now = app.now_ms();
    desk.store.write(|tx| {
        if let Some(other) = store::room::by_code(tx, &code)?
            && form.id.as_ref() != Some(&other.id)
        {
            return Err(Error::refused(
                "code",
                format!("La salle {code} existe déjà."),
            ));
        }
        let id = form
            .id
            .unwrap_or_else(|| store::new_id(now, &mut rand::rng()));
        let room = store::room::Room {
            id: id.clone(),
            code,
            name: form.name,
            building: form.building,
            floor: form.floor,
            usage: form.usage,
        };
        if store::room::get(tx, &id)?.is_some() {
            store::room::update(tx, &room, now)?;
        } else {
            store::room::insert(tx, &room)?;
        }
        Ok(Saved { id })
    })
}
