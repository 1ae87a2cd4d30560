//! The key of an authority, and what is meant where it is wrong.

use crate::{Level, RegionKey, Territory, Wording};

/// The number of the region that a text names.
///
/// # Errors
/// How to mend it.
pub fn authority(text: &str, territory: &Territory) -> Result<u32, Wording> {
    if text == "DE" {
        return Ok(0);
    }
    if text.is_empty() {
        return Err(expected(None));
    }
    match text.parse::<RegionKey>() {
        Ok(RegionKey::FEDERATION) => Ok(0),
        Ok(key) => territory.find(key).ok_or_else(|| nearest(key, territory)),
        Err(_) => Err(other_key(text, territory)),
    }
}

/// A key of another length: an AGS, or one whose leading zero was lost.
fn other_key(text: &str, territory: &Territory) -> Wording {
    let digits = text.bytes().all(|it| it.is_ascii_digit());
    let by_ags = |it: &str| it.parse().ok().and_then(|it| territory.by_ags(it));
    if digits && text.len() == 8 {
        return by_ags(text).map_or_else(
            || expected(None),
            |it| {
                let (key, name) = (territory.key_text(it), territory.name(it));
                Wording::new(
                    format!("Das ist ein AGS. Der ARS von {name} ist {key}."),
                    format!("That is an AGS. The ARS of {name} is {key}."),
                )
            },
        );
    }
    let padded = format!("0{text}");
    let found = match text.len() {
        7 if digits => by_ags(&padded),
        1 | 4 | 11 if digits => padded.parse().ok().and_then(|it| territory.find(it)),
        _ => None,
    };
    match found {
        Some(it) => {
            let (key, name) = (territory.key_text(it), territory.name(it));
            Wording::new(
                format!("Die führende Null fehlt: {key} ist {name}. Stellen Sie die Spalte auf Text um."),
                format!("The leading zero is missing: {key} is {name}. Set the column to text."),
            )
        }
        None => expected(None),
    }
}

/// What stands nearest to a key that has the right length and does not exist.
fn nearest(key: RegionKey, territory: &Territory) -> Wording {
    let text = key.to_string();
    let stripped = key.climb().skip(1).find(|it| {
        let rest = text.get(usize::from(it.level().digits())..).unwrap_or_default();
        rest.bytes().all(|it| it == b'0')
    });
    // Registers pad keys with zeros to twelve digits: 066330000000 stands for the district 06633.
    if let Some(it) = stripped.and_then(|it| territory.find(it)) {
        return expected(Some((territory.key_text(it), territory.name(it))));
    }
    let ags = (key.level() == Level::Municipality)
        .then(|| format!("{}{}", text.get(..5).unwrap_or_default(), text.get(9..).unwrap_or_default()))
        .and_then(|it| it.parse().ok())
        .and_then(|it| territory.by_ags(it));
    let upper = || key.climb().skip(1).find_map(|it| territory.find(it)).filter(|it| *it != 0);
    match ags.or_else(upper) {
        Some(it) => expected(Some((territory.key_text(it), territory.name(it)))),
        None => expected(None),
    }
}

fn expected(near: Option<(String, &str)>) -> Wording {
    let mut de = "Erwartet wird ein Regionalschlüssel (ARS) mit 2, 5, 9 oder 12 Ziffern, oder DE.".to_owned();
    let mut en = "Expected is a region key (ARS) of 2, 5, 9 or 12 digits, or DE.".to_owned();
    if let Some((key, name)) = near {
        de.push_str(&format!(" Am nächsten liegt {key} ({name})."));
        en.push_str(&format!(" The nearest is {key} ({name})."));
    }
    Wording::new(de, en)
}
