//! `fachwerk overlay`: maps laid over each other, as files, without a node and without network.

use super::{
    Ending, Global, Outcome, Trouble,
    check::{Lang, today},
    mention,
};
use aws_lc_rs::digest::{SHA256, digest};
use clap::{Args, ValueEnum};
use maps::{Map, Note, import};
use overlay::{Axis, Decisions, Fault, Input, Picture, Question, Weights, report};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
};

/// What is asked.
#[derive(Args)]
pub(crate) struct Asked {
    /// Maps, in any form that `catalogue convert` reads, or folders of them; `deutschland-stack` is the map that comes with the
    /// program.
    #[arg(required = true, value_name = "MAP")]
    maps: Vec<PathBuf>,
    /// What counts how much for the reuse potential; the shipped weights where nothing is said.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// What people confirmed or refused.
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Files or folders that belong to the maps (items and layers of stacks).
    #[arg(long = "with", value_name = "PATH")]
    siblings: Vec<PathBuf>,
    /// The rows of the matrix: capabilities where at least half of the maps name some, else layers, where nothing is said.
    #[arg(long, value_enum, value_name = "AXIS")]
    by: Option<By>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The language of the report.
    #[arg(long, value_enum, default_value_t = Lang::De)]
    lang: Lang,
    /// Where the report is written; standard output where nothing is said.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The rows of the matrix.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Capability,
    Layer,
    Field,
    Standard,
    #[value(name = "public_service")]
    PublicService,
}

/// The form of a report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Csv,
    Html,
}

/// So many notes on what could not be carried over are said of each map.
const NOTES: usize = 3;

/// A map with what the report says of its file.
struct Loaded {
    map: Map,
    file: String,
    sha256: String,
}

/// Lays the maps over each other. 0: done; 2: something cannot be read, with file, line and column.
pub(super) fn carry_out(global: &Global, asked: &Asked) -> Outcome {
    let german = asked.lang == Lang::De;
    let mut files = Files { unread: Vec::new(), collections: vec![siblings(&asked.siblings)?] };
    for path in &asked.maps {
        files.add(path, german)?;
    }
    let loaded = files.read(german)?;
    let weights = match &asked.weights {
        Some(path) => Weights::read(&content(path)?).map_err(|it| faults(path, &it, german))?,
        None => Weights::shipped().map_err(|it| faults(Path::new("weights.yaml"), &it, german))?,
    };
    let day = today().parse().map_err(|it| Trouble::Said(format!("the day of today: {it}")))?;
    let decisions = match &asked.decisions {
        Some(path) => Decisions::read(&content(path)?, Some(day)).map_err(|it| faults(path, &it, german))?,
        None => Decisions::default(),
    };
    let inputs = loaded
        .iter()
        .map(|it| Input { map: &it.map, file: it.file.clone(), sha256: it.sha256.clone() })
        .collect();
    let question = Question { inputs, decisions, weights, by: asked.by.map(By::axis) };
    let file = asked.decisions.as_deref().unwrap_or(Path::new("decisions"));
    let picture = overlay::overlay(&question).map_err(|it| faults(file, &it, german))?;
    let form = if global.json { Form::Json } else { asked.format };
    let outcome = write(&picture, form, german, asked.output.as_deref());
    // The process ends here: the system takes the memory back faster than piece by piece.
    std::mem::forget(picture);
    std::mem::forget(loaded);
    outcome
}

impl By {
    fn axis(self) -> Axis {
        match self {
            Self::Capability => Axis::Capability,
            Self::Layer => Axis::Layer,
            Self::Field => Axis::Field,
            Self::Standard => Axis::Standard,
            Self::PublicService => Axis::PublicService,
        }
    }
}

fn unreadable(words: String) -> Trouble {
    Trouble::Ended(Ending { code: 2, words })
}

fn content(path: &Path) -> Result<Vec<u8>, Trouble> {
    fs::read(path).map_err(|it| unreadable(format!("{}: {it}", path.display())))
}

fn faults(path: &Path, faults: &[Fault], german: bool) -> Trouble {
    unreadable(places(path, faults, german))
}

/// One line a fault, with file, line and column.
fn places(path: &Path, faults: &[Fault], german: bool) -> String {
    let each = faults.iter().map(|it| format!("{}:{}: {}", path.display(), it.place, it.wording(german)));
    each.collect::<Vec<_>>().join("\n")
}

/// A file with a map, and which of the collections of siblings belongs to it.
struct Unread {
    path: PathBuf,
    content: Vec<u8>,
    collection: usize,
}

/// All files, with the collections of siblings that they need; the first collection is that of the command line.
struct Files {
    unread: Vec<Unread>,
    collections: Vec<Vec<(String, Vec<u8>)>>,
}

