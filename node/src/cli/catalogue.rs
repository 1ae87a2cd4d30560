//! `fachwerk catalogue`: maps of building blocks, as files, without a node and without network.

use super::{
    Ending, Global, Outcome, Trouble,
    check::{Lang, today},
    mention, say,
};
use clap::{Subcommand, ValueEnum};
use maps::{Map, Remark, Severity, export, import};
use serde_json::json;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// What can be done with maps.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Says what is wrong or doubtful in a map. Exit code 1 if something cannot be right.
    Lint {
        /// The map.
        file: PathBuf,
        /// The language of the remarks.
        #[arg(long, value_enum, default_value_t = Lang::De)]
        lang: Lang,
    },
    /// Says what is different between two editions of a map.
    Diff {
        /// The older one.
        old: PathBuf,
        /// The newer one.
        new: PathBuf,
        /// The language of the sentences.
        #[arg(long, value_enum, default_value_t = Lang::De)]
        lang: Lang,
    },
    /// Reads a map, a landscape, a stack, publiccode.yml, catalog-info.yaml or a bill of materials, and writes it in another form.
    Convert {
        /// What is read.
        file: PathBuf,
        /// Files or folders that belong to it (items and layers of a stack).
        #[arg(long = "with", value_name = "PATH")]
        siblings: Vec<PathBuf>,
        /// What is written.
        #[arg(long, value_enum, default_value_t = Form::Yaml)]
        to: Form,
        /// The language of what is said.
        #[arg(long, value_enum, default_value_t = Lang::De)]
        lang: Lang,
    },
}

/// The form of a map.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Yaml,
    Json,
    Csv,
    Jsonld,
    Archimate,
}

/// Does it.
pub(super) fn carry_out(global: &Global, command: &Command) -> Outcome {
    match command {
        Command::Lint { file, lang } => lint(global, file, *lang == Lang::De),
        Command::Diff { old, new, lang } => diff(global, old, new, *lang == Lang::De),
        Command::Convert { file, siblings, to, lang } => convert(file, siblings, *to, *lang == Lang::De),
    }
}

fn lint(global: &Global, file: &Path, german: bool) -> Outcome {
    let map = read(file, &[], german)?;
    let day = today().parse().map_err(|it| Trouble::Said(format!("the day of today: {it}")))?;
    let remarks = maps::lint(&map, day);
    if global.json {
        let all: Vec<_> = remarks.iter().map(|it| as_json(it, german)).collect();
        say(&serde_json::to_string_pretty(&all).map_err(|it| Trouble::Said(it.to_string()))?)?;
    } else {
        for it in &remarks {
            say(&format!(
                "{}:{}: {} [{}] {}",
                file.display(),
                it.place,
                it.severity.title(german),
                it.rule,
                it.wording(german)
            ))?;
        }
    }
    let count = |wanted: Severity| remarks.iter().filter(|it| it.severity == wanted).count();
    let (errors, warnings, hints) = (count(Severity::Error), count(Severity::Warning), count(Severity::Hint));
    mention(&if german {
        format!("{errors} Fehler, {warnings} Warnungen, {hints} Hinweise")
    } else {
        format!("{errors} errors, {warnings} warnings, {hints} hints")
    });
    if errors > 0 { Err(Trouble::Ended(Ending { code: 1, words: String::new() })) } else { Ok(()) }
}

fn as_json(it: &Remark, german: bool) -> serde_json::Value {
    let entry = it.entry.as_ref().map(|(section, id)| json!({ "section": section.name(), "id": id }));
    json!({
        "rule": it.rule,
        "severity": it.severity.name(),
        "entry": entry,
        "key": it.key,
        "place": { "line": it.place.line, "column": it.place.column },
        "text": it.wording(german),
    })
}

fn diff(global: &Global, old: &Path, new: &Path, german: bool) -> Outcome {
    let found = maps::differences(&read(old, &[], german)?, &read(new, &[], german)?);
    if global.json {
        let all: Vec<_> = found
            .iter()
            .map(|it| {
                json!({
                    "section": it.section.map(landkarte::Section::name), "id": it.id, "title": it.title, "key": it.key,
                    "from": it.from, "to": it.to, "sentence": if german { &it.de } else { &it.en },
                })
            })
            .collect();
        return say(&serde_json::to_string_pretty(&all).map_err(|it| Trouble::Said(it.to_string()))?);
    }
    if found.is_empty() {
        mention(if german { "kein Unterschied" } else { "no difference" });
    }
    found.iter().try_for_each(|it| say(if german { &it.de } else { &it.en }))
}

fn convert(file: &Path, siblings: &[PathBuf], to: Form, german: bool) -> Outcome {
    let map = read(file, siblings, german)?;
    let text = match to {
        Form::Yaml => map.to_yaml(),
        Form::Json => map.to_json(),
        Form::Csv => export::csv(&map),
        Form::Jsonld => export::jsonld(&map, "urn:landkarte:"),
        Form::Archimate => export::archimate(&map),
    };
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome.map_err(|it| Trouble::Said(it.to_string())),
    }
}

/// A file as a map; what could not be carried over is mentioned.
fn read(file: &Path, siblings: &[PathBuf], german: bool) -> Result<Map, Trouble> {
    let unreadable = |words: String| Trouble::Ended(Ending { code: 2, words });
    let load = |path: &Path| fs::read(path).map_err(|it| unreadable(format!("{}: {it}", path.display())));
    let content = load(file)?;
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let others = super::overlay::siblings(siblings)?;
    let others: Vec<(&str, &[u8])> =
        others.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let (map, notes) = import::read(&name(file), &content, &others).map_err(|faults| {
        let each = faults
            .iter()
            .map(|it| format!("{}:{}: {}", file.display(), it.place, if german { &it.de } else { &it.en }));
        unreadable(each.collect::<Vec<_>>().join("\n"))
    })?;
    for it in &notes {
        mention(if german { &it.de } else { &it.en });
    }
    Ok(map)
}
