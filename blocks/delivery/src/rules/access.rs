//! Who is who in a case.

use kernel::{Actor, Role};

/// Whether an actor is the client that opened something. Client ids are unique on a node.
pub fn is_sender(actor: &Actor, sender: &str) -> bool {
    actor.is(Role::System) || (actor.is(Role::Sender) && actor.name == sender)
}

/// Whether an actor is the client that writes a reply.
pub fn is_author(actor: &Actor, author: &str) -> bool {
    actor.is(Role::System) || (actor.is(Role::Subscriber) && actor.name == author)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_alone_is_not_enough() {
        let actor = |name: &'static str, role| Actor::new(name, "a", role);
        assert!(is_sender(&actor("one", Role::Sender), "one"));
        assert!(!is_sender(&actor("two", Role::Sender), "one"));
        assert!(!is_sender(&actor("one", Role::Clerk), "one"));
        assert!(!is_sender(&Actor::nobody(), "nobody"));
        assert!(is_author(&actor("one", Role::Subscriber), "one"));
        assert!(!is_author(&actor("one", Role::Sender), "one"));
    }
}
