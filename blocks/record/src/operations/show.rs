//! Rows, proofs and checkpoints for whoever may see them.

use super::Record;
use crate::{
    model::{
        Asked, CheckpointView, ConsistencyView, EventList, Look, ProofView, Receipt, RecordedEvent, Sizes,
        Whose, WitnessView, Witnessed,
    },
    names::{fault, may},
    rules::{filter, words},
    store,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{
    Ctx, Lang, Result, Text,
    record::{self, Checkpoint, Entry, Proof},
};
use sqlx::AnyConnection;

/// A row with everything that can be said about it.
pub struct Shown {
    /// The row.
    pub event: RecordedEvent,
    /// What was looked at.
    pub looks: Vec<Look>,
    /// The proof, where there is one.
    pub proof: Option<ProofView>,
}

impl Record {
    /// The rows that somebody asks for and may see.
    pub(crate) async fn events(&self, ctx: &Ctx, asked: &Asked) -> Result<EventList> {
        ctx.require(may::READ)?;
        let mut wanted = filter::filter(asked, ctx.actor())?;
        let limit = wanted.limit;
        // One more than asked for says whether there is another page.
        wanted.limit += 1;
        let mut rows = record::find(&mut *ctx.read(may::READ).await?, &wanted).await?;
        let more = i64::try_from(rows.len()).is_ok_and(|it| it > limit);
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next = rows.last().and_then(|it| it.seq).filter(|_| more);
        Ok(EventList { events: rows.iter().map(|it| event(it, ctx.lang())).collect(), next })
    }

    /// A row, looked at from all sides.
    pub(crate) async fn shown(&self, ctx: &Ctx, id: &str) -> Result<Shown> {
        let mut tx = ctx.read(may::READ).await?;
        let row = visible(ctx, &mut tx, id).await?;
        let checkpoint = record::latest_checkpoint(&mut tx).await?;
        let mut looks = vec![sealed(&row)];
        let mut proof = None;
        if let Some(checkpoint) = checkpoint
            && let Some(found) = record::prove(&mut tx, &row, checkpoint.size).await?
        {
            looks.push(fits(&row, &found));
            looks.push(signed(ctx, &found, &checkpoint));
            looks.extend(witnesses(ctx, &mut tx, &found).await?);
            proof = Some(view(&row, &found, &checkpoint));
        }
        Ok(Shown { event: event(&row, ctx.lang()), looks, proof })
    }

    /// The proof that a row is in the log.
    pub(crate) async fn proof(&self, ctx: &Ctx, id: &str) -> Result<ProofView> {
        let mut tx = ctx.read(may::READ).await?;
        let row = visible(ctx, &mut tx, id).await?;
        let checkpoint = record::latest_checkpoint(&mut tx).await?.ok_or(fault::NOT_SEALED)?;
        let proof = record::prove(&mut tx, &row, checkpoint.size).await?.ok_or(fault::NOT_SEALED)?;
        Ok(view(&row, &proof, &checkpoint))
    }

    /// The newest checkpoint.
    pub(crate) async fn checkpoint(&self, ctx: &Ctx) -> Result<CheckpointView> {
        let found = record::latest_checkpoint(&mut *ctx.read(may::WITNESS).await?).await?;
        Ok(found.as_ref().map(checkpoint_view).ok_or(fault::NO_CHECKPOINT)?)
    }

    /// Checkpoints of less than `below` rows, the newest first.
    pub(crate) async fn checkpoints(&self, ctx: &Ctx, below: i64, limit: i64) -> Result<Vec<CheckpointView>> {
        let found = record::checkpoints(&mut *ctx.read(may::READ).await?, below, limit).await?;
        Ok(found.iter().map(checkpoint_view).collect())
    }

    /// The proof that the log only grew.
    pub(crate) async fn consistency(&self, ctx: &Ctx, sizes: Sizes) -> Result<ConsistencyView> {
        let mut tx = ctx.read(may::WITNESS).await?;
        let Some(path) = record::consistency(&mut tx, sizes.first, sizes.second).await? else {
            let size = record::log(&mut tx).await?.map_or(0, |it| it.size);
            return Err(fault::BAD_SIZES.with("size", size));
        };
        let path = path.iter().map(|it| STANDARD.encode(it)).collect();
        Ok(ConsistencyView { first: sizes.first, second: sizes.second, path })
    }

    /// What others confirmed of this log, and what this node knows of theirs.
    pub(crate) async fn witnesses(&self, ctx: &Ctx) -> Result<(Vec<Receipt>, Vec<Witnessed>)> {
        let mut tx = ctx.read(may::READ).await?;
        Ok((store::all_receipts(&mut tx).await?, store::all_witnessed(&mut tx).await?))
    }

    /// What this node has seen of another one's log.
    pub(crate) async fn witness(&self, ctx: &Ctx, whose: &Whose) -> Result<WitnessView> {
        let found = store::witnessed_of(&mut *ctx.read(may::WITNESS).await?, &whose.origin).await?;
        let seen = found.filter(|it| !it.cosignature.is_empty()).ok_or(fault::NOT_WITNESSED)?;
        Ok(WitnessView {
            witness: ctx.base_url().to_owned(),
            origin: seen.origin,
            size: seen.size,
            checkpoint: seen.token,
            cosignature: seen.cosignature,
            seen_at: seen.seen_at,
        })
    }
}

/// A row as it is shown.
pub(super) fn event(row: &Entry, lang: Lang) -> RecordedEvent {
    RecordedEvent {
        id: row.id.clone(),
        seq: row.seq,
        at: row.at,
        time: ui::format::machine(row.at),
        tenant: row.tenant.clone(),
        actor: row.actor.clone(),
        event: row.event.clone(),
        words: words::what(&row.event).map_or_else(|| row.event.clone(), |it| it.get(lang).to_owned()),
        subject: row.subject.clone(),
        request: row.request.clone(),
        erased: row.is_erased(),
    }
}

pub(super) fn checkpoint_view(it: &Checkpoint) -> CheckpointView {
    CheckpointView {
        origin: it.origin.clone(),
        size: it.size,
        root: it.root_text(),
        at: it.at,
        checkpoint: it.token.clone(),
    }
}

fn view(row: &Entry, proof: &Proof, checkpoint: &Checkpoint) -> ProofView {
    ProofView {
        id: row.id.clone(),
        seq: proof.seq,
        leaf: proof.leaf.clone(),
        path: proof.path_text(),
        checkpoint: checkpoint_view(checkpoint),
        holds: proof.holds() && proof.root == checkpoint.root,
    }
}

async fn visible(ctx: &Ctx, db: &mut AnyConnection, id: &str) -> Result<Entry> {
    let found = record::entry(db, id).await?.filter(|it| ctx.actor().sees(&it.tenant));
    Ok(found.ok_or(fault::NO_ENTRY)?)
}

fn sealed(row: &Entry) -> Look {
    match row.seq {
        Some(seq) => Look {
            good: Some(true),
            text: Text {
                de: "Der Eintrag ist als Nummer {seq} versiegelt.",
                en: "The entry is sealed as number {seq}.",
            },
            parameters: vec![("seq", seq.to_string())],
        },
        None => Look {
            good: None,
            text: Text {
                de: "Der Eintrag ist noch nicht versiegelt. Das geschieht etwa eine Sekunde nach dem Ereignis.",
                en: "The entry is not sealed yet. That happens about a second after the event.",
            },
            parameters: Vec::new(),
        },
    }
}

fn fits(row: &Entry, proof: &Proof) -> Look {
    let text = match (proof.holds(), row.is_erased()) {
        (true, false) => Text {
            de: "Zeit, Mandant, Person, Ereignis, Gegenstand und Anfrage sind so, wie sie versiegelt wurden.",
            en: "Time, tenant, actor, event, subject and request are as they were sealed.",
        },
        (true, true) => Text {
            de: "Zeit, Mandant, Ereignis und Anfrage sind so, wie sie versiegelt wurden. Person und Gegenstand sind nach Ablauf ihrer Frist gelöscht; der Beweis gilt weiter.",
            en: "Time, tenant, event and request are as they were sealed. Actor and subject were deleted when their time was over; the proof is still valid.",
        },
        (false, _) => Text {
            de: "Der Eintrag ist nicht so, wie er versiegelt wurde: Jemand hat ihn oder das Protokoll verändert.",
            en: "The entry is not as it was sealed: somebody changed it or the record.",
        },
    };
    Look { good: Some(proof.holds()), text, parameters: Vec::new() }
}

fn signed(ctx: &Ctx, proof: &Proof, checkpoint: &Checkpoint) -> Look {
    let opened = record::open_checkpoint(ctx.keys(), &checkpoint.token);
    let good = opened.as_ref() == Some(checkpoint) && proof.root == checkpoint.root;
    let text = if good {
        Text {
            de: "Der Prüfpunkt über {size} Einträge ist von diesem Knoten signiert ({at}).",
            en: "The checkpoint of {size} entries is signed by this node ({at}).",
        }
    } else {
        Text {
            de: "Der Prüfpunkt über {size} Einträge ({at}) passt nicht zum Protokoll oder nicht zu seiner Signatur.",
            en: "The checkpoint of {size} entries ({at}) does not fit the record, or not its signature.",
        }
    };
    let parameters = vec![
        ("size", ui::format::number(ctx.lang(), checkpoint.size)),
        ("at", ui::format::date_and_time(ctx.lang(), checkpoint.at)),
    ];
    Look { good: Some(good), text, parameters }
}

async fn witnesses(ctx: &Ctx, db: &mut AnyConnection, proof: &Proof) -> Result<Vec<Look>> {
    let mut looks = Vec::new();
    for receipt in store::all_receipts(db).await?.into_iter().filter(|it| it.size > proof.seq) {
        let seen = record::open_checkpoint(ctx.keys(), &receipt.token);
        let root = record::root(db, receipt.size).await?;
        let good = seen.is_some_and(|it| Some(it.root) == root);
        let text = if good {
            Text {
                de: "{peer} hat den Eintrag am {at} im Protokoll gesehen und das signiert.",
                en: "{peer} saw the entry in the record on {at} and signed that.",
            }
        } else {
            Text {
                de: "{peer} hat am {at} ein anderes Protokoll gesehen als dieses.",
                en: "{peer} saw another record on {at} than this one.",
            }
        };
        let at = ui::format::date_and_time(ctx.lang(), receipt.seen_at);
        looks.push(Look { good: Some(good), text, parameters: vec![("peer", receipt.peer), ("at", at)] });
    }
    if looks.is_empty() {
        let text = Text {
            de: "Noch kein anderer Knoten hat den Eintrag bezeugt.",
            en: "No other node has witnessed the entry yet.",
        };
        looks.push(Look { good: None, text, parameters: Vec::new() });
    }
    Ok(looks)
}
