//! Sealing, proofs and retention on a real database, and every way of bending the record.

mod bend;

use super::{
    Examination, Filter, FindingKind, Report, Witnessed, about, checkpoints, consistency, entry, erase, find,
    latest_checkpoint, open_checkpoint, prove, root, seal_once, tiles::Tiles, tree, verify,
};
use crate::{
    Actor, Audit, Block, Clock, Content, Ctx, DAY, Db, Frame, FrameParts, Ids, Key, Keys, Lang, Permission,
    Role, SECOND, Text,
};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU64, Ordering},
};

const MAY: Permission = Permission("trial.write");
const DID: Audit = Audit("trial.written");
const START: i64 = 1_000 * DAY;

struct Trial {
    frame: Arc<Frame>,
    clock: Clock,
    url: String,
    folder: tempfile::TempDir,
}

fn keys() -> Keys {
    static KEY: OnceLock<Vec<u8>> = OnceLock::new();
    let pkcs8 = KEY.get_or_init(|| {
        let random = aws_lc_rs::rand::SystemRandom::new();
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        pair.as_ref().to_vec()
    });
    let key = Key { id: "key".to_owned(), pkcs8: pkcs8.clone().into(), certificates: Vec::new(), made_at: 0 };
    Keys::load(vec![key]).unwrap()
}

/// A database of its own: a file, or a schema.
async fn database(folder: &std::path::Path) -> String {
    static SCHEMAS: AtomicU64 = AtomicU64::new(0);
    #[expect(clippy::disallowed_methods, reason = "the switch of the tests, as in the test kit")]
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        return format!("sqlite:{}", folder.join("trial.db").display());
    };
    sqlx::any::install_default_drivers();
    let schema = format!("record_{}_{}", std::process::id(), SCHEMAS.fetch_add(1, Ordering::Relaxed));
    let pool = sqlx::any::AnyPoolOptions::new().max_connections(1).connect(&url).await.unwrap();
    let statement = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&pool).await.unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options=-c%20search_path%3D{schema}")
}

async fn trial() -> Trial {
    let folder = tempfile::tempdir().unwrap();
    let url = database(folder.path()).await;
    let clock = Clock::frozen(START);
    let parts = FrameParts {
        db: Db::open(&url).await.unwrap(),
        content: Content::folder(&folder.path().join("content")).unwrap(),
        keys: keys(),
        clock: clock.clone(),
        ids: Ids::Random,
        base_url: "http://localhost".to_owned(),
        demo: false,
    };
    let mut block = Block::new("trial", Text { de: "Versuch", en: "Trial" });
    block.grants = vec![(Role::Sender, &[MAY])];
    Trial { frame: Frame::new(parts, &[block]), clock, url, folder }
}

impl Trial {
    async fn act(&self, count: usize) {
        for number in 0..count {
            self.clock.advance(1_000);
            let actor = Actor::new(format!("somebody{}", number % 3), "tenant", Role::Sender);
            let ctx = Ctx::new(Arc::clone(&self.frame), actor, Lang::De, self.frame.ids().uuid());
            ctx.write(MAY).await.unwrap().commit(DID, &format!("thing{number}")).await.unwrap();
        }
    }

    /// Thirty rows in three checkpoints.
    async fn filled() -> Self {
        let trial = trial().await;
        for _ in 0..3 {
            trial.act(10).await;
            trial.clock.advance(SECOND);
            assert_eq!(seal_once(&trial.frame).await.unwrap(), 10);
        }
        trial
    }

    async fn bend(&self, statements: &'static str) {
        let mut tx = self.frame.db().begin_write().await.unwrap();
        for statement in statements.split(';').filter(|it| !it.trim().is_empty()) {
            let done = sqlx::query(statement).execute(&mut *tx).await.unwrap();
            assert!(done.rows_affected() > 0, "{statement}");
        }
        tx.commit().await.unwrap();
    }

    async fn examine(&self, retention: Option<i64>, witnessed: &[Witnessed]) -> Report {
        let now = self.clock.now() + 60 * SECOND;
        let given = Examination { keys: self.frame.keys(), now, patience: 10 * SECOND, retention, witnessed };
        let db = Db::open_to_read(&self.url).await.unwrap();
        verify(&db, &given).await.unwrap()
    }

    async fn witnessed(&self) -> Vec<Witnessed> {
        let mut tx = self.frame.db().begin_read().await.unwrap();
        let token = latest_checkpoint(&mut tx).await.unwrap().unwrap().token;
        vec![Witnessed { source: "the other node".to_owned(), token }]
    }

