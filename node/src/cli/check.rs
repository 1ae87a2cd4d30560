//! `fachwerk check`: holds files and folders against requirements, without a node and without network.

mod walk;

use super::{Ending, Global, Trouble, mention};
use check::{CryptoRules, Input, Question, Recommended, Report, Unreadable, report};
use clap::{Args, ValueEnum};
use conformance::{PolicyRules, map_linter};
use jiff::{Timestamp, tz::TimeZone};
use kernel::{Clock, SECOND};
use requirements::{Level, Library, Set};
use std::{
    fs,
    io::{self, IsTerminal, Read as _, Write},
    path::{Path, PathBuf},
};
use walk::Folder;

/// What is asked.
#[derive(Args)]
pub(crate) struct Asked {
    /// Files or folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A set of requirements by its id, or a file with one (YAML, JSON). Can be given more than once.
    #[arg(long, value_name = "SET")]
    requirements: Vec<String>,
    /// The same as `--requirements`, for the sets that come with the program: tr-03183-2, ntia, publiccode, tr-02102 …
    #[arg(long, value_name = "NAME")]
    profile: Vec<String>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The language of the report.
    #[arg(long, value_enum, default_value_t = Lang::De)]
    lang: Lang,
    /// The exit code is 1 if something at this level or above is not met.
    #[arg(long, value_enum, default_value_t = FailOn::Muss)]
    fail_on: FailOn,
    /// A file with patterns of paths to leave out of folders, beside .gitignore and .fachwerkignore.
    #[arg(long, value_name = "FILE")]
    exclude_from: Option<PathBuf>,
}

/// The form of a report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Sarif,
    Junit,
    Html,
    Markdown,
}

impl Form {
    /// Whether such a report names the hash of each file; it is not made for the others.
    fn names_hashes(self) -> bool {
        matches!(self, Self::Json | Self::Sarif | Self::Html)
    }
}

/// The language of a report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    De,
    En,
}

/// From which level on something that is not met counts.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Muss,
    Soll,
    Never,
}

/// Checks and writes the report. 0: nothing at or above the level is unmet; 1: something is; 2: something cannot be read.
pub(super) fn carry_out(global: &Global, asked: &Asked) -> Result<(), Trouble> {
    let german = asked.lang == Lang::De;
    let form = if global.json { Form::Json } else { asked.format };
    let unreadable = |it: String| Trouble::Ended(Ending { code: 2, words: it });
    let (library, sets) = library(asked).map_err(unreadable)?;
    let config = global.read_config().map_err(|it| unreadable(it.to_string()))?;
    let policy = config.policy().map_err(|it| unreadable(it.to_string()))?;
    let today = today();
    let (dated, linter) = (PolicyRules(&policy), map_linter(&today));
    // An operator's own policy says everything that counts; the shipped one names only what this program uses.
    let more = Recommended::over(&dated);
    let rules: &dyn CryptoRules = if config.crypto_policy.is_some() { &dated } else { &more };
    let question = Question {
        library: &library,
        sets: sets.iter().map(String::as_str).collect(),
        today,
        crypto: rules,
        most_misfits: 100,
        hashes: form.names_hashes(),
        more: &[&linter],
    };
    let mut whole = Report { date: question.today.clone(), ..Report::default() };
    for path in &asked.paths {
        let report = one(path, asked, &question).map_err(|it| unreadable(it.sentence(german)))?;
        append(&mut whole, report);
    }
    write(&whole, form, german).map_err(|it| unreadable(format!("the report cannot be written: {it}")))?;
    let level = match asked.fail_on {
        FailOn::Muss => Some(Level::Muss),
        FailOn::Soll => Some(Level::Soll),
        FailOn::Never => None,
    };
    let fails = whole.fails(level);
    // Hundreds of thousands of findings are not taken apart one by one where the process ends anyway.
    std::mem::forget(whole);
    if fails { Err(Trouble::Ended(Ending { code: 1, words: String::new() })) } else { Ok(()) }
}

