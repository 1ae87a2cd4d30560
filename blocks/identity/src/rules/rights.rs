//! What somebody may do in the tenant for which they act.

use crate::model::{Membership, Session};
use kernel::{Actor, Role};

/// The actor of a session, by the memberships that are in force.
pub fn actor(session: &Session, memberships: &[Membership], now: i64) -> Actor {
    let in_force = |it: &&Membership| it.until.is_none_or(|until| now < until);
    let mine: Vec<&Membership> = memberships.iter().filter(in_force).collect();
    let mut roles = vec![Role::Person];
    let operator = mine.iter().any(|it| it.tenant.is_empty() && it.role == "admin");
    if operator && session.tenant.is_empty() {
        roles.push(Role::Admin);
    }
    for membership in mine.iter().filter(|it| it.tenant == session.tenant || it.tenant.is_empty()) {
        match membership.role.as_str() {
            "clerk" if !session.tenant.is_empty() => roles.push(Role::Clerk),
            "auditor" => roles.push(Role::Auditor),
            _ => {}
        }
    }
    Actor {
        person: Some(session.person),
        session: Some(session.id),
        level: Some(session.level),
        ..Actor::with_roles(session.person.to_string(), session.tenant.clone(), roles)
    }
}
