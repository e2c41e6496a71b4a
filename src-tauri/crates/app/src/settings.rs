//! Profile and appearance.

use convention::Pack;
use store::profile::Profile as Row;

use crate::{
    App, Error,
    contacts::plausible_email,
    exchange::Exchange,
    opening, pack,
    principal::Way,
    wire::{self, Mode, Nothing, PlatformKind, Profile, Role, Settings, Stage, Theme, ThemeChoice},
};

const THEME: &str = "theme";
const INCOMPLETE_EMAIL: &str =
    "Cette adresse de messagerie est incomplète. Exemple : prenom.nom@exemple.fr";

pub(crate) fn profile_wire(row: &Row, way: &Way) -> Profile {
    Profile {
        college: row.college.clone(),
        commune: row.commune.clone(),
        cite_scolaire: row.cite_scolaire,
        region_maintains: row.region_maintains,
        role: Role::from_id(&row.role).unwrap_or(Role::Correspondant),
        first_name: row.first_name.clone(),
        last_name: row.last_name.clone(),
        phone: row.phone.clone(),
        email: row.email.clone(),
        platform: way.platform,
        platform_url: way.url.clone(),
        platform_login: way.login.clone(),
        reference_field: way.reference_field.clone(),
    }
}

/// A profile as it is kept, whatever is still missing in it.
fn unchecked(profile: &Profile, now_ms: i64) -> Row {
    let kept = |text: &str| text.trim().to_owned();
    Row {
        college: kept(&profile.college),
        commune: kept(&profile.commune),
        cite_scolaire: profile.cite_scolaire,
        region_maintains: profile.region_maintains,
        role: profile.role.id().to_owned(),
        first_name: kept(&profile.first_name),
        last_name: kept(&profile.last_name),
        phone: kept(&profile.phone),
        email: kept(&profile.email),
        created_at_ms: now_ms,
    }
}

/// A profile and the way to its platform as they are kept, or what a person must mend.
pub(crate) fn profile_row(profile: &Profile, now_ms: i64) -> Result<(Row, Way), Error> {
    let (row, way) = (unchecked(profile, now_ms), Way::asked(profile));
    required("college", &row.college, "Indiquez votre collège.")?;
    required(
        "first_name",
        &row.first_name,
        "Votre prénom est demandé par la plateforme.",
    )?;
    required(
        "last_name",
        &row.last_name,
        "Votre nom est demandé par la plateforme.",
    )?;
    if !row.email.is_empty() && !plausible_email(&row.email) {
        return Err(Error::refused("email", INCOMPLETE_EMAIL));
    }
    if profile.platform == PlatformKind::Remedy {
        required(
            "platform_url",
            &way.url,
            "Donnez l’adresse de la plateforme, ou choisissez de recopier à la main.",
        )?;
        usable(&way)?;
    }
    Ok((row, way))
}

fn required(field: &'static str, text: &str, sentence: &str) -> Result<(), Error> {
    if text.is_empty() {
        Err(Error::refused(field, sentence))
    } else {
        Ok(())
    }
}

/// The adapter itself says whether it can use the address and the field.
fn usable(way: &Way) -> Result<(), Error> {
    crate::exchange::remedy(&way.url, &way.reference_field)?;
    Ok(())
}

