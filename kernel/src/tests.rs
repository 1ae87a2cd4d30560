//! The three rules, durability's numbers, outbox and jobs, on a real database.

use crate::{
    Actor, Audit, Block, Clock, Content, Ctx, Db, Event, Frame, FrameParts, Ids, Job, Keys, Kind, Lang,
    Listener, Migration, Permission, Role, SECOND, Text, deliver_once, run_jobs_once,
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

const MAY: Permission = Permission("trial.write");
const DID: Audit = Audit("trial.written");

#[derive(serde::Serialize, serde::Deserialize)]
struct Written {
    number: i64,
}

impl Event for Written {
    const TOPIC: &'static str = "trial.written.v1";
}

struct Trial {
    frame: Arc<Frame>,
    clock: Clock,
    _folder: tempfile::TempDir,
}

async fn trial(listeners: Vec<Listener>) -> Trial {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}", folder.path().join("trial.db").display())).await.unwrap();
    let mut block = Block::new("trial", Text { de: "Versuch", en: "Trial" });
    block.migrations = &[Migration { version: 1, sql: "CREATE TABLE trial_row (number BIGINT PRIMARY KEY)" }];
    db.migrate(&block).await.unwrap();
    db.migrate(&block).await.unwrap();
    block.migrations =
        &[Migration { version: 1, sql: "CREATE TABLE trial_other (number BIGINT PRIMARY KEY)" }];
    assert!(db.migrate(&block).await.is_err(), "a migration that ran must not change");
    let clock = Clock::frozen(1_000 * SECOND);
    let parts = FrameParts {
        db,
        content: Content::folder(&folder.path().join("content")).unwrap(),
        keys: Keys::load(Vec::new()).unwrap(),
        clock: clock.clone(),
        ids: Ids::Random,
        base_url: "http://localhost".to_owned(),
        demo: false,
    };
    let block = Block {
        grants: vec![(Role::Sender, &[MAY])],
        listeners,
        ..Block::new("trial", Text { de: "Probe", en: "Trial" })
    };
    Trial { frame: Frame::new(parts, &[block]), clock, _folder: folder }
}

fn ctx(trial: &Trial, actor: Actor) -> Ctx {
    Ctx::new(Arc::clone(&trial.frame), actor, Lang::De, trial.frame.ids().uuid())
}

fn sender() -> Actor {
    Actor::new("sender", "tenant", Role::Sender)
}

async fn write(ctx: &Ctx, number: i64) -> crate::Result<()> {
    let mut tx = ctx.write(MAY).await?;
    sqlx::query("INSERT INTO trial_row (number) VALUES ($1)").bind(number).execute(&mut *tx).await?;
    tx.tell(&Written { number }).await?;
    tx.commit(DID, &number.to_string()).await
}

async fn count(trial: &Trial, sql: &'static str) -> i64 {
    let mut tx = trial.frame.db().begin_read().await.unwrap();
    let (count,): (i64,) = sqlx::query_as(sql).fetch_one(&mut *tx).await.unwrap();
    count
}

const ROWS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM trial_row";
const AUDIT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM kernel_audit";
const OUTBOX: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM kernel_outbox";

#[tokio::test]
async fn no_permission_no_transaction() {
    let trial = trial(Vec::new()).await;
    let kind = async |actor| write(&ctx(&trial, actor), 1).await.unwrap_err().code().kind;
    assert_eq!(kind(Actor::nobody()).await, Kind::Unauthenticated);
    assert_eq!(kind(Actor::new("other", "tenant", Role::Subscriber)).await, Kind::Forbidden);
    assert_eq!(count(&trial, ROWS).await, 0);
    write(&ctx(&trial, sender()), 1).await.unwrap();
    assert_eq!((count(&trial, ROWS).await, count(&trial, AUDIT).await), (1, 1));
}

#[tokio::test]
async fn no_audit_event_no_commit() {
    let trial = trial(Vec::new()).await;
    let ctx = ctx(&trial, sender());
    let mut tx = ctx.write(MAY).await.unwrap();
    sqlx::query("INSERT INTO trial_row (number) VALUES (1)").execute(&mut *tx).await.unwrap();
    drop(tx);
    assert_eq!(count(&trial, ROWS).await, 0);
}

