//! Organisations, offices and rules in and out, as JSON or CSV: all of a file or nothing of it.

use super::{
    Directory, Entry, Index, Noun,
    dataset::bad_file,
    edit::{Checked, check},
    index::competence_rule,
};
use crate::{
    model::{Office, Organisation, Rule},
    names::{did, fault, may},
    store,
};
use kernel::{Ctx, Result};
use places::Competences;
use regions::{Faults, Wording};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Everything that can be taken out and in again.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Bundle {
    pub organisations: Vec<Organisation>,
    pub offices: Vec<Office>,
    pub rules: Vec<Rule>,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A [`Bundle`].
    Json,
    /// One sort of entry, comma-separated, with a header line.
    Csv(Noun),
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Whether nothing was stored because this was only a trial.
    pub dry_run: bool,
    pub organisations: usize,
    pub offices: usize,
    pub rules: usize,
    /// How many of them were there before.
    pub changed: usize,
    /// Rules of equal rank that this file brings or leaves, in words. They are stored, and shown until mended.
    pub conflicts: Vec<String>,
}

type Located = (usize, String, Entry);

impl Directory {
    /// Takes a file over, or only says what it would do.
    ///
    /// # Errors
    /// Every fault with its line or place; nothing of the file is stored then.
    pub(crate) async fn import(&self, ctx: &Ctx, form: Form, file: &[u8], dry_run: bool) -> Result<Outcome> {
        ctx.require(may::EDIT)?;
        let index = self.index();
        let mut faults = Faults::default();
        let entries = match form {
            Form::Json => read_json(file, &mut faults),
            Form::Csv(noun) => read_csv(noun, file, &mut faults),
        };
        let checked = check_all(ctx, &index, &entries, &mut faults);
        if !faults.is_empty() {
            return Err(bad_file(ctx.lang(), &faults));
        }
        let mut outcome = Outcome { dry_run, ..Outcome::default() };
        for (checked, known) in &checked {
            outcome.changed += usize::from(known.is_some());
            match checked {
                Checked::Organisation(_) => outcome.organisations += 1,
                Checked::Office(_) => outcome.offices += 1,
                _ => outcome.rules += 1,
            }
        }
        outcome.conflicts = index.conflicts_with(&checked);
        if !dry_run && !checked.is_empty() {
            self.store_all(ctx, checked).await?;
        }
        Ok(outcome)
    }

    async fn store_all(&self, ctx: &Ctx, checked: Vec<(Checked, Option<String>)>) -> Result<()> {
        let subject = format!("{} entries", checked.len());
        let mut tx = ctx.write(may::EDIT).await?;
        for (checked, known) in &checked {
            let tenant = known.as_deref().unwrap_or_else(|| ctx.tenant());
            if !checked.store(&mut tx, tenant, ctx.now()).await? {
                return Err(tx.abandon(fault::NO_ENTRY.with("id", checked.id())));
            }
        }
        store::bump(&mut tx, ctx.tenant()).await?;
        tx.commit(did::IMPORTED, &subject).await?;
        self.load(ctx).await
    }

    /// The caller's entries as a file.
    pub(crate) fn export(&self, ctx: &Ctx, form: Form) -> Result<Vec<u8>> {
        ctx.require(may::SUPERVISE)?;
        let index = self.index();
        let own = |tenant: &str, deleted: bool| !deleted && ctx.actor().sees(tenant);
        let organisations =
            index.organisations.iter().filter(|it| own(&it.tenant, it.deleted)).map(|it| it.entry.clone());
        let offices =
            index.offices.iter().filter(|it| own(&it.tenant, it.deleted)).map(|it| it.entry.clone());
        let rules =
            index.rules.iter().filter(|it| own(&it.tenant, it.deleted)).map(|it| it.entry.rule.clone());
        let written = match form {
            Form::Json => {
                let bundle = Bundle {
                    organisations: organisations.collect(),
                    offices: offices.collect(),
                    rules: rules.collect(),
                };
                return serde_json::to_vec_pretty(&bundle).map_err(|it| kernel::fault::INTERNAL.because(it));
            }
            Form::Csv(Noun::Organisation) => write_csv(&ORGANISATION, organisations),
            Form::Csv(Noun::Office) => write_csv(&OFFICE, offices),
            Form::Csv(_) => write_csv(&RULE, rules),
        };
        written.map_err(|it| kernel::fault::INTERNAL.because(it))
    }
}

