//! Search over everything: the store's full text, then the services of the convention.

use convention::text::fold;

use crate::{
    App, Error, pack,
    wire::{SearchHit, SearchHits, SearchQuery},
};

pub(crate) fn search(app: &App, query: SearchQuery) -> Result<SearchHits, Error> {
    let desk = app.desk()?;
    let limit = query.limit.clamp(1, 100);
    let mut hits: Vec<SearchHit> = desk
        .store
        .read(|conn| store::search::search(conn, &query.text, limit as usize))?
        .into_iter()
        .map(|hit| SearchHit {
            kind: hit.kind,
            id: hit.id,
            title: hit.title,
            subtitle: hit.subtitle,
        })
        .collect();
    let wanted = fold(query.text.trim());
    if wanted.chars().count() >= 2 {
        hits.extend(
            pack::built_in()?
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
                    subtitle: "Convention, annexe 2".into(),
                }),
        );
    }
    Ok(SearchHits { hits })
}
