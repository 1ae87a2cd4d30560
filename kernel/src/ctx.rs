//! Who does what, why and when: the context that every operation takes first.

use crate::{Act, Actor, Audit, Content, Error, Frame, Keys, Lang, Level, Permission, Result, fault, outbox};
use serde::Serialize;
use sqlx::{Any, AnyConnection, Transaction};
use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use uuid::Uuid;

/// Something that happened, told to whoever listens.
pub trait Event: Serialize {
    /// The published name: `block.participle.v1`.
    const TOPIC: &'static str;
}

/// The context of one operation.
pub struct Ctx {
    frame: Arc<Frame>,
    actor: Actor,
    lang: Lang,
    request: Uuid,
    browser: Option<Arc<str>>,
    now: i64,
    busy: AtomicBool,
}

impl Ctx {
    /// A context for `actor`, at the frame's time.
    pub fn new(frame: Arc<Frame>, actor: Actor, lang: Lang, request: Uuid) -> Self {
        let now = frame.clock().now();
        Self { frame, actor, lang, request, browser: None, now, busy: AtomicBool::new(false) }
    }

    /// A context for the node itself, acting for a tenant.
    pub fn system(frame: &Arc<Frame>, tenant: &str) -> Self {
        let request = frame.ids().uuid();
        Self::new(Arc::clone(frame), Actor::system(tenant.to_owned()), Lang::De, request)
    }

    /// The same request, carried out by the node itself for a tenant (for work that follows from a decision).
    #[must_use]
    pub fn as_system(&self, tenant: &str) -> Self {
        Self::new(Arc::clone(&self.frame), Actor::system(tenant.to_owned()), self.lang, self.request)
    }

    /// The same request by another actor, once credentials inside the request proved who it is.
    #[must_use]
    pub fn acting(&self, actor: Actor) -> Self {
        Self::new(Arc::clone(&self.frame), actor, self.lang, self.request).in_browser(self.browser.clone())
    }

    /// The same, coming from a browser that shows this mark.
    #[must_use]
    pub fn in_browser(self, mark: Option<Arc<str>>) -> Self {
        Self { browser: mark, ..self }
    }

    /// The mark by which a browser is known again while somebody signs in (the cookie `fachwerk_browser`).
    pub fn browser(&self) -> Option<&str> {
        self.browser.as_deref()
    }

    /// What all operations share.
    pub fn frame(&self) -> &Arc<Frame> {
        &self.frame
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The actor's tenant.
    pub fn tenant(&self) -> &str {
        &self.actor.tenant
    }

    /// The reader's language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The id of the request.
    pub fn request(&self) -> Uuid {
        self.request
    }

    /// The time of the operation, microseconds since the epoch; it does not move while the operation runs.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// A fresh id.
    pub fn id(&self) -> Uuid {
        self.frame.ids().uuid()
    }

    /// Where content lies.
    pub fn content(&self) -> &Content {
        self.frame.content()
    }

    /// The node's signing keys.
    pub fn keys(&self) -> &Keys {
        self.frame.keys()
    }

    /// How the node is reached from outside, without a slash at the end.
    pub fn base_url(&self) -> &str {
        self.frame.base_url()
    }

    /// Whether this node is a demo.
    pub fn demo(&self) -> bool {
        self.frame.demo()
    }

    /// Whether the actor has a permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.frame.allows(&self.actor, permission)
    }