const ORGANISATION: [&str; 7] = ["id", "name", "region", "address", "phone", "email", "web"];
const OFFICE: [&str; 11] = [
    "id",
    "organisation",
    "name",
    "kind",
    "region",
    "address",
    "phone",
    "email",
    "web",
    "openingHours",
    "note",
];
const RULE: [&str; 8] =
    ["id", "publicService", "region", "office", "destination", "validFrom", "validUntil", "note"];

fn write_csv<T: Serialize>(header: &[&str], rows: impl Iterator<Item = T>) -> csv::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    // Written even when there is no row, so that an empty export shows the columns.
    writer.write_record(header)?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|it| it.into_error().into())
}

fn read_json(file: &[u8], faults: &mut Faults) -> Vec<Located> {
    let bundle: Bundle = match serde_json::from_slice(file) {
        Ok(it) => it,
        Err(error) => {
            faults.add(
                error.line(),
                format!("{}", error.column()),
                Wording::new(format!("JSON nicht lesbar: {error}."), format!("JSON not readable: {error}.")),
                Wording::new(
                    "Erwartet wird {\"organisations\":[…],\"offices\":[…],\"rules\":[…]} wie im Export.",
                    "Expected is {\"organisations\":[…],\"offices\":[…],\"rules\":[…]} as in the export.",
                ),
            );
            return Vec::new();
        }
    };
    let place = |list: &str, at: usize| (0, format!("/{list}/{at}"));
    let organisations = bundle.organisations.into_iter().enumerate();
    let offices = bundle.offices.into_iter().enumerate();
    let rules = bundle.rules.into_iter().enumerate();
    let located = |(line, place): (usize, String), entry: Entry| (line, place, entry);
    organisations
        .map(|(at, it)| located(place("organisations", at), Entry::Organisation(it)))
        .chain(offices.map(|(at, it)| located(place("offices", at), Entry::Office(it))))
        .chain(rules.map(|(at, it)| located(place("rules", at), Entry::Rule(it))))
        .collect()
}

fn read_csv(noun: Noun, file: &[u8], faults: &mut Faults) -> Vec<Located> {
    match noun {
        Noun::Organisation => rows(file, &ORGANISATION, faults, Entry::Organisation),
        Noun::Office => rows(file, &OFFICE, faults, Entry::Office),
        _ => rows(file, &RULE, faults, Entry::Rule),
    }
}

fn rows<T: DeserializeOwned>(
    file: &[u8],
    header: &[&str],
    faults: &mut Faults,
    entry: impl Fn(T) -> Entry,
) -> Vec<Located> {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let mut reader = csv::Reader::from_reader(file);
    let mut located = Vec::new();
    for row in reader.deserialize::<T>() {
        match row {
            Ok(row) => located.push((0, String::new(), entry(row))),
            Err(error) => {
                let line = error.position().map_or(0, |it| usize::try_from(it.line()).unwrap_or(0));
                faults.add(
                    line,
                    "",
                    Wording::new(
                        format!("Die Zeile ist nicht lesbar: {error}."),
                        format!("The line cannot be read: {error}."),
                    ),
                    Wording::new(
                        format!(
                            "Die Kopfzeile lautet {}; jede Zeile hat gleich viele Felder, UTF-8.",
                            header.join(",")
                        ),
                        format!(
                            "The header reads {}; each line has as many fields, UTF-8.",
                            header.join(",")
                        ),
                    ),
                );
                // A file with a wrong header is wrong in every line the same way.
                if matches!(error.kind(), csv::ErrorKind::Io(_)) || faults.total > 100 {
                    break;
                }
            }
        }
    }
    number_lines(file, &mut located);
    if faults.is_empty() { located } else { Vec::new() }
}

