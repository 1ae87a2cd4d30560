//! Every way of bending the record, and how it is found.

use super::{
    super::{
        Filter, FindingKind, Memory, REMEMBERED, Witnessed, find, health, seal_and_remember, seal_once,
        tiles::Tiles,
    },
    Trial, kinds, trial,
};

/// Statements, and what is found after them.
type Way = (&'static str, &'static [(FindingKind, Option<i64>)]);

use FindingKind::{Changed, Checkpoint, Cut, Inserted, Missing, Moved, Unsealed, Unsigned};

const WAYS: &[Way] = &[
    ("UPDATE kernel_audit SET id = 'other' WHERE seq = 7", &[(Changed, Some(7))]),
    ("UPDATE kernel_audit SET at = at + 1 WHERE seq = 7", &[(Changed, Some(7))]),
    ("UPDATE kernel_audit SET tenant = 'other' WHERE seq = 7", &[(Changed, Some(7))]),
    ("UPDATE kernel_audit SET actor = 'other' WHERE seq = 7", &[(Changed, Some(7))]),
    ("UPDATE kernel_audit SET event = 'trial.other' WHERE seq = 7", &[(Changed, Some(7))]),
    ("UPDATE kernel_audit SET subject = 'other' WHERE seq = 7", &[(Changed, Some(7))]),
    ("UPDATE kernel_audit SET request = 'other' WHERE seq = 7", &[(Changed, Some(7))]),
    (
        "UPDATE kernel_audit SET salt = (SELECT salt FROM kernel_audit WHERE seq = 8) WHERE seq = 7",
        &[(Changed, Some(7))],
    ),
    ("UPDATE kernel_audit SET salt = NULL WHERE seq = 7", &[(Changed, Some(7))]),
    ("UPDATE kernel_audit SET actor_commitment = salt WHERE seq = 7", &[(Changed, Some(7))]),
    ("UPDATE kernel_audit SET subject_commitment = salt WHERE seq = 7", &[(Changed, Some(7))]),
    ("DELETE FROM kernel_audit WHERE seq = 7", &[(Missing, Some(7))]),
    ("DELETE FROM kernel_audit WHERE seq IN (0, 29)", &[(Missing, Some(0)), (Missing, Some(29))]),
    ("UPDATE kernel_audit SET seq = 15 - seq WHERE seq IN (7, 8)", &[(Moved, Some(7)), (Moved, Some(8))]),
    ("UPDATE kernel_audit SET seq = NULL WHERE seq = 7", &[(Missing, Some(7)), (Unsealed, None)]),
    ("UPDATE kernel_audit SET seq = 8 WHERE seq = 7", &[(Missing, Some(7)), (Moved, Some(8))]),
    ("UPDATE kernel_audit SET seq = 99 WHERE seq = 7", &[(Missing, Some(7)), (Inserted, Some(99))]),
    ("UPDATE kernel_audit SET seq = -1 WHERE seq = 7", &[(Inserted, Some(-1)), (Missing, Some(7))]),
    (
        "INSERT INTO kernel_audit (id, at, tenant, actor, event, subject, request, seq) \
             SELECT 'other', at, tenant, actor, event, subject, request, seq FROM kernel_audit WHERE seq = 7",
        &[(Inserted, Some(7))],
    ),
    (
        "INSERT INTO kernel_audit (id, at, tenant, actor, event, subject, request) \
             SELECT 'other', at, tenant, actor, event, subject, request FROM kernel_audit WHERE seq = 7",
        &[(Unsealed, None)],
    ),
    (
        "INSERT INTO kernel_log (name, origin, size, erased, sealed_at) VALUES ('a', 'other', 1000, 0, 0); \
         UPDATE kernel_audit SET seq = 99 WHERE seq = 7",
        &[(Missing, Some(7)), (Inserted, Some(99))],
    ),
    ("DELETE FROM kernel_checkpoint WHERE size = 30", &[(Unsigned, Some(20))]),
    ("UPDATE kernel_checkpoint SET at = at + 1 WHERE size = 10", &[(Checkpoint, Some(10))]),
    (
        "UPDATE kernel_checkpoint SET root = (SELECT root FROM kernel_checkpoint WHERE size = 20) WHERE size = 10",
        &[(Checkpoint, Some(10))],
    ),
    (
        "UPDATE kernel_checkpoint SET token = (SELECT token FROM kernel_checkpoint WHERE size = 20) WHERE size = 10",
        &[(Checkpoint, Some(10))],
    ),
    ("UPDATE kernel_log SET size = 20; DELETE FROM kernel_audit WHERE seq >= 20", &[(Cut, Some(20))]),
    (
        "UPDATE kernel_log SET origin = 'other'",
        &[(Checkpoint, Some(10)), (Checkpoint, Some(20)), (Unsigned, Some(0)), (Checkpoint, Some(30))],
    ),
    ("DELETE FROM kernel_audit WHERE seq = 7; DELETE FROM kernel_tile", &[]),
];