#[tokio::test]
async fn no_transaction_inside_a_transaction() {
    let trial = trial(Vec::new()).await;
    let ctx = ctx(&trial, sender());
    let tx = ctx.write(MAY).await.unwrap();
    assert!(ctx.read(MAY).await.is_err());
    drop(tx);
    assert!(ctx.read(MAY).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_all_get_their_turn() {
    let trial = Arc::new(trial(Vec::new()).await);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..200 {
        let trial = Arc::clone(&trial);
        tasks.spawn(async move { write(&ctx(&trial, sender()), number).await.unwrap() });
    }
    tasks.join_all().await;
    assert_eq!((count(&trial, ROWS).await, count(&trial, AUDIT).await), (200, 200));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_goes_away_blocks_nobody() {
    let trial = trial(Vec::new()).await;
    for number in 0..50 {
        let ctx = ctx(&trial, sender());
        let wait = std::time::Duration::from_micros(u64::try_from(number).unwrap() * 40);
        let _ = tokio::time::timeout(wait, write(&ctx, number)).await;
    }
    write(&ctx(&trial, sender()), 1_000).await.unwrap();
    assert_eq!(count(&trial, ROWS).await, count(&trial, AUDIT).await);
}

#[tokio::test]
async fn what_was_told_is_heard_even_after_failures() {
    let heard = Arc::new(AtomicU64::new(0));
    let tries = Arc::new(AtomicU64::new(0));
    let (sum, times) = (Arc::clone(&heard), Arc::clone(&tries));
    let listener = Listener::new(Written::TOPIC, move |_, envelope| {
        let (sum, times) = (Arc::clone(&sum), Arc::clone(&times));
        async move {
            if times.fetch_add(1, Ordering::SeqCst) == 0 {
                return Err(crate::fault::INTERNAL.into());
            }
            let written: Written = envelope.read()?;
            sum.fetch_add(written.number.unsigned_abs(), Ordering::SeqCst);
            Ok(())
        }
    });
    let trial = trial(vec![listener]).await;
    write(&ctx(&trial, sender()), 5).await.unwrap();
    assert_eq!(deliver_once(&trial.frame).await.unwrap(), 0, "the first hearing fails");
    assert_eq!(deliver_once(&trial.frame).await.unwrap(), 0, "and is not repeated at once");
    trial.clock.advance(10 * SECOND);
    assert_eq!(deliver_once(&trial.frame).await.unwrap(), 1);
    assert_eq!((heard.load(Ordering::SeqCst), tries.load(Ordering::SeqCst)), (5, 2));
    assert_eq!(count(&trial, OUTBOX).await, 0);
}

#[tokio::test]
async fn what_nobody_hears_is_not_written_down() {
    let trial = trial(Vec::new()).await;
    write(&ctx(&trial, sender()), 1).await.unwrap();
    assert_eq!(count(&trial, OUTBOX).await, 0);
}

#[tokio::test]
async fn a_job_runs_when_it_is_due() {
    let trial = trial(Vec::new()).await;
    let jobs = [Job::new("trial.sweep", 60 * SECOND, |_| async { Ok(()) })];
    let run = async || run_jobs_once(&trial.frame, &jobs).await.unwrap();
    assert_eq!(run().await, ["trial.sweep"]);
    assert!(run().await.is_empty());
    trial.clock.advance(61 * SECOND);
    assert_eq!(run().await, ["trial.sweep"]);
}

#[tokio::test]
async fn content_is_there_after_finishing_and_not_before() {
    let trial = trial(Vec::new()).await;
    let content = trial.frame.content();
    let mut upload = content.upload("a/b").await.unwrap();
    for _ in 0..5 {
        upload.write(&vec![7; 3_000_000]).await.unwrap();
    }
    assert!(content.get("a/b").await.unwrap().is_none());
    upload.finish().await.unwrap();
    assert_eq!(content.get("a/b").await.unwrap().unwrap().len(), 15_000_000);
    let mut given_up = content.upload("a/c").await.unwrap();
    given_up.write(&vec![7; 9_000_000]).await.unwrap();
    given_up.abandon().await.unwrap();
    assert_eq!(content.list("a").await.unwrap().len(), 1);
    content.delete("a/b").await.unwrap();
    content.delete("a/b").await.unwrap();
    assert!(content.list("a").await.unwrap().is_empty());
    assert!(content.get("../outside").await.is_err());
}