    /// Deletes the tail as somebody would who knows the tables: rows, hashes, checkpoints and size.
    async fn cut_to(&self, size: i64) {
        let mut tx = self.frame.db().begin_write().await.unwrap();
        let mut tiles = Tiles::default();
        let hashes = tiles.tile(&mut tx, (0, 0)).await.unwrap().concat();
        let kept = hashes[..usize::try_from(size).unwrap() * 32].to_vec();
        let set = "UPDATE kernel_tile SET hashes = $1 WHERE tier = 0 AND number = 0";
        sqlx::query(set).bind(kept).execute(&mut *tx).await.unwrap();
        for statement in [
            "DELETE FROM kernel_audit WHERE seq >= $1",
            "DELETE FROM kernel_checkpoint WHERE size > $1",
            "UPDATE kernel_log SET size = $1",
        ] {
            sqlx::query(statement).bind(size).execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
}

fn kinds(report: &Report) -> Vec<(FindingKind, Option<i64>)> {
    report.findings.iter().map(|it| (it.kind, it.seq)).collect()
}

#[tokio::test]
async fn what_nobody_touched_is_in_order() {
    let trial = Trial::filled().await;
    let report = trial.examine(None, &trial.witnessed().await).await;
    assert_eq!((kinds(&report), report.size, report.checkpoints, report.witnessed), (vec![], 30, 3, 1));
    assert_eq!(seal_once(&trial.frame).await.unwrap(), 0, "nothing is sealed twice");
    let empty = self::trial().await;
    assert_eq!(kinds(&empty.examine(None, &[]).await), []);
}

#[tokio::test]
async fn many_tiles_hold_together() {
    let trial = trial().await;
    let mut growing = tree::Growing::default();
    for count in [300, 1, 299] {
        trial.act(count).await;
        seal_once(&trial.frame).await.unwrap();
    }
    let mut tx = trial.frame.db().begin_read().await.unwrap();
    let rows =
        find(&mut tx, &Filter { oldest_first: true, limit: 1_000, ..Filter::default() }).await.unwrap();
    assert_eq!(rows.len(), 600);
    assert!(rows.windows(2).all(|it| it[0].id < it[1].id), "in the order of their ids");
    let mut roots = vec![growing.root()];
    for row in &rows {
        growing.push(row.leaf_hash().unwrap());
        roots.push(growing.root());
    }
    for size in [1, 255, 256, 257, 300, 512, 513, 600] {
        assert_eq!(root(&mut tx, size).await.unwrap(), Some(roots[usize::try_from(size).unwrap()]), "{size}");
    }
    for index in [0, 1, 255, 256, 299, 300, 511, 512, 599] {
        let row = &rows[index];
        let proof = prove(&mut tx, row, 600).await.unwrap().unwrap();
        assert!(proof.holds() && proof.root == growing.root(), "{index}");
        let other =
            prove(&mut tx, &super::Entry { seq: rows[(index + 1) % 600].seq, ..row.clone() }, 600).await;
        assert!(!other.unwrap().unwrap().holds());
    }
    assert_eq!(prove(&mut tx, &rows[300], 300).await.unwrap(), None);
    for (first, second) in [(0, 600), (1, 600), (256, 600), (300, 301), (301, 600), (512, 600), (600, 600)] {
        let path = consistency(&mut tx, first, second).await.unwrap().unwrap();
        let [old, new] = [first, second].map(|it| roots[usize::try_from(it).unwrap()]);
        let [first, second] = [first, second].map(i64::unsigned_abs);
        assert!(tree::continues((first, &old), (second, &new), &path), "{first} to {second}");
    }
    assert_eq!(consistency(&mut tx, 5, 601).await.unwrap(), None);
    let all = checkpoints(&mut tx, i64::MAX, 10).await.unwrap();
    assert_eq!(all.iter().map(|it| it.size).collect::<Vec<_>>(), [600, 301, 300]);
    assert!(all.iter().all(|it| open_checkpoint(trial.frame.keys(), &it.token).as_ref() == Some(it)));
    drop(tx);
    assert_eq!(kinds(&trial.examine(None, &[]).await), []);
    trial.bend("UPDATE kernel_tile SET hashes = (SELECT hashes FROM kernel_tile WHERE tier = 0 AND number = 2) WHERE tier = 1").await;
    assert_eq!(kinds(&trial.examine(None, &[]).await), [(FindingKind::Hashes, None)]);
}

#[tokio::test]
async fn rows_from_before_the_log_are_sealed_too() {
    let trial = trial().await;
    let insert = "INSERT INTO kernel_audit (id, at, tenant, actor, event, subject, request) VALUES ('00000000-old', 5, 't', 'a', 'b.c', 's', 'r')";
    let mut tx = trial.frame.db().begin_write().await.unwrap();
    sqlx::query(insert).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    trial.act(3).await;
    assert_eq!(seal_once(&trial.frame).await.unwrap(), 4);
    let mut tx = trial.frame.db().begin_read().await.unwrap();
    assert_eq!(entry(&mut tx, "00000000-old").await.unwrap().unwrap().seq, Some(0));
    assert_eq!(about(&mut tx, &["s".to_owned(), "thing2".to_owned()], 10).await.unwrap().len(), 2);
    drop(tx);
    assert_eq!(kinds(&trial.examine(None, &[]).await), []);
}

#[tokio::test]
async fn a_row_that_comes_late_gets_the_next_number() {
    let trial = Trial::filled().await;
    let insert = "INSERT INTO kernel_audit (id, at, tenant, actor, event, subject, request) VALUES ('00000000-late', 5, 't', 'a', 'b.c', 's', 'r')";
    let mut tx = trial.frame.db().begin_write().await.unwrap();
    sqlx::query(insert).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(seal_once(&trial.frame).await.unwrap(), 1);
    let report = trial.examine(None, &[]).await;
    assert_eq!((kinds(&report), report.late), (vec![], vec![("00000000-late".to_owned(), 30)]));
}

#[tokio::test]
async fn proofs_stay_valid_when_personal_parts_are_deleted() {
    let trial = Trial::filled().await;
    let mut tx = trial.frame.db().begin_read().await.unwrap();
    let before = find(&mut tx, &Filter { oldest_first: true, ..Filter::default() }).await.unwrap();
    let proof = prove(&mut tx, &before[3], 30).await.unwrap().unwrap();
    drop(tx);
    let border = before[25].at;
    let actor = Actor::new("somebody", "tenant", Role::Sender);
    let ctx = Ctx::new(Arc::clone(&trial.frame), actor, Lang::De, trial.frame.ids().uuid());
    let mut tx = ctx.write(MAY).await.unwrap();
    assert_eq!(erase(&mut tx, border).await.unwrap(), 25);
    assert_eq!(erase(&mut tx, border).await.unwrap(), 0);
    tx.commit(DID, "25").await.unwrap();
    seal_once(&trial.frame).await.unwrap();
    let mut tx = trial.frame.db().begin_read().await.unwrap();
    let after = find(&mut tx, &Filter { oldest_first: true, ..Filter::default() }).await.unwrap();
    assert!(after[24].is_erased() && after[24].actor.is_empty() && after[24].subject.is_empty());
    assert!(!after[25].is_erased() && after[25].actor == before[25].actor);
    assert_eq!(prove(&mut tx, &after[3], 30).await.unwrap().unwrap(), proof, "the same proof as before");
    drop(tx);
    let age = trial.clock.now() - border;
    let report = trial.examine(Some(age), &[]).await;
    assert_eq!((kinds(&report), report.erased), (vec![], 25));
    assert_eq!(trial.examine(Some(10 * DAY), &[]).await.findings.len(), 25, "deleted before their time");
    assert_eq!(trial.examine(None, &[]).await.findings.len(), 25, "deleted without a term");
    trial.bend("UPDATE kernel_audit SET actor = 'somebody' WHERE seq = 7").await;
    assert_eq!(kinds(&trial.examine(Some(age), &[]).await), [(FindingKind::Changed, Some(7))]);
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let trial = Trial::filled().await;
    let mut tx = trial.frame.db().begin_read().await.unwrap();
    let any = Filter::default();
    let cases = [
        (any.clone(), 30),
        (Filter { tenant: Some("tenant".to_owned()), ..any.clone() }, 30),
        (Filter { tenant: Some(String::new()), ..any.clone() }, 0),
        (Filter { actor: "somebody1".to_owned(), ..any.clone() }, 9),
        (Filter { actor: "somebody1".to_owned(), oldest_first: true, ..any.clone() }, 9),
        (Filter { subject: "thing4".to_owned(), ..any.clone() }, 3),
        (Filter { subject: "thing4".to_owned(), oldest_first: true, ..any.clone() }, 3),
        (Filter { event: "trial".to_owned(), ..any.clone() }, 30),
        (Filter { event: "trial.written".to_owned(), oldest_first: true, ..any.clone() }, 30),
        (Filter { event: "tria".to_owned(), ..any.clone() }, 0),
        (Filter { request: "none".to_owned(), ..any.clone() }, 0),
        (Filter { after: Some(20), ..any.clone() }, 20),
        (Filter { after: Some(20), oldest_first: true, ..any.clone() }, 9),
        (Filter { limit: 4, ..any.clone() }, 4),
        (Filter { since: START + 5_001, until: START + 7_001, ..any.clone() }, 2),
    ];
    for (filter, expected) in cases {
        assert_eq!(find(&mut tx, &filter).await.unwrap().len(), expected, "{filter:?}");
    }
}