#[tokio::test]
async fn every_way_of_bending_it_is_found() {
    for (statements, expected) in WAYS.iter().copied() {
        let trial = Trial::filled().await;
        trial.bend(statements).await;
        let report = trial.examine(None, &[]).await;
        let mut found = kinds(&report);
        if statements.contains("kernel_tile") {
            assert!(
                found.contains(&(FindingKind::Hashes, Some(7)))
                    && found.contains(&(FindingKind::Missing, Some(7))),
                "{report:?}"
            );
            continue;
        }
        // Several findings may belong to one number; their order says nothing.
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort();
        assert_eq!(found, expected, "{statements}: {:?}", report.findings);
    }
    let trial = Trial::filled().await;
    trial.bend("UPDATE kernel_audit SET actor = '', subject = '', actor_commitment = salt, subject_commitment = salt, salt = NULL WHERE seq = 7").await;
    assert_eq!(
        kinds(&trial.examine(None, &[]).await),
        [(FindingKind::Changed, Some(7))],
        "made-up commitments"
    );
}

#[tokio::test]
async fn a_finding_names_the_row() {
    let trial = Trial::filled().await;
    let mut tx = trial.frame.db().begin_read().await.unwrap();
    let seventh =
        find(&mut tx, &Filter { after: Some(6), oldest_first: true, limit: 1, ..Filter::default() }).await;
    let id = seventh.unwrap()[0].id.clone();
    drop(tx);
    trial.bend("UPDATE kernel_audit SET subject = 'other' WHERE seq = 7").await;
    let report = trial.examine(None, &[]).await;
    assert_eq!(report.findings[0].row.as_deref(), Some(id.as_str()));
    assert!(report.findings[0].what.contains(&id), "{:?}", report.findings);
}

#[tokio::test]
async fn a_cut_tail_is_found_by_what_was_witnessed() {
    let trial = Trial::filled().await;
    let witnessed = trial.witnessed().await;
    trial.cut_to(20).await;
    assert_eq!(kinds(&trial.examine(None, &[]).await), [], "without a witness nobody can know");
    assert_eq!(kinds(&trial.examine(None, &witnessed).await), [(FindingKind::Cut, Some(20))]);
    // The node goes on as if nothing had happened, and even becomes longer than it was.
    trial.act(15).await;
    seal_once(&trial.frame).await.unwrap();
    assert_eq!(kinds(&trial.examine(None, &[]).await), []);
    let report = trial.examine(None, &witnessed).await;
    assert_eq!(kinds(&report), [(FindingKind::Forked, Some(20))]);
    assert!(report.findings[0].what.contains("the other node"), "{:?}", report.findings);
}