/// A file or a folder.
fn one(path: &Path, asked: &Asked, question: &Question<'_>) -> Result<Report, Unreadable> {
    let name = path.display().to_string();
    let cannot = |it: &io::Error| unreadable(&name, it);
    if name == "-" {
        let mut content = Vec::new();
        io::stdin().read_to_end(&mut content).map_err(|it| cannot(&it))?;
        return check::check(&[Input { path: "-", content: &content }], question);
    }
    if !path.is_dir() {
        let content = fs::read(path).map_err(|it| cannot(&it))?;
        return check::check(&[Input { path: &name, content: &content }], question);
    }
    let folder = Folder::read(path, asked.exclude_from.as_deref()).map_err(|it| cannot(&it))?;
    for it in &folder.unread {
        mention(&format!("fachwerk: {it}"));
    }
    let inputs: Vec<Input<'_>> = folder.files.iter().map(|(path, content)| Input { path, content }).collect();
    check::check_repository(&inputs, &folder.listing, question)
}

fn unreadable(path: &str, cause: &io::Error) -> Unreadable {
    let (de, en) = match cause.kind() {
        io::ErrorKind::NotFound => (
            "Das gibt es nicht; prüfen Sie den Pfad.".to_owned(),
            "There is no such thing; check the path.".to_owned(),
        ),
        io::ErrorKind::PermissionDenied => {
            ("Das Lesen ist nicht erlaubt.".to_owned(), "Reading it is not allowed.".to_owned())
        }
        _ => (format!("Das Lesen gelingt nicht: {cause}"), format!("It cannot be read: {cause}")),
    };
    Unreadable { path: path.to_owned(), place: None, de, en }
}

/// The sets that are known, and the ids of those to check against.
fn library(asked: &Asked) -> Result<(Library, Vec<String>), String> {
    let german = asked.lang == Lang::De;
    let mut library = Library::shipped().clone();
    let mut ids = Vec::new();
    for name in asked.profile.iter().chain(&asked.requirements) {
        if library.set(name).is_some() {
            ids.push(name.clone());
            continue;
        }
        if !Path::new(name).is_file() {
            let known: Vec<&str> = library.sets().iter().map(|it| it.id.as_str()).collect();
            let known = known.join(", ");
            return Err(if german {
                format!("Es gibt keinen Anforderungssatz und keine Datei „{name}“. Bekannt sind: {known}")
            } else {
                format!("there is no set of requirements and no file “{name}”. Known are: {known}")
            });
        }
        let text = fs::read(name).map_err(|it| format!("{name}: {it}"))?;
        let told = |faults: Vec<requirements::Fault>| -> String {
            let each = faults.iter().map(|it| format!("{}:{}: {}", it.file, it.place, it.get(german)));
            each.collect::<Vec<_>>().join("\n")
        };
        let set = Set::read(name, &text).map_err(told)?;
        ids.push(set.id.clone());
        library = library.with(set).map_err(told)?;
    }
    Ok((library, ids))
}

/// Today, UTC, as 2026-11-28.
pub(super) fn today() -> String {
    let now = Timestamp::from_second(Clock::Real.now() / SECOND).unwrap_or_default();
    now.to_zoned(TimeZone::UTC).date().to_string()
}

fn append(whole: &mut Report, part: Report) {
    whole.files.extend(part.files);
    whole.findings.extend(part.findings);
    for set in part.sets {
        if whole.set(&set.id).is_none() {
            whole.sets.push(set);
        }
    }
}

fn write(report: &Report, form: Form, german: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let written = match form {
        Form::Text => report::text(report, german, coloured(), &mut out),
        Form::Json => report::json(report, german, &mut out),
        Form::Sarif => report::sarif(report, german, &mut out),
        Form::Junit => report::junit(report, german, &mut out),
        Form::Html => report::html(report, german, &mut out),
        Form::Markdown => report::markdown(report, german, &mut out),
    };
    match written.and_then(|()| out.flush()) {
        // Whoever reads has read enough.
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Colours are for people at a terminal who did not ask for none (<https://no-color.org>).
fn coloured() -> bool {
    #[expect(clippy::disallowed_methods, reason = "a convention of terminals, no configuration of the node")]
    let unwanted = std::env::var("NO_COLOR").is_ok_and(|it| !it.is_empty());
    io::stdout().is_terminal() && !unwanted
}
