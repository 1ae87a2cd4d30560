//! After the restart: what was acknowledged is compared with what the node answers and with what lies on disk.

use super::journal::{Record, Wrong};
use crate::{
    Outcome,
    delivery::Ends,
    parcel::Parcel,
    party::Named,
    stored::{Stored, Whole},
};
use std::collections::BTreeMap;

/// Before anything is repeated: every acknowledgement was kept, and whatever is listed is whole.
pub async fn acknowledged(ends: &Ends, stored: &Stored, records: &[Record]) -> Outcome<Vec<Wrong>> {
    let mut wrong = Vec::new();
    let listed = ends.desk.list(&ends.office).await?;
    let mut times: BTreeMap<_, usize> = BTreeMap::new();
    for it in &listed {
        *times.entry(it.submission_id).or_default() += 1;
        if !records.iter().any(|record| record.named == Some(*it)) {
            wrong.push(Wrong::Doubled(format!("{} is listed and nobody knows it", it.submission_id)));
        }
    }
    wrong.extend(
        times
            .iter()
            .filter(|it| *it.1 > 1)
            .map(|(id, times)| Wrong::Doubled(format!("{id} is listed {times} times"))),
    );
    for record in records {
        let (Some(named), Some(parcel)) = (record.named, ends.parcels.get(record.parcel)) else { continue };
        let waits = listed.contains(&named);
        wrong.extend(as_answered(ends, record, named, parcel, waits).await?);
        match stored.whole(named.submission_id).await? {
            Some(whole) => wrong.extend(as_stored(record, parcel, &whole)),
            None => wrong.push(Wrong::Lost(format!("{} was created", record.name()))),
        }
    }
    Ok(wrong)
}

/// What the node says over HTTP.
async fn as_answered(
    ends: &Ends,
    record: &Record,
    named: Named,
    parcel: &Parcel,
    waits: bool,
) -> Outcome<Vec<Wrong>> {
    let mut wrong = Vec::new();
    if record.submitted && record.token.is_none() && !waits {
        wrong.push(Wrong::Lost(format!("{} was sent off and is not listed", record.name())));
    }
    if record.accepted && waits {
        wrong.push(Wrong::Lost(format!("{} was accepted and is listed", record.name())));
    }
    if waits {
        wrong.extend(ends.desk.compare(named.submission_id, parcel).await?.map(Wrong::Half));
        let events = ends.desk.log(named.case_id).await?.len();
        if events != 2 {
            wrong.push(Wrong::Half(format!("{} waits with {events} events", record.name())));
        }
    }
    if !record.log.is_empty() && ends.desk.log(named.case_id).await? != record.log {
        wrong.push(Wrong::Lost(format!("{}: its log is another one than before", record.name())));
    }
    Ok(wrong)
}

/// What lies on disk.
fn as_stored(record: &Record, parcel: &Parcel, whole: &Whole) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let name = record.name();
    let has_attachment = whole.attachments == [parcel.attachment.as_ref()];
    if record.attached && !has_attachment {
        wrong.push(Wrong::Lost(format!("{name}: its attachment was stored")));
    }
    if record.submitted && whole.state == "incomplete" {
        wrong.push(Wrong::Lost(format!("{name} was sent off")));
    }
    if record.accepted && whole.state != "accepted" {
        wrong.push(Wrong::Lost(format!("{name} was accepted and is {}", whole.state)));
    }
    let events: &[&str] = match whole.state.as_str() {
        "incomplete" => &["create-submission"],
        "submitted" => &["create-submission", "submit-submission"],
        _ => &["accept-submission", "create-submission", "submit-submission"],
    };
    if whole.events != events {
        wrong.push(Wrong::Half(format!("{name} is {} with the events {:?}", whole.state, whole.events)));
    }
    let has_content = whole.metadata == parcel.metadata && whole.data == parcel.data;
    let sent = whole.state != "incomplete";
    if sent && !(has_content && has_attachment) {
        wrong.push(Wrong::Half(format!("{name} is {} and not whole", whole.state)));
    }
    if !sent && !whole.metadata.is_empty() {
        wrong.push(Wrong::Half(format!("{name} is incomplete and has content")));
    }
    wrong
}

