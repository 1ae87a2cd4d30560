//! Who acts, and what they may do.

use std::borrow::Cow;

/// A right to do something, named by the block that guards it: `block.verb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Permission(pub &'static str);

/// Something done, named by the block that did it: `block.participle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audit(pub &'static str);

/// What kind of actor somebody is; blocks grant their permissions to roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Anybody, signed in or not.
    Everyone,
    /// Whoever holds the secret of a case.
    Citizen,
    /// A client that sends submissions.
    Sender,
    /// A client that fetches submissions.
    Subscriber,
    /// A client that manages destinations.
    Owner,
    /// A person who administers one tenant.
    Clerk,
    /// The operator of the node; may everything.
    Admin,
    /// The node itself: jobs and listeners; may everything.
    System,
}

/// The one who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// A name for the audit row: a client id, `admin`, `system`; never a person's name.
    pub name: Cow<'static, str>,
    /// The tenant the actor belongs to; objects of other tenants do not exist for it.
    pub tenant: Cow<'static, str>,
    /// What it is.
    pub roles: Vec<Role>,
    /// Scopes of its access token, where it came with one.
    pub scopes: Vec<String>,
}

impl Actor {
    /// Nobody in particular: no credentials were shown.
    pub fn nobody() -> Self {
        Self { name: "nobody".into(), tenant: "".into(), roles: Vec::new(), scopes: Vec::new() }
    }

    /// The node itself, acting for a tenant.
    pub fn system(tenant: impl Into<Cow<'static, str>>) -> Self {
        Self { name: "system".into(), tenant: tenant.into(), roles: vec![Role::System], scopes: Vec::new() }
    }

    /// An actor with one role.
    pub fn new(name: impl Into<Cow<'static, str>>, tenant: impl Into<Cow<'static, str>>, role: Role) -> Self {
        Self { name: name.into(), tenant: tenant.into(), roles: vec![role], scopes: Vec::new() }
    }

    /// Whether no credentials were shown.
    pub fn is_nobody(&self) -> bool {
        self.roles.is_empty()
    }

    /// Whether the actor has a role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether the actor may see objects of `tenant`: its own, or any for the operator and the node itself.
    pub fn sees(&self, tenant: &str) -> bool {
        self.tenant == tenant || self.is(Role::Admin) || self.is(Role::System)
    }
}