    /// Refuses whoever lacks a permission: 401 without credentials, 403 with them.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            return Ok(());
        }
        Err(if self.actor.is_nobody() {
            fault::UNAUTHENTICATED.into()
        } else {
            fault::FORBIDDEN.with("permission", permission.0)
        })
    }

    /// Refuses whoever signed in with less than `level`; 401 for nobody.
    pub fn require_level(&self, level: Level) -> Result<()> {
        if self.actor.is_nobody() {
            return Err(fault::UNAUTHENTICATED.into());
        }
        if self.actor.level.is_none_or(|it| it >= level) {
            return Ok(());
        }
        let title = level.title();
        Err(Error::from(fault::LEVEL_TOO_LOW)
            .with("code", level.as_str())
            .worded("level", title.de, title.en))
    }

    /// Asks for a second pair of eyes before a dangerous act; `act` says in words what will be done to what. Call it before
    /// the transaction. Where nobody keeps approvals, and for the operator's token and the node itself, none is needed;
    /// a program that was given the permission is asked like a person, so that nobody gets round the second one with it.
    pub async fn second_pair_of_eyes(
        &self,
        permission: Permission,
        act: impl Into<Act> + Send,
    ) -> Result<()> {
        self.require(permission)?;
        let given = self.actor.rights.contains(permission.0);
        match self.frame.approvals() {
            Some(approvals) if self.actor.person.is_some() || given => {
                approvals.approved(self, permission, &act.into()).await
            }
            _ => Ok(()),
        }
    }

    /// Opens a transaction that only reads.
    pub async fn read(&self, permission: Permission) -> Result<Read<'_>> {
        self.require(permission)?;
        let open = self.open()?;
        Ok(Read { inner: self.frame.db().begin_read().await?, _open: open })
    }

    /// Opens a transaction that can be committed.
    pub async fn write(&self, permission: Permission) -> Result<Write<'_>> {
        self.require(permission)?;
        let open = self.open()?;
        Ok(Write { inner: self.frame.db().begin_write().await?, told: false, open })
    }

    /// Waits until everything told so far has been heard, but no longer than a quarter of a second: for answers whose
    /// effects a caller expects at once (a new destination is a route). What is not heard by then is heard later.
    pub async fn settle(&self) {
        let settled = self.frame.settled.notified();
        self.frame.told.notify_one();
        let _ = tokio::time::timeout(std::time::Duration::from_millis(250), settled).await;
    }

    fn open(&self) -> Result<Open<'_>> {
        if self.busy.swap(true, Ordering::Relaxed) {
            return Err(fault::NESTED.into());
        }
        Ok(Open(self))
    }
}

/// Marks the context as busy until the transaction is gone.
struct Open<'c>(&'c Ctx);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.busy.store(false, Ordering::Relaxed);
    }
}

/// A transaction that only reads: it ends when dropped.
pub struct Read<'c> {
    inner: Transaction<'static, Any>,
    _open: Open<'c>,
}

/// A transaction that writes: it ends with an audit event or not at all.
pub struct Write<'c> {
    inner: crate::db::Writing,
    told: bool,
    open: Open<'c>,
}

impl Write<'_> {
    /// Tells an event, if and only if the transaction commits.
    pub async fn tell<E: Event>(&mut self, event: &E) -> Result<()> {
        let ctx = self.open.0;
        if !ctx.frame.hears(E::TOPIC) {
            return Ok(());
        }
        let body = serde_json::to_string(event).map_err(|it| fault::INTERNAL.because(it))?;
        let id = ctx.frame.ids().sortable(ctx.now).to_string();
        outbox::insert(self, &id, ctx.now, ctx.tenant(), E::TOPIC, &body).await?;
        self.told = true;
        Ok(())
    }

    /// Records what was done and to what, commits, and answers when it is durable.
    pub async fn commit(mut self, audit: Audit, subject: &str) -> Result<()> {
        let ctx = self.open.0;
        let id = ctx.frame.ids().sortable(ctx.now).to_string();
        sqlx::query(
            "INSERT INTO kernel_audit (id, at, tenant, actor, event, subject, request) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(ctx.now)
        .bind(ctx.tenant())
        .bind(ctx.actor.name.as_ref())
        .bind(audit.0)
        .bind(subject)
        .bind(ctx.request.to_string())
        .execute(&mut *self)
        .await?;
        self.inner.commit().await?;
        if self.told {
            ctx.frame.told.notify_one();
        }
        Ok(())
    }

    /// Gives up what was written, with the error that made it necessary.
    pub fn abandon(self, error: impl Into<Error>) -> Error {
        drop(self);
        error.into()
    }
}

impl Deref for Read<'_> {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.inner
    }
}
impl DerefMut for Read<'_> {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }
}
impl Deref for Write<'_> {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.inner
    }
}
impl DerefMut for Write<'_> {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }
}