/// After everything was repeated: all of it is accepted and whole.
pub async fn finished(ends: &Ends, stored: &Stored, records: &[Record]) -> Outcome<Vec<Wrong>> {
    let mut wrong = Vec::new();
    for record in records {
        let Some(parcel) = ends.parcels.get(record.parcel) else { continue };
        let Some(named) = record.named.filter(|_| record.accepted) else {
            wrong.push(Wrong::Other(format!("{} did not reach its end", record.name())));
            continue;
        };
        match stored.whole(named.submission_id).await? {
            Some(whole) => wrong.extend(as_stored(record, parcel, &whole)),
            None => wrong.push(Wrong::Lost(record.name())),
        }
    }
    if !ends.desk.list(&ends.office).await?.is_empty() {
        wrong.push(Wrong::Doubled("something waits after everything was accepted".to_owned()));
    }
    Ok(wrong)
}

/// As many submissions and cases as were ever begun, three events for each, and no more.
pub async fn totals(stored: &Stored, all: usize) -> Outcome<Vec<Wrong>> {
    let all = i64::try_from(all).unwrap_or(i64::MAX);
    let found = stored.totals().await?;
    if found == [all, all, 3 * all] {
        return Ok(Vec::new());
    }
    let [submissions, cases, events] = found;
    let sentence =
        format!("{all} were begun; stored are {submissions} submissions, {cases} cases, {events} events");
    Ok(vec![if submissions > all { Wrong::Doubled(sentence) } else { Wrong::Lost(sentence) }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use fitconnect::event::AuthenticationTags;
    use uuid::Uuid;

    const CREATED: &str = "create-submission";
    const SENT: &[&str] = &[CREATED, "submit-submission"];
    const DONE: &[&str] = &["accept-submission", CREATED, "submit-submission"];

    fn parcel() -> Parcel {
        Parcel {
            attachment_id: Uuid::nil(),
            attachment: "attachment".into(),
            metadata: "metadata".to_owned(),
            data: "data".to_owned(),
            body: "".into(),
            tags: AuthenticationTags::default(),
        }
    }

    /// What clients were told up to a step (0 created, 1 attached, 2 sent off, 3 accepted), and what is stored.
    #[track_caller]
    fn check(told: u8, state: &str, content: bool, attachment: &str, events: &[&str], expected: [usize; 2]) {
        let mut record = Record::new(0);
        (record.attached, record.submitted, record.accepted) = (told > 0, told > 1, told > 2);
        let of = |text: &str| if content { text.to_owned() } else { String::new() };
        let whole = Whole {
            state: state.to_owned(),
            metadata: of("metadata"),
            data: of("data"),
            attachments: vec![attachment.as_bytes().to_vec()],
            events: events.iter().map(|it| (*it).to_owned()).collect(),
        };
        let wrong = as_stored(&record, &parcel(), &whole);
        let lost = wrong.iter().filter(|it| matches!(it, Wrong::Lost(_))).count();
        assert_eq!([lost, wrong.len() - lost], expected, "{wrong:?}");
    }

    #[test]
    fn losses_and_halves_are_told_from_what_may_be() {
        // Kept, and a step that took effect although its answer was lost.
        check(0, "incomplete", false, "", &[CREATED], [0, 0]);
        check(0, "incomplete", false, "attachment", &[CREATED], [0, 0]);
        check(1, "submitted", true, "attachment", SENT, [0, 0]);
        check(2, "accepted", true, "attachment", DONE, [0, 0]);
        check(3, "accepted", true, "attachment", DONE, [0, 0]);
        // Acknowledged and gone.
        check(1, "incomplete", false, "", &[CREATED], [1, 0]);
        check(1, "incomplete", false, "attach", &[CREATED], [1, 0]);
        check(2, "incomplete", false, "attachment", &[CREATED], [1, 0]);
        check(3, "submitted", true, "attachment", SENT, [1, 0]);
        // Sent off and not whole.
        check(2, "submitted", false, "attachment", SENT, [0, 1]);
        check(2, "submitted", true, "", SENT, [1, 1]);
        check(2, "submitted", true, "attachment", &[CREATED], [0, 1]);
        check(3, "accepted", true, "attachment", SENT, [0, 1]);
        check(0, "incomplete", true, "", &[CREATED], [0, 1]);
    }
}