#[tokio::test]
async fn a_database_rolled_back_is_found_by_what_was_witnessed() {
    let trial = trial().await;
    if trial.url.starts_with("postgres") {
        return;
    }
    trial.act(10).await;
    seal_once(&trial.frame).await.unwrap();
    let copy = trial.folder.path().join("copy.db");
    trial.frame.db().copy_to(&copy.display().to_string()).await.unwrap();
    trial.act(10).await;
    seal_once(&trial.frame).await.unwrap();
    let witnessed = trial.witnessed().await;
    let rolled_back = Trial { url: format!("sqlite:{}", copy.display()), ..trial };
    assert_eq!(kinds(&rolled_back.examine(None, &[]).await), []);
    assert_eq!(kinds(&rolled_back.examine(None, &witnessed).await), [(FindingKind::Cut, Some(10))]);
}

#[tokio::test]
async fn another_log_or_another_key_is_no_witness() {
    let trial = Trial::filled().await;
    let other = Trial::filled().await.witnessed().await;
    assert_eq!(trial.examine(None, &other).await.findings[0].kind, FindingKind::Forked);
    let nonsense = vec![Witnessed { source: "a file".to_owned(), token: "a.b.c".to_owned() }];
    assert_eq!(kinds(&trial.examine(None, &nonsense).await), [(FindingKind::Witness, None)]);
}

/// Changes a row and the hash of its leaf.
async fn change_with_its_hash(trial: &Trial) {
    trial.bend("UPDATE kernel_audit SET subject = 'other' WHERE seq = 17").await;
    let mut tx = trial.frame.db().begin_write().await.unwrap();
    let row =
        find(&mut tx, &Filter { after: Some(16), oldest_first: true, limit: 1, ..Filter::default() }).await;
    let hash = row.unwrap()[0].leaf_hash().unwrap();
    let mut tiles = Tiles::default();
    let mut hashes = tiles.tile(&mut tx, (0, 0)).await.unwrap().clone();
    hashes[17] = hash;
    let set = "UPDATE kernel_tile SET hashes = $1 WHERE tier = 0 AND number = 0";
    sqlx::query(set).bind(hashes.concat()).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn whoever_deletes_the_checkpoints_too_gets_no_other_log_signed_by_a_node_that_remembers() {
    let trial = trial().await;
    let file = trial.folder.path().join("last.json");
    let mut memory = Memory::open(file.clone(), trial.frame.keys());
    trial.act(30).await;
    assert_eq!(seal_and_remember(&trial.frame, &mut memory).await.unwrap(), 30);
    change_with_its_hash(&trial).await;
    trial.bend("DELETE FROM kernel_checkpoint").await;
    trial.act(1).await;
    assert!(seal_and_remember(&trial.frame, &mut memory).await.is_err());
    // Not after a restart either.
    let mut memory = Memory::open(file.clone(), trial.frame.keys());
    assert!(seal_and_remember(&trial.frame, &mut memory).await.is_err());
    // One that does not remember signs it; then the file says so.
    seal_once(&trial.frame).await.unwrap();
    assert_eq!(kinds(&trial.examine(None, &[]).await), []);
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let token = kept["checkpoint"].as_str().unwrap().to_owned();
    let remembered = vec![Witnessed { source: REMEMBERED.to_owned(), token }];
    let report = trial.examine(None, &remembered).await;
    assert_eq!((kinds(&report), report.witnessed), (vec![(FindingKind::Forked, Some(0))], 0));
}

#[tokio::test]
async fn a_row_changed_together_with_its_hashes_is_found_by_the_checkpoint_and_not_signed_again() {
    let trial = Trial::filled().await;
    change_with_its_hash(&trial).await;
    let report = trial.examine(None, &[]).await;
    assert_eq!(kinds(&report), [(FindingKind::Forked, Some(10))]);
    assert!(report.findings[0].what.contains("between 10 and 19"), "{:?}", report.findings);
    let mut tx = trial.frame.db().begin_read().await.unwrap();
    assert!(health(&mut tx).await.unwrap().is_some());
    drop(tx);
    trial.act(1).await;
    assert!(seal_once(&trial.frame).await.is_err(), "the node does not sign a log that was bent");
}
