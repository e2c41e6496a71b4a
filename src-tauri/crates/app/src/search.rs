//! Search over everything: the machine that bears this very mark, the store's full text, then the services of the
//! convention.

use convention::text::fold;

use crate::{
    App, Error, equipment,
    wire::{SearchHit, SearchHits, SearchQuery},
};

pub(crate) fn search(app: &App, query: SearchQuery) -> Result<SearchHits, Error> {
    let desk = app.desk()?;
    let limit = query.limit.clamp(1, 100);
    let (found, marked) = desk.store.read(|conn| -> Result<_, Error> {
        Ok((
            store::search::search(conn, &query.text, limit as usize)?,
            equipment::by_mark(conn, &query.text)?,
        ))
    })?;
    let mut hits: Vec<SearchHit> = found
        .into_iter()
        .map(|hit| SearchHit {
            kind: hit.kind,
            id: hit.id,
            title: hit.title,
            subtitle: hit.subtitle,
        })
        .collect();
    // What a hand scanner types names one machine, also when its words are not those of the register.
    if let Some(machine) = marked
        && !hits.iter().any(|hit| hit.id == machine.id)
    {
        hits.insert(
            0,
            SearchHit {
                kind: "equipement".into(),
                title: equipment::label(&machine),
                subtitle: equipment::mark(&machine),
                id: machine.id,
            },
        );
    }
    let wanted = fold(query.text.trim());
    if wanted.chars().count() >= 2 {
        hits.extend(
            app.pack()?
                .services
                .iter()
                .filter(|service| {
                    fold(&service.label).contains(&wanted)
                        || fold(&service.explanation).contains(&wanted)
                })
                .take(5)
                .map(|service| SearchHit {
                    kind: "service".into(),
                    id: service.id.clone(),
                    title: service.label.clone(),
                    subtitle: "Convention, matrice".into(),
                }),
        );
    }
    Ok(SearchHits { hits })
}
