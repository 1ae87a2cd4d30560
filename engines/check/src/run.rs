//! One run: recognise each file, read it once, let the checks look at it, join with the requirements.

mod beside;
mod one;

use crate::{Artefact, Checked, Input, Observation, Question, Read, Report, Unreadable, join::Chosen, kind};
use one::Stop;

/// Checks files, each by what it is.
///
/// # Errors
/// When a file cannot be read, is of no kind that is known here, or is not of the kind that a named set is for; and
/// when there is no set of that name.
pub fn check(inputs: &[Input<'_>], question: &Question<'_>) -> Result<Report, Unreadable> {
    let mut report = Report { date: question.today.clone(), ..Report::default() };
    for input in inputs {
        one::check(*input, question, &mut report).map_err(|it| match it {
            Stop::Unrecognised(why) | Stop::Broken(why) | Stop::Refused(why) => why,
        })?;
    }
    Ok(report)
}

/// Checks a folder as a whole: the folder itself, and each file in it that is of a kind known here.
///
/// `listing` has the paths of all files, also of those that were not read. Sets that are named count for the files and
/// for the folder, whichever they speak of.
///
/// # Errors
/// When a named set speaks of nothing that is there, or there is no set of that name. A file that cannot be read is a
/// finding, not an error.
pub fn check_repository(
    files: &[Input<'_>],
    listing: &[String],
    question: &Question<'_>,
) -> Result<Report, Unreadable> {
    let mut report = Report { date: question.today.clone(), ..Report::default() };
    let mut refused = None;
    for file in files {
        if kind::suspected(file.path, file.content).is_none() {
            continue;
        }
        match one::check(*file, question, &mut report) {
            Ok(()) | Err(Stop::Unrecognised(_)) => {}
            Err(Stop::Refused(why)) => refused = Some(why),
            Err(Stop::Broken(why)) => one::broken(*file, &why, question, &mut report),
        }
    }
    match folder(files, listing, question, &mut report) {
        Err(why) if report.files.is_empty() => Err(refused.unwrap_or(why)),
        _ => Ok(report),
    }
}

/// The folder itself.
fn folder(
    files: &[Input<'_>],
    listing: &[String],
    question: &Question<'_>,
    report: &mut Report,
) -> Result<(), Unreadable> {
    let read = Read::new(Input { path: ".", content: &[] }, Artefact::Repository);
    let chosen = Chosen::for_kinds(&read.path, &[Artefact::Repository, Artefact::Licence], question)?;
    let mut seen: Vec<Observation> = Vec::new();
    crate::repository::observe(files, listing, &report.files, question, &mut seen);
    let mut gathered = chosen.gather(&question.today);
    gathered.add(seen);
    gathered.finish(&read, &mut report.findings);
    report.use_sets(chosen.sets);
    Ok(())
}

impl Report {
    fn use_sets(&mut self, sets: Vec<crate::UsedSet>) {
        for set in sets {
            if self.set(&set.id).is_none() {
                self.sets.push(set);
            }
        }
    }

    fn add_file(&mut self, input: Input<'_>, kind: Artefact, sha256: Option<String>) {
        self.files.push(Checked { path: input.path.to_owned(), kind, sha256, bytes: input.content.len() });
    }
}

fn sha256(content: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, content);
    digest.as_ref().iter().map(|it| format!("{it:02x}")).collect()
}
