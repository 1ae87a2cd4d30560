//! Taking an event of a receiving system into the log of a case.

use crate::{
    Delivery,
    model::{NewEvent, ReplyRow, State, Submission, Version},
    names::{did, fault, may},
    operations::{case_log, notify, record},
    rules::{self, event::About},
    store,
};
use fitconnect::{
    event::AuthenticationTags,
    jwk::Jwk,
    jws::Verifier,
    set::{self, Set, SetFault, Subject, VerifiedSet},
};
use kernel::{Ctx, Result, SECOND};
use ports::ids::{CaseId, DestinationId, ReplyId, SubmissionId};
use sqlx::AnyConnection;

/// Takes an event; it is stored byte for byte, and only after every check.
///
/// # Errors
/// Invalid where the token cannot be read, unprocessable where it says what does not hold, a conflict where the state
/// does not allow it or the event is known already.
pub async fn post_event(
    delivery: &Delivery,
    ctx: &Ctx,
    case: &CaseId,
    token: &str,
    version: Version,
) -> Result<()> {
    let (verified, object) = check(ctx, case, token, version).await?;
    let kind = verified.set.event.kind;
    let (from, after) = (object.state(), rules::state::after(object.state(), kind)?);
    let mut tx = ctx.write(may::DECIDE).await?;
    let (moved, tenant) = match &object {
        Object::Submission(it) => {
            (store::submission::shift(&mut tx, &it.id, from, after, ctx.now()).await?, &it.tenant)
        }
        Object::Reply(it) => {
            (store::reply::shift(&mut tx, &it.id, from, after, ctx.now()).await?, &it.tenant)
        }
    };
    if !moved {
        return Err(fault::WRONG_STATE.with("state", from).with("action", kind.name()));
    }
    let position = store::case::next_position(&mut tx, case, ctx.now()).await?;
    let event = NewEvent {
        jti: verified.set.jti.to_string(),
        kind: kind.name(),
        subject: verified.set.sub.to_string(),
        issuer: verified.set.iss.to_string(),
        claims: verified.set.claims().to_string(),
        token: verified.token,
        public_service: match &object {
            Object::Submission(it) => Some(it.public_service.clone()),
            Object::Reply(_) => None,
        },
    };
    if !record::append(&mut tx, ctx, tenant, case, position, &event).await? {
        return Err(replayed(&event.jti));
    }
    if let Object::Submission(it) = &object {
        notify::sender(&mut tx, ctx, it).await?;
    }
    let what = if matches!(object, Object::Submission(_)) { did::DECIDED } else { did::REPLY_DECIDED };
    tx.commit(what, object.id()).await?;
    delivery.signer().wake();
    Ok(())
}

fn replayed(jti: &str) -> kernel::Error {
    fault::EVENT_REPLAYED.with("jti", jti).at("jti")
}

/// What an event is about, as it is stored.
enum Object {
    Submission(Submission),
    Reply(ReplyRow),
}

impl Object {
    const fn state(&self) -> State {
        match self {
            Self::Submission(it) => it.state,
            Self::Reply(it) => it.state,
        }
    }

    fn case(&self) -> &CaseId {
        match self {
            Self::Submission(it) => &it.case_id,
            Self::Reply(it) => &it.case_id,
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::Submission(it) => it.id.as_str(),
            Self::Reply(it) => it.id.as_str(),
        }
    }
}

/// Everything that can be checked without the writer's turn.
async fn check(ctx: &Ctx, case: &CaseId, token: &str, version: Version) -> Result<(VerifiedSet, Object)> {
    let mut tx = ctx.read(may::DECIDE).await?;
    case_log::require_party(ctx, &mut tx, case).await?;
    let unverified = set::parse_unverified(token, ctx.now() / SECOND, rules::event::policy(version))
        .map_err(|it| rules::event::set_fault(&it, ctx.lang()))?;
    let issuer = rules::event::postable(&unverified.set, case, version, ctx.lang())?;
    let key = key(ctx, &mut tx, &issuer, &unverified.kid).await?;
    let object = object(ctx, &mut tx, &unverified.set, &issuer).await?;
    let tags = store::submission::digest_and_tags(&mut tx, object.id()).await?;
    let known = store::event::is_known(&mut tx, &unverified.set.jti.to_string()).await?;
    drop(tx);
    // The key is looked up by issuer and kid, the algorithm is ours: nothing here is the token's choice.
    let key = Verifier::new(&key).map_err(|it| fault::EVENT_REFUSED.with("reason", it).at("header/kid"))?;
    let verified = unverified.verify(&key).map_err(|it| rules::event::set_fault(&it, ctx.lang()))?;
    let tags: Option<AuthenticationTags> = match tags {
        Some((_, tags)) => {
            Some(serde_json::from_str(&tags).map_err(|it| kernel::fault::DATABASE.because(it))?)
        }
        None => None,
    };
    rules::event::fits(&verified.set, &About { case: object.case(), tags: tags.as_ref() }, ctx.lang())?;
    if known {
        return Err(replayed(&verified.set.jti.to_string()));
    }
    Ok((verified, object))
}

/// The key with which the issuer signed: registered on the issuer, and the issuer is connected to the caller.
async fn key(ctx: &Ctx, db: &mut AnyConnection, issuer: &DestinationId, kid: &str) -> Result<Jwk> {
    let actor = ctx.actor();
    let linked = rules::scope::may_subscribe(&actor.scopes, issuer)
        && store::link::exists(db, &actor.name, issuer).await?;
    if !linked {
        return Err(fault::NOT_LINKED.with("id", issuer).at("iss"));
    }
    let unknown =
        || rules::event::set_fault(&SetFault::UnknownKey(kid.chars().take(80).collect()), ctx.lang());
    store::key::find(db, issuer, kid).await?.ok_or_else(unknown)
}

/// What the event is about, if the issuer is its receiving side.
async fn object(ctx: &Ctx, db: &mut AnyConnection, set: &Set, issuer: &DestinationId) -> Result<Object> {
    match set.sub {
        Subject::Submission(id) => {
            let id = SubmissionId::from(id);
            let unknown = || rules::event::foreign_subject(ctx.lang());
            let found = store::submission::find(db, &id).await?.ok_or_else(unknown)?;
            if found.case_id.as_str() != set.txn.to_string() {
                return Err(unknown());
            }
            if found.destination != *issuer {
                return Err(rules::event::foreign_issuer(ctx.lang()));
            }
            Ok(Object::Submission(found))
        }
        Subject::Reply(id) => {
            let id = ReplyId::from(id);
            let unknown = || rules::event::foreign_subject(ctx.lang());
            let found = store::reply::find(db, &id).await?.ok_or_else(unknown)?;
            // The reader of a reply signs with the key of any destination of its own.
            let reads = rules::access::is_sender(ctx.actor(), &found.reader);
            if found.case_id.as_str() != set.txn.to_string() || !reads {
                return Err(unknown());
            }
            Ok(Object::Reply(found))
        }
    }
}