pub(crate) fn show(app: &App, _: Nothing) -> Result<Settings, Error> {
    let desk = app.desk()?;
    let (profile, way, theme, pack) = desk.store.read(|conn| -> Result<_, Error> {
        Ok((
            store::profile::get(conn)?.ok_or(Error::NotReady)?,
            Way::of(conn)?,
            store::setting::get(conn, THEME)?,
            pack::in_force(conn)?,
        ))
    })?;
    Ok(Settings {
        profile: profile_wire(&profile, &way),
        mode: desk.mode,
        key_place: desk.key_place,
        folder: desk.folder.display().to_string(),
        theme: theme
            .as_deref()
            .and_then(Theme::from_id)
            .unwrap_or(Theme::System),
        pack_name: pack.manifest.name.clone(),
        pack_version: pack.manifest.version.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

pub(crate) fn save_profile(app: &App, profile: Profile) -> Result<Settings, Error> {
    let desk = app.desk()?;
    let training = desk.mode == Mode::Training;
    let (mut row, mut way) = if training {
        // The sample collège keeps its own platform, inside the application.
        let platform = PlatformKind::Manual;
        profile_row(
            &Profile {
                platform,
                ..profile
            },
            app.now_ms(),
        )?
    } else {
        profile_row(&profile, app.now_ms())?
    };
    let moved = desk.store.write(|tx| -> Result<bool, Error> {
        let known = store::profile::get(tx)?.ok_or(Error::NotReady)?;
        row.created_at_ms = known.created_at_ms;
        let was = Way::of(tx)?;
        if training {
            way.clone_from(&was);
        }
        store::profile::set(tx, &row)?;
        way.put(tx)?;
        Ok(!way.leads_where(&was))
    })?;
    // The session of an unchanged platform stays open: it cost a one-time password.
    if moved {
        desk.exchange
            .replace(Exchange::for_profile(&desk.store)?.platform());
    }
    show(app, Nothing {})
}

/// One setting, as the command line names it. The first one makes the store.
pub(crate) fn configure(app: &App, setting: wire::Setting) -> Result<Settings, Error> {
    if setting.key == THEME {
        let theme = Theme::from_id(&setting.value).ok_or_else(|| {
            one_of(
                "theme",
                &setting.value,
                Theme::ALL.iter().map(|theme| theme.id()),
            )
        })?;
        return save_theme(app, ThemeChoice { theme });
    }
    let (known, way) = match app.desk() {
        Ok(desk) => desk.store.read(|conn| -> Result<_, Error> {
            Ok((store::profile::get(conn)?, Way::of(conn)?))
        })?,
        Err(_) => (None, Way::by_hand()),
    };
    let mut profile = profile_wire(&known.clone().unwrap_or_default(), &way);
    change(&*app.pack()?, &mut profile, &setting)?;
    let way = Way::asked(&profile);
    if profile.platform == PlatformKind::Remedy {
        // What the adapter cannot use is refused here: a folder must open on what it holds.
        required(
            "platform_url",
            &way.url,
            "Donnez d’abord l’adresse de la plateforme : relais config set platform-url https://…",
        )?;
        usable(&way)?;
    }
    if app.stage().0 == Stage::FirstStart {
        opening::begin(app)?;
    }
    let desk = app.desk()?;
    let row = Row {
        created_at_ms: known.map_or(app.now_ms(), |known| known.created_at_ms),
        ..unchecked(&profile, app.now_ms())
    };
    desk.store.write(|tx| -> Result<(), Error> {
        store::profile::set(tx, &row)?;
        way.put(tx)
    })?;
    show(app, Nothing {})
}

fn one_of<'a>(key: &'static str, value: &str, words: impl Iterator<Item = &'a str>) -> Error {
    Error::refused(
        key,
        format!(
            "« {value} » ne convient pas au réglage « {key} ». Valeurs possibles : {}.",
            words.collect::<Vec<_>>().join(", ")
        ),
    )
}

fn yes_or_no(key: &'static str, value: &str) -> Result<bool, Error> {
    match value {
        "oui" | "true" => Ok(true),
        "non" | "false" => Ok(false),
        _ => Err(one_of(key, value, ["oui", "non"].into_iter())),
    }
}

fn change(pack: &Pack, profile: &mut Profile, setting: &wire::Setting) -> Result<(), Error> {
    let value = setting.value.trim();
    let text = match setting.key.as_str() {
        "college" => {
            required("college", value, "Indiquez votre collège.")?;
            // A collège of annexe 1 brings what the annexe says of it.
            if let Some(college) = pack.college(value) {
                profile.commune.clone_from(&college.town);
                profile.cite_scolaire = college.cite_scolaire;
            }
            &mut profile.college
        }
        "commune" => &mut profile.commune,
        "first-name" => &mut profile.first_name,
        "last-name" => &mut profile.last_name,
        "phone" => &mut profile.phone,
        "email" if !value.is_empty() && !plausible_email(value) => {
            return Err(Error::refused("email", INCOMPLETE_EMAIL));
        }
        "email" => &mut profile.email,
        "platform-url" => {
            crate::exchange::remedy(value, crate::principal::REFERENCE_FIELD)?;
            &mut profile.platform_url
        }
        "platform-login" => &mut profile.platform_login,
        "reference-field" => &mut profile.reference_field,
        "cite-scolaire" => {
            profile.cite_scolaire = yes_or_no("cite-scolaire", value)?;
            return Ok(());
        }
        "region-maintains" => {
            profile.region_maintains = Some(yes_or_no("region-maintains", value)?);
            return Ok(());
        }
        "role" => {
            profile.role = Role::from_id(value)
                .ok_or_else(|| one_of("role", value, Role::ALL.iter().map(|role| role.id())))?;
            return Ok(());
        }
        "platform" => {
            profile.platform = PlatformKind::from_id(value).ok_or_else(|| {
                one_of(
                    "platform",
                    value,
                    PlatformKind::ALL.iter().map(|kind| kind.id()),
                )
            })?;
            return Ok(());
        }
        other => {
            return Err(Error::refused(
                "key",
                format!(
                    "Le réglage « {other} » n’existe pas. Réglages : college, commune, cite-scolaire, region-maintains, role, first-name, last-name, phone, email, platform, platform-url, platform-login, reference-field, theme."
                ),
            ));
        }
    };
    value.clone_into(text);
    Ok(())
}

pub(crate) fn save_theme(app: &App, choice: ThemeChoice) -> Result<Settings, Error> {
    app.desk()?.store.write(|tx| -> Result<(), Error> {
        Ok(store::setting::set(tx, THEME, choice.theme.id())?)
    })?;
    show(app, Nothing {})
}