/// Gives each row its line; a quoted field may contain line breaks, so rows cannot simply be counted.
fn number_lines(file: &[u8], located: &mut [Located]) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    for (row, record) in located.iter_mut().zip(reader.byte_records()) {
        let line = record.ok().and_then(|it| it.position().map(csv::Position::line));
        row.0 = line.and_then(|it| usize::try_from(it).ok()).unwrap_or(0);
    }
}

fn check_all(
    ctx: &Ctx,
    index: &Index,
    entries: &[Located],
    faults: &mut Faults,
) -> Vec<(Checked, Option<String>)> {
    let also: BTreeSet<String> =
        entries.iter().map(|(.., it)| it.id().to_owned()).filter(|it| !it.is_empty()).collect();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (line, place, entry) in entries {
        let id = entry.id();
        let known = index.keeper(entry.noun(), id).map(|(tenant, _)| tenant.to_owned());
        if known.as_deref().is_some_and(|tenant| !ctx.actor().sees(tenant)) {
            foreign(faults, *line, place, id);
        }
        if !id.is_empty() && !seen.insert(id) {
            twice(faults, *line, place, id);
        }
        match check(index, entry, &also) {
            Ok(mut checked) => {
                if checked.id().is_empty() {
                    checked.set_id(ctx.id().to_string());
                }
                all.push((checked, known));
            }
            Err(flaws) => {
                for flaw in flaws {
                    faults.add(*line, format!("{place}/{}", flaw.field), flaw.text, Wording::new("", ""));
                }
            }
        }
    }
    all
}

fn foreign(faults: &mut Faults, line: usize, place: &str, id: &str) {
    faults.add(
        line,
        format!("{place}/id"),
        Wording::new(
            format!("Der Eintrag „{id}“ gehört einem anderen Mandanten."),
            format!("The entry “{id}” belongs to another tenant."),
        ),
        Wording::new(
            "Lassen Sie das Feld leer, um einen neuen anzulegen.",
            "Leave the field empty to make a new one.",
        ),
    );
}

fn twice(faults: &mut Faults, line: usize, place: &str, id: &str) {
    faults.add(
        line,
        format!("{place}/id"),
        Wording::new(
            format!("Die Kennung „{id}“ kommt zweimal vor."),
            format!("The id “{id}” occurs twice."),
        ),
        Wording::new("Jede Kennung steht nur einmal in der Datei.", "Each id stands only once in the file."),
    );
}

impl Index {
    /// Contradictions that rules of a file would take part in, in words.
    fn conflicts_with(&self, checked: &[(Checked, Option<String>)]) -> Vec<String> {
        let new: Vec<places::Rule> = checked
            .iter()
            .filter_map(
                |(it, _)| if let Checked::Rule(rule) = it { Some(competence_rule(rule)) } else { None },
            )
            .collect();
        let ids: BTreeSet<&str> = new.iter().map(|it| &*it.id).collect();
        let kept = self.competences.rules().iter().filter(|it| !ids.contains(&*it.id)).cloned();
        let all = Competences::new(kept.chain(new.iter().cloned()).collect());
        let conflicts = all.conflicts();
        let touched = conflicts.iter().filter(|it| it.rules.iter().any(|rule| ids.contains(&*rule.id)));
        touched.map(|it| self.say_conflict(it)).collect()
    }

    /// A contradiction in words: public service, region, and the rules.
    pub(crate) fn say_conflict(&self, conflict: &places::Conflict<'_>) -> String {
        let public_service =
            conflict.rules.first().map_or("", |it| self.public_service_name(&it.public_service));
        let rules: Vec<String> =
            conflict.rules.iter().map(|it| format!("{} ({})", self.named_by(it).0, it.id)).collect();
        format!("{public_service}, {}: {}", self.region_name(conflict.region), rules.join("; "))
    }

    /// Contradictions that one rule takes part in, in words.
    pub(crate) fn conflicts_of(&self, rule: &str) -> Vec<String> {
        let conflicts = self.competences.conflicts();
        let touched = conflicts.iter().filter(|it| it.rules.iter().any(|it| &*it.id == rule));
        touched.map(|it| self.say_conflict(it)).collect()
    }
}
