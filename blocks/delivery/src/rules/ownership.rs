//! Who somebody is to a destination.

use super::scope;
use crate::model::{Destination, OWNED_BY_TENANT};
use kernel::{Actor, Role};

/// What somebody is to a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its owner, a clerk of its tenant, or the operator.
    Manages,
    /// A client that fetches there.
    Fetches,
    /// A client that sees its public side.
    Public,
    /// A clerk of another tenant: for him it does not exist.
    Stranger,
}

/// What an actor is to a destination; `linked` says whether it is connected to it.
pub fn standing(actor: &Actor, destination: &Destination, linked: bool) -> Standing {
    if actor.is(Role::Clerk) || actor.is(Role::Admin) || actor.is(Role::System) {
        return if actor.sees(&destination.tenant) { Standing::Manages } else { Standing::Stranger };
    }
    let own = destination.owner != OWNED_BY_TENANT
        && actor.is(Role::Owner)
        && actor.tenant == destination.tenant
        && actor.name == destination.owner;
    if own && scope::may_manage(&actor.scopes, &destination.id) {
        Standing::Manages
    } else if linked && actor.is(Role::Subscriber) && scope::may_subscribe(&actor.scopes, &destination.id) {
        Standing::Fetches
    } else {
        Standing::Public
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Contact, Status};

    #[test]
    fn owners_and_clerks_of_the_tenant_manage() {
        let destination = Destination {
            id: "11111111-1111-4111-8111-111111111111".parse().unwrap(),
            tenant: "kassel".to_owned(),
            owner: "client".to_owned(),
            status: Status::Active,
            name: String::new(),
            encryption_kid: String::new(),
            public_services: Vec::new(),
            metadata_versions: Vec::new(),
            reply_channels: None,
            contact: Contact::default(),
            callback: None,
            revision: 1,
            created_at: 0,
            changed_at: 0,
        };
        let check = |name: &'static str, tenant: &'static str, role, linked, expected| {
            assert_eq!(
                standing(&Actor::new(name, tenant, role), &destination, linked),
                expected,
                "{name} {tenant} {role:?}"
            );
        };
        check("client", "kassel", Role::Owner, false, Standing::Manages);
        check("client", "fulda", Role::Owner, false, Standing::Public);
        check("other", "kassel", Role::Owner, false, Standing::Public);
        check("client", "kassel", Role::Subscriber, false, Standing::Public);
        check("client", "kassel", Role::Subscriber, true, Standing::Fetches);
        check("client", "kassel", Role::Sender, true, Standing::Public);
        check("client", "kassel", Role::Clerk, false, Standing::Manages);
        check("client", "fulda", Role::Clerk, false, Standing::Stranger);
        check("admin", "", Role::Admin, false, Standing::Manages);
        let mut narrow = Actor::new("client", "kassel", Role::Owner);
        narrow.scopes = vec!["create:destination".to_owned()];
        assert_eq!(standing(&narrow, &destination, false), Standing::Public);
    }
}
