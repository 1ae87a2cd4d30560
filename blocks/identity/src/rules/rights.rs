//! What somebody may do in the tenant for which they act.

use crate::{
    model::{Membership, OwnRole, Session},
    names::may,
};
use kernel::{Actor, Frame, Permission, Role};
use std::collections::BTreeSet;

/// Roles that exist everywhere.
pub const BUILTIN: &[&str] = &["admin", "clerk", "auditor"];

/// What administrators of a tenant may, beyond what its clerks may.
pub const TENANT_ADMIN: &[Permission] = &[
    may::MANAGE_PEOPLE,
    may::MANAGE_ROLES,
    may::GIVE_ADMIN,
    may::REMOVE_PERSON,
    may::DELEGATE,
    may::CHANGE_SETTINGS,
    may::APPROVE,
];

/// Whether a membership counts now.
pub fn in_force(it: &Membership, now: i64) -> bool {
    it.until.is_none_or(|until| now < until)
}

/// The actor of a session, by the memberships that are in force; `own` are the roles that the tenants made themselves.
pub fn actor(session: &Session, memberships: &[Membership], own: &[OwnRole], now: i64) -> Actor {
    let mut roles = vec![Role::Person];
    let mut rights: BTreeSet<String> = BTreeSet::new();
    for it in memberships.iter().filter(|it| in_force(it, now)) {
        let here = it.tenant == session.tenant;
        match (it.role.as_str(), it.tenant.is_empty(), session.tenant.is_empty()) {
            ("admin", true, true) => roles.push(Role::Admin),
            ("admin", false, _) if here => {
                roles.push(Role::Clerk);
                rights.extend(TENANT_ADMIN.iter().map(|it| it.0.to_owned()));
            }
            ("clerk", false, _) if here => roles.push(Role::Clerk),
            ("auditor", of_node, _) if here || of_node => roles.push(Role::Auditor),
            _ if here => {
                let role = own.iter().find(|own| own.tenant == it.tenant && own.name == it.role);
                rights.extend(role.into_iter().flat_map(|it| it.permissions.iter().cloned()));
            }
            _ => {}
        }
    }
    roles.dedup();
    Actor {
        person: Some(session.person),
        session: Some(session.id),
        level: Some(session.level),
        rights: rights.into(),
        ..Actor::with_roles(session.person.to_string(), session.tenant.clone(), roles)
    }
}

/// The permissions that a tenant's own role can consist of: what its clerks, auditors and administrators may, and nobody
/// without an office does anyway. What only the operator may cannot be handed out.
pub fn choosable(frame: &Frame) -> Vec<&'static str> {
    let with = |roles: Vec<Role>| Actor::with_roles("", "", roles);
    let (anybody, office) = (with(vec![Role::Person]), with(vec![Role::Clerk, Role::Auditor]));
    let mut all: Vec<&'static str> = frame
        .permissions()
        .filter(|it| frame.allows(&office, Permission(it)) && !frame.allows(&anybody, Permission(it)))
        .chain(TENANT_ADMIN.iter().map(|it| it.0))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether the level of a session counts for the programs of a tenant: who somebody is whom another tenant invited, only that
/// tenant vouches for, until a way in of the node's own proves it.
pub fn is_vouched_for(invited_by: &str, way: &str, tenant: &str) -> bool {
    invited_by.is_empty() || invited_by == tenant || !["link", "passkey", "recovery"].contains(&way)
}

/// Whether everybody with an account has this permission: it is about their own account and cases, and no program's business.
pub fn is_personal(frame: &Frame, name: &'static str) -> bool {
    frame.allows(&Actor::with_roles("", "", vec![Role::Person]), Permission(name))
}

/// Whether somebody can hand out a role that exists everywhere: whoever makes administrators, and whoever has it.
pub fn gives_builtin(frame: &Frame, actor: &Actor, role: &str) -> bool {
    let same = match role {
        "clerk" => actor.is(Role::Clerk),
        "auditor" => actor.is(Role::Auditor),
        _ => false,
    };
    same || frame.allows(actor, may::GIVE_ADMIN)
}

/// Whether somebody has a permission of this name.
pub fn has(frame: &Frame, actor: &Actor, name: &str) -> bool {
    let known = choosable(frame).into_iter().find(|it| *it == name);
    known.is_some_and(|it| frame.allows(actor, Permission(it)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Level;
    use uuid::Uuid;

    fn check(tenant: &str, memberships: &[(&str, &str, Option<i64>)], roles: &[Role], right: Option<&str>) {
        let person = Uuid::from_u128(7);
        let session = Session {
            id: Uuid::from_u128(1),
            token_hash: String::new(),
            tenant: tenant.to_owned(),
            person,
            way: String::new(),
            issuer: String::new(),
            upstream: None,
            level: Level::Normal,
            device: String::new(),
            began_at: 0,
            proved_at: 0,
            seen_at: 0,
            until: 100,
            revoked_at: None,
        };
        let memberships: Vec<Membership> = memberships
            .iter()
            .map(|(tenant, role, until)| Membership {
                person,
                tenant: (*tenant).to_owned(),
                role: (*role).to_owned(),
                given_by: String::new(),
                given_at: 0,
                until: *until,
            })
            .collect();
        let own = [OwnRole {
            tenant: "kassel".to_owned(),
            name: "desk".to_owned(),
            title: String::new(),
            permissions: vec!["delivery.read".to_owned()],
            changed_at: 0,
        }];
        let actor = actor(&session, &memberships, &own, 50);
        let expected: Vec<Role> = [Role::Person].iter().chain(roles).copied().collect();
        assert_eq!(actor.roles, expected, "{tenant} {memberships:?}");
        assert_eq!(actor.rights.iter().any(|it| Some(it.as_str()) == right), right.is_some());
        assert_eq!(actor.rights.is_empty(), right.is_none(), "{:?}", actor.rights);
    }

    #[test]
    fn rights_hold_in_their_tenant_and_their_time() {
        check("", &[("", "admin", None)], &[Role::Admin], None);
        check("kassel", &[("", "admin", None)], &[], None);
        check("", &[("kassel", "admin", None)], &[], None);
        check("kassel", &[("kassel", "admin", None)], &[Role::Clerk], Some("identity.manage_people"));
        check("kassel", &[("kassel", "clerk", None)], &[Role::Clerk], None);
        check("kassel", &[("bonn", "clerk", None)], &[], None);
        check("kassel", &[("kassel", "clerk", Some(51))], &[Role::Clerk], None);
        check("kassel", &[("kassel", "clerk", Some(50))], &[], None);
        check("kassel", &[("", "auditor", None)], &[Role::Auditor], None);
        check("kassel", &[("kassel", "desk", None)], &[], Some("delivery.read"));
        check("bonn", &[("kassel", "desk", None)], &[], None);
        check("", &[("", "admin", Some(10))], &[], None);
    }
}