impl Files {
    /// A map, the shipped map, or all maps of a folder. In a folder of stacks, `stacks` holds the maps, `items` and `layers` what
    /// they consist of.
    fn add(&mut self, path: &Path, german: bool) -> Result<(), Trouble> {
        if path == Path::new("deutschland-stack") && !path.exists() {
            let text = landkarte::shipped_text().map_err(|it| faults(path, &it, german))?;
            self.push(path.to_owned(), text.into_bytes(), 0);
            return Ok(());
        }
        if !path.is_dir() {
            self.push(path.to_owned(), content(path)?, 0);
            return Ok(());
        }
        let stacks = path.join("stacks");
        let folder = if stacks.is_dir() { stacks.as_path() } else { path };
        let parts: Vec<PathBuf> = ["items", "layers"].map(|it| path.join(it)).into();
        let parts: Vec<PathBuf> = parts.into_iter().filter(|it| stacks.is_dir() && it.is_dir()).collect();
        let mut collection = 0;
        if !parts.is_empty() {
            collection = self.collections.len();
            self.collections.push(siblings(&parts)?);
        }
        let before = self.unread.len();
        for file in files(folder)? {
            let content = content(&file)?;
            if import::recognise(&content).is_some() {
                self.push(file, content, collection);
            } else {
                let words = if german { "keine Landkarte, übergangen" } else { "no map, left out" };
                mention(&format!("{}: {words}", file.display()));
            }
        }
        if self.unread.len() == before {
            let words = if german {
                "In diesem Ordner ist keine Landkarte."
            } else {
                "There is no map in this folder."
            };
            return Err(unreadable(format!("{}: {words}", path.display())));
        }
        Ok(())
    }

    fn push(&mut self, path: PathBuf, content: Vec<u8>, collection: usize) {
        self.unread.push(Unread { path, content, collection });
    }

    /// All maps, in the order of the files. Reading is most of the work and needs nothing of each other: each core takes a part.
    fn read(&self, german: bool) -> Result<Vec<Loaded>, Trouble> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let part = self.unread.len().div_ceil(cores).max(1);
        let read: Vec<Result<Vec<Read>, String>> = thread::scope(|scope| {
            let work = move |files: &[Unread]| files.iter().map(|it| self.read_one(it, german)).collect();
            let parts: Vec<_> =
                self.unread.chunks(part).map(|files| scope.spawn(move || work(files))).collect();
            let lost = || Err("a map could not be read: its thread ended".to_owned());
            parts.into_iter().map(|it| it.join().unwrap_or_else(|_| lost())).collect()
        });
        let mut loaded = Vec::with_capacity(self.unread.len());
        for part in read {
            for (map, notes) in part.map_err(unreadable)? {
                tell(&map.file, &notes, german);
                loaded.push(map);
            }
        }
        Ok(loaded)
    }

    fn read_one(&self, unread: &Unread, german: bool) -> Result<Read, String> {
        let siblings = self.collections.get(unread.collection).map_or(&[][..], Vec::as_slice);
        let siblings: Vec<(&str, &[u8])> =
            siblings.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
        let file = name(&unread.path);
        let (map, notes) = import::read(&file, &unread.content, &siblings)
            .map_err(|it| places(&unread.path, &it, german))?;
        let sha256 = digest(&SHA256, &unread.content).as_ref().iter().map(|it| format!("{it:02x}")).collect();
        Ok((Loaded { map, file, sha256 }, notes))
    }
}

/// A map with what could not be carried over.
type Read = (Loaded, Vec<Note>);

fn tell(file: &str, notes: &[Note], german: bool) {
    for it in notes.iter().take(NOTES) {
        mention(&format!("{file}: {}", if german { &it.de } else { &it.en }));
    }
    if notes.len() > NOTES {
        let more = notes.len() - NOTES;
        mention(&if german {
            format!("{file}: und {more} weitere Hinweise (`fachwerk catalogue convert` nennt alle)")
        } else {
            format!("{file}: and {more} more notes (`fachwerk catalogue convert` says all)")
        });
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Files, and the files of folders, with their names.
pub(super) fn siblings(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let mut all = Vec::new();
    for path in paths {
        let files = if path.is_dir() { files(path)? } else { vec![path.clone()] };
        for file in files {
            all.push((name(&file), content(&file)?));
        }
    }
    Ok(all)
}

/// The files of a folder by name; hidden ones and folders are not among them.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let cannot = |it: &io::Error| unreadable(format!("{}: {it}", folder.display()));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|it| cannot(&it))? {
        let path = entry.map_err(|it| cannot(&it))?.path();
        if path.is_file() && !name(&path).starts_with('.') {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn write(picture: &Picture, form: Form, german: bool, output: Option<&Path>) -> Outcome {
    let told = |to: &mut dyn Write| match form {
        Form::Text => report::text(picture, german, to),
        Form::Json => report::json(picture, to),
        Form::Csv => report::csv(picture, german, to),
        Form::Html => report::html(picture, german, to),
    };
    let written = if let Some(path) = output {
        fs::File::create(path).and_then(|mut to| told(&mut to))
    } else {
        let mut out = io::stdout().lock();
        told(&mut out).and_then(|()| out.flush())
    };
    match written {
        // Whoever reads has read enough.
        Err(cause) if output.is_none() && cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(cause) => Err(unreadable(match output {
            Some(path) => format!("{}: {cause}", path.display()),
            None => format!("the report cannot be written: {cause}"),
        })),
        Ok(()) => Ok(()),
    }
}
