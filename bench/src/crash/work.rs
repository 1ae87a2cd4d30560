//! What senders and subscribers do: under load until the node is gone, and afterwards to the end.

use super::journal::{Record, Wrong};
use crate::{
    Outcome,
    delivery::Ends,
    machine::Chance,
    party::{Named, Trouble},
};
use fitconnect::{
    event::EventKind,
    jws::Verifier,
    set::{self, Issuer, SchemaPolicy},
};
use kernel::{Clock, SECOND};
use std::sync::Arc;

/// Why a submission does not go on.
pub enum Stop {
    /// The node is gone.
    Gone(String),
    /// The node broke a promise.
    Wrong(Wrong),
}

impl From<Trouble> for Stop {
    fn from(it: Trouble) -> Self {
        match it {
            Trouble::Lost(_) => Self::Gone(it.to_string()),
            Trouble::Refused(..) => Self::Wrong(Wrong::Other(it.to_string())),
        }
    }
}

impl Stop {
    /// After the restart nobody may be gone.
    pub fn into_wrong(self) -> Wrong {
        match self {
            Self::Gone(why) => Wrong::Other(why),
            Self::Wrong(it) => it,
        }
    }
}

/// Checks the signatures of a log.
pub struct Keys {
    node: Verifier,
    office: Arc<Verifier>,
}

impl Keys {
    /// The node's published key and the office's.
    pub async fn of(ends: &Ends) -> Outcome<Self> {
        let published = ends.desk.keys().await?;
        let key = published.keys.first().ok_or("the node publishes no key")?;
        let node = Verifier::new(key).map_err(|it| it.to_string())?;
        Ok(Self { node, office: Arc::clone(&ends.office.verifier) })
    }

    /// The kinds of the events, once every signature and claim was checked.
    fn read(&self, log: &[String]) -> Result<Vec<EventKind>, String> {
        let now = Clock::Real.now() / SECOND;
        let verified = log.iter().map(|token| {
            let key = |issuer: &Issuer, _: &str| match issuer {
                Issuer::Service(_) => Some(&self.node),
                Issuer::Destination(_) => Some(self.office.as_ref()),
            };
            set::verify(token, now, SchemaPolicy::STRICT, key).map(|it| it.set.event.kind)
        });
        verified.collect::<Result<_, _>>().map_err(|it| it.to_string())
    }
}

/// Runs so many loops until the node is gone; says what was acknowledged, and what should not have been answered.
pub async fn load(ends: Ends, loops: usize, mut chance: Chance) -> (Vec<Record>, Vec<Wrong>) {
    let Ok(keys) = Keys::of(&ends).await else { return (Vec::new(), Vec::new()) };
    let keys = Arc::new(keys);
    let tasks: Vec<_> = (0..loops)
        .map(|_| tokio::spawn(one_loop(ends.clone(), Arc::clone(&keys), Chance(chance.below(u64::MAX)))))
        .collect();
    let (mut records, mut wrong) = (Vec::new(), Vec::new());
    for task in tasks {
        match task.await {
            Ok((more, fault)) => {
                records.extend(more);
                wrong.extend(fault);
            }
            Err(it) => wrong.push(Wrong::Other(it.to_string())),
        }
    }
    (records, wrong)
}

async fn one_loop(ends: Ends, keys: Arc<Keys>, mut chance: Chance) -> (Vec<Record>, Option<Wrong>) {
    let mut records = Vec::new();
    loop {
        let many = u64::try_from(ends.parcels.len()).unwrap_or(1);
        let mut record = Record::new(usize::try_from(chance.below(many)).unwrap_or_default());
        // Some wait at the office until after the restart.
        let leave = chance.below(6) == 0;
        let outcome = advance(&ends, &keys, &mut record, leave).await;
        records.push(record);
        match outcome {
            Ok(()) => {}
            Err(Stop::Gone(_)) => return (records, None),
            Err(Stop::Wrong(it)) => return (records, Some(it)),
        }
    }
}

/// Takes a submission from where it stands to its end (or, with `leave`, to where it waits); writes down every answer.
///
/// Everything is safe to repeat: a create with the same request id, an upload, a sending off, a posted token.
pub async fn advance(ends: &Ends, keys: &Keys, record: &mut Record, leave: bool) -> Result<(), Stop> {
    let Some(parcel) = ends.parcels.get(record.parcel) else { return Ok(()) };
    let named = ends.sender.create(record.request, &ends.office, parcel).await?;
    if record.named.is_some_and(|it| it != named) {
        let what = format!("{}: created again as {}", record.name(), named.submission_id);
        return Err(Stop::Wrong(Wrong::Doubled(what)));
    }
    record.named = Some(named);
    if !record.attached {
        // Nobody sends off before the upload was acknowledged, so it can be repeated.
        ends.sender.attach(named.submission_id, parcel).await?;
        record.attached = true;
    }
    ends.sender.submit(named.submission_id, parcel).await?;
    record.submitted = true;
    if record.token.is_none() {
        fetch(ends, record, named).await?;
        if leave {
            return Ok(());
        }
    }
    accept(ends, keys, record, named).await
}

/// Lists and fetches what waits, and compares it with what was sent.
async fn fetch(ends: &Ends, record: &Record, named: Named) -> Result<(), Stop> {
    let Some(parcel) = ends.parcels.get(record.parcel) else { return Ok(()) };
    let listed = ends.desk.list(&ends.office).await?.iter().filter(|it| **it == named).count();
    match listed {
        0 => {
            return Err(Stop::Wrong(Wrong::Lost(format!(
                "{} was sent off and is not listed",
                record.name()
            ))));
        }
        1 => {}
        _ => return Err(Stop::Wrong(Wrong::Doubled(format!("{} is listed {listed} times", record.name())))),
    }
    match ends.desk.compare(named.submission_id, parcel).await? {
        None => Ok(()),
        Some(difference) => Err(Stop::Wrong(Wrong::Half(difference))),
    }
}

/// Accepts, or accepts again with the same token, and reads the log.
async fn accept(ends: &Ends, keys: &Keys, record: &mut Record, named: Named) -> Result<(), Stop> {
    let Some(parcel) = ends.parcels.get(record.parcel) else { return Ok(()) };
    let again = record.token.is_some();
    let token = match &record.token {
        Some(it) => it.clone(),
        None => ends.acceptance(named, parcel).await.map_err(|it| Stop::Wrong(Wrong::Other(it)))?,
    };
    record.token = Some(token.clone());
    if !record.accepted {
        match ends.desk.post_event(named.case_id, &token).await {
            Ok(()) => record.accepted = true,
            // The answer to the first attempt was lost: a token that is known already is refused, and the log decides.
            Err(Trouble::Refused(..)) if again => {}
            Err(it) => return Err(it.into()),
        }
    }
    let log = ends.desk.log(named.case_id).await?;
    let kinds = keys.read(&log).map_err(|it| Stop::Wrong(Wrong::Half(format!("{}: {it}", record.name()))))?;
    let whole = [EventKind::CreateSubmission, EventKind::SubmitSubmission, EventKind::AcceptSubmission];
    if kinds != whole || log.last() != Some(&token) {
        let wrong = format!("{}: the log is {kinds:?}", record.name());
        return Err(Stop::Wrong(if kinds.len() > 3 { Wrong::Doubled(wrong) } else { Wrong::Lost(wrong) }));
    }
    record.accepted = true;
    record.log = log;
    Ok(())
}
