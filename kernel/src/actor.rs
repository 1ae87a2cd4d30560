//! Who acts, and what they may do.

use crate::Text;
use std::{borrow::Cow, collections::BTreeSet, sync::Arc};
use uuid::Uuid;

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
    /// Somebody signed in with an account of their own.
    Person,
    /// Somebody who may read the record of what was done.
    Auditor,
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

/// How sure it is that somebody is who they say (level of assurance; OZG section 3, eIDAS article 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing beyond a means of signing in („normal“; eIDAS: low).
    Normal,
    /// Checked, with two factors („substanziell“; eIDAS: substantial).
    Substantial,
    /// Checked against an official document („hoch“; eIDAS: high).
    High,
}

impl Level {
    /// All of them, the lowest first.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Substantial, Self::High];

    /// The name in addresses, configuration and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Substantial => "substantial",
            Self::High => "high",
        }
    }

    /// The level with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// What it is called on screen.
    pub fn title(self) -> Text {
        match self {
            Self::Normal => Text { de: "normal", en: "normal" },
            Self::Substantial => Text { de: "substanziell", en: "substantial" },
            Self::High => Text { de: "hoch", en: "high" },
        }
    }
}

/// Permissions that somebody has beyond those of the roles, by name.
pub type Rights = Arc<BTreeSet<String>>;

/// The one who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// A name for the audit row: a client id, the id of a person, `admin`, `system`; never a person's name.
    pub name: Cow<'static, str>,
    /// The tenant the actor belongs to; objects of other tenants do not exist for it.
    pub tenant: Cow<'static, str>,
    /// What it is.
    pub roles: Vec<Role>,
    /// Scopes of its access token, where it came with one.
    pub scopes: Vec<String>,
    /// Permissions given to it by name, beyond its roles.
    pub rights: Rights,
    /// The account, where a person acts.
    pub person: Option<Uuid>,
    /// The session, where a person is signed in with a browser.
    pub session: Option<Uuid>,
    /// How sure it is who acts; nothing for machines.
    pub level: Option<Level>,
}

impl Actor {
    /// Nobody in particular: no credentials were shown.
    pub fn nobody() -> Self {
        Self::with_roles("nobody", "", Vec::new())
    }

    /// The node itself, acting for a tenant.
    pub fn system(tenant: impl Into<Cow<'static, str>>) -> Self {
        Self::new("system", tenant, Role::System)
    }

    /// An actor with one role.
    pub fn new(name: impl Into<Cow<'static, str>>, tenant: impl Into<Cow<'static, str>>, role: Role) -> Self {
        Self::with_roles(name, tenant, vec![role])
    }

    /// An actor with these roles and nothing else.
    pub fn with_roles(
        name: impl Into<Cow<'static, str>>,
        tenant: impl Into<Cow<'static, str>>,
        roles: Vec<Role>,
    ) -> Self {
        Self {
            name: name.into(),
            tenant: tenant.into(),
            roles,
            scopes: Vec::new(),
            rights: Rights::default(),
            person: None,
            session: None,
            level: None,
        }
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
