//! Which licence a text is.

use crate::Artefact;

/// The SPDX identifier of the licence that a file is or names; nothing where it is not recognised.
///
/// A line `SPDX-License-Identifier` counts first, then the name of a file in `LICENSES/` (REUSE), then the words at the
/// beginning of the text.
pub(crate) fn named_in(path: &str, text: &str) -> Option<String> {
    stated(text).or_else(|| by_name(path)).or_else(|| by_words(text).map(str::to_owned))
}

fn stated(text: &str) -> Option<String> {
    // Written in two parts, so that this file does not seem to state one.
    let mark = concat!("SPDX-License-", "Identifier:");
    let line = text.lines().take(50).find(|it| it.contains(mark))?;
    let (_, after) = line.split_once(mark)?;
    let after = after.trim().trim_end_matches("*/").trim_end_matches("-->").trim();
    (!after.is_empty()).then(|| after.to_owned())
}

/// In `LICENSES/` the file bears the name of its licence.
fn by_name(path: &str) -> Option<String> {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next()?.strip_suffix(".txt")?;
    if parts.next() != Some("LICENSES") || Artefact::by_name(path) != Some(Artefact::Licence) {
        return None;
    }
    spdx::license_id(name).map(|it| it.name.to_owned())
}

/// Words that stand near the beginning of a licence, all of which must be there, and its identifier. Of several that fit
/// the one counts whose first words stand first, since licences name each other further down; of those the first in the
/// table, so the narrower stand before the wider.
const WORDS: [(&[&str], &str); 22] = [
    (&["gnu affero general public license", "version 3"], "AGPL-3.0-only"),
    (&["gnu lesser general public license", "version 3"], "LGPL-3.0-only"),
    (&["gnu lesser general public license", "version 2.1"], "LGPL-2.1-only"),
    (&["gnu library general public license", "version 2"], "LGPL-2.0-only"),
    (&["gnu general public license", "version 3"], "GPL-3.0-only"),
    (&["gnu general public license", "version 2"], "GPL-2.0-only"),
    (&["european union public licence", "1.2"], "EUPL-1.2"),
    (&["licence publique de l'union européenne", "1.2"], "EUPL-1.2"),
    (&["open-source-lizenz für die europäische union", "1.2"], "EUPL-1.2"),
    (&["european union public licence", "1.1"], "EUPL-1.1"),
    (&["apache license", "version 2.0"], "Apache-2.0"),
    (&["mozilla public license", "version 2.0"], "MPL-2.0"),
    (&["eclipse public license", "2.0"], "EPL-2.0"),
    (&["boost software license", "version 1.0"], "BSL-1.0"),
    (&["creative commons", "cc0 1.0"], "CC0-1.0"),
    (&["this is free and unencumbered software released into the public domain"], "Unlicense"),
    (&["business source license 1.1"], "BUSL-1.1"),
    (&["server side public license", "version 1"], "SSPL-1.0"),
    (&["permission to use, copy, modify, and/or distribute this software for any purpose"], "ISC"),
    (
        &[
            "permission is hereby granted, free of charge",
            "the above copyright notice and this permission notice",
        ],
        "MIT",
    ),
    (&["redistribution and use in source and binary forms", "endorse or promote products"], "BSD-3-Clause"),
    (&["redistribution and use in source and binary forms", "this list of conditions"], "BSD-2-Clause"),
];

/// How much of a text is looked at, in characters.
const LOOK: usize = 3000;

fn by_words(text: &str) -> Option<&'static str> {
    let start: String = text.chars().take(LOOK).collect();
    let plain = start.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = WORDS.iter().filter(|(words, _)| words.iter().all(|it| plain.contains(it)));
    fits.min_by_key(|(words, _)| words.first().and_then(|it| plain.find(it))).map(|(_, name)| *name)
}
