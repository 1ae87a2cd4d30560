//! What happens when the time of a submission has come.

use super::office::{Office, kind, signed};
use fitconnect::event::{Event, EventKind};
use kernel::{DAY, MINUTE};

impl Office {
    async fn wait(&self, days: i64) {
        self.node.clock.advance(days * DAY + MINUTE);
        self.node.settle().await;
    }

    async fn kinds(&self, case: &str) -> Vec<String> {
        self.log(case).await.iter().map(|it| kind(it)).collect()
    }
}

#[tokio::test]
async fn what_is_unfinished_goes_after_a_day() {
    let office = Office::open().await;
    let sent = office.begin().await;
    office.node.settle().await;
    let _ = office.submit(&sent).await.expect(202);
    let other = office.begin().await;
    office.wait(1).await;
    assert_eq!(office.kinds(&other.case).await.last().unwrap(), "delete-submission");
    let _ = office.submit(&other).await;
    assert_eq!(office.kinds(&other.case).await.last().unwrap(), "delete-submission", "it does not come back");
    assert_eq!(office.kinds(&sent.case).await.last().unwrap(), "submit-submission");
}

#[tokio::test]
async fn nobody_fetches_so_the_node_reminds_rejects_and_deletes() {
    let office = Office::open().await;
    let sent = office.send().await;
    let path = format!("/v1/submissions/{}", sent.submission);
    let reminders =
        async || office.kinds(&sent.case).await.iter().filter(|it| *it == "notify-submission").count();
    office.wait(2).await;
    assert_eq!(reminders().await, 0);
    office.wait(1).await;
    assert_eq!(reminders().await, 1);
    office.wait(1).await;
    assert_eq!(reminders().await, 1);
    office.wait(5).await;
    assert_eq!(reminders().await, 2);
    let page = office.node.as_clerk("a").get("/delivery").await.expect(200);
    assert!(page.text().contains("Einreichungen warten seit Tagen"));
    let _ = office.subscriber().get(&path).await.expect(200);
    office.wait(5).await;
    assert_eq!(office.kinds(&sent.case).await.last().unwrap(), "reject-submission");
    let _ = office.subscriber().get(&path).await.expect(404);
    office.wait(6).await;
    assert_eq!(office.kinds(&sent.case).await.last().unwrap(), "reject-submission");
    office.wait(1).await;
    assert_eq!(office.kinds(&sent.case).await.last().unwrap(), "delete-submission");
    let left = office.node.frame.content().list("delivery").await.unwrap();
    assert!(left.is_empty(), "the attachment is gone: {left:?}");
    // The log stays two years.
    office.wait(729).await;
    let log = format!("/v1/cases/{}/events", sent.case);
    let _ = office.sender().get(&log).await.expect(200);
    office.wait(2).await;
    let _ = office.sender().get(&log).await.expect(404);
}

#[tokio::test]
async fn what_was_accepted_goes_after_a_week() {
    let office = Office::open().await;
    let sent = office.send().await;
    let accept = signed(&office.set(&sent, Event::new(EventKind::AcceptSubmission)));
    let _ = office.post_event(&office.subscriber(), &sent.case, &accept).await.expect(204);
    office.wait(6).await;
    assert_eq!(office.kinds(&sent.case).await.last().unwrap(), "accept-submission");
    office.wait(1).await;
    assert_eq!(office.kinds(&sent.case).await.last().unwrap(), "delete-submission");
}

#[tokio::test]
async fn a_destination_with_open_submissions_stays() {
    let office = Office::open().await;
    let sent = office.send().await;
    let path = format!("/v1/destinations/{}", office.destination);
    let clerk = office.node.as_clerk("a");
    assert_eq!(clerk.delete(&path).await.expect(409).code(), "delivery.destination_busy");
    let accept = signed(&office.set(&sent, Event::new(EventKind::AcceptSubmission)));
    let _ = office.post_event(&office.subscriber(), &sent.case, &accept).await.expect(204);
    let _ = clerk.delete(&path).await.expect(204);
    let _ = office.sender().get(&format!("/v1/cases/{}/events", sent.case)).await.expect(200);
}
