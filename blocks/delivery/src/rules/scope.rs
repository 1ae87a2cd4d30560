//! What access tokens reach: the scopes of version 1 and of version 2 side by side (Submission API 1.1.3; OAuth 2).

use ports::{identity::ClientRole, ids::DestinationId};

/// Where the scopes of version 2 begin.
const FAMILY: &str = "https://schema.fitko.de/fit-connect/oauth/scopes/";

/// A token lists at most so many destinations of each kind, or it would not fit into a header. Without a list the scopes of
/// version 2 say the same.
pub const MOST_LISTED: usize = 20;

/// What a client can be granted.
pub struct Reach<'r> {
    pub roles: &'r [ClientRole],
    pub linked: &'r [DestinationId],
    pub owned: &'r [DestinationId],
}

/// Everything that a client has, where it asks for nothing in particular.
pub fn everything(reach: &Reach<'_>) -> Vec<String> {
    let mut scopes = Vec::new();
    for role in reach.roles {
        match role {
            ClientRole::Sender => {
                scopes.push("send:region:DE".to_owned());
                scopes.push(format!("{FAMILY}send-submissions"));
            }
            ClientRole::Subscriber => {
                scopes.extend(
                    reach.linked.iter().take(MOST_LISTED).map(|it| format!("subscribe:destination:{it}")),
                );
                scopes.push(format!("{FAMILY}subscribe-destinations"));
            }
            ClientRole::Owner => {
                scopes.push("create:destination".to_owned());
                scopes.extend(
                    reach.owned.iter().take(MOST_LISTED).map(|it| format!("manage:destination:{it}")),
                );
                scopes.push(format!("{FAMILY}manage-destinations"));
            }
        }
    }
    scopes
}

/// Those of the scopes asked for that a client has; everything it has where it asks for nothing in particular.
pub fn narrow(reach: &Reach<'_>, asked: &[String]) -> Vec<String> {
    if asked.is_empty() {
        return everything(reach);
    }
    asked.iter().filter(|it| has(reach, it)).cloned().collect()
}

fn has(reach: &Reach<'_>, scope: &str) -> bool {
    let among = |all: &[DestinationId], id: &str| all.iter().any(|it| it.as_str() == id);
    let role = |it: ClientRole| reach.roles.contains(&it);
    if let Some(id) = scope.strip_prefix("subscribe:destination:") {
        return role(ClientRole::Subscriber) && among(reach.linked, id);
    }
    if let Some(id) = scope.strip_prefix("manage:destination:") {
        return role(ClientRole::Owner) && among(reach.owned, id);
    }
    if scope.starts_with("send:region:") {
        return role(ClientRole::Sender) && SendScope::parse(scope).is_some();
    }
    match scope.strip_prefix(FAMILY) {
        Some("send-submissions") => role(ClientRole::Sender),
        Some("subscribe-destinations") => role(ClientRole::Subscriber),
        Some("manage-destinations") => role(ClientRole::Owner),
        Some(_) => false,
        None => scope == "create:destination" && role(ClientRole::Owner),
    }
}

/// Whether scopes reach a submission of a public service to a destination that offers it in these regions.
///
/// Actors without any scope (blocks of this node) are not held back here.
pub fn may_send(scopes: &[String], public_service: &str, regions: &[String]) -> bool {
    scopes.is_empty()
        || scopes.iter().any(|scope| {
            scope.strip_prefix(FAMILY) == Some("send-submissions")
                || SendScope::parse(scope).is_some_and(|it| it.covers(public_service, regions))
        })
}

/// Whether scopes reach what arrives at a destination.
pub fn may_subscribe(scopes: &[String], destination: &DestinationId) -> bool {
    reaches(scopes, "subscribe:destination:", "subscribe-destinations", destination)
}

/// Whether scopes reach the management of a destination.
pub fn may_manage(scopes: &[String], destination: &DestinationId) -> bool {
    reaches(scopes, "manage:destination:", "manage-destinations", destination)
}

/// Whether scopes reach the making of destinations.
pub fn may_create(scopes: &[String]) -> bool {
    scopes.is_empty()
        || scopes
            .iter()
            .any(|it| it == "create:destination" || it.strip_prefix(FAMILY) == Some("manage-destinations"))
}

fn reaches(scopes: &[String], version_1: &str, version_2: &str, destination: &DestinationId) -> bool {
    scopes.is_empty()
        || scopes.iter().any(|it| {
            it.strip_prefix(FAMILY) == Some(version_2)
                || it.strip_prefix(version_1) == Some(destination.as_str())
        })
}

/// `send:region:DE<ars>`, perhaps followed by `+send:service:<urn>`.
struct SendScope<'s> {
    region: &'s str,
    public_service: Option<&'s str>,
}

impl<'s> SendScope<'s> {
    fn parse(scope: &'s str) -> Option<Self> {
        let rest = scope.strip_prefix("send:region:")?;
        let (region, public_service) = match rest.split_once("+send:service:") {
            Some((region, urn)) => (region, Some(urn)),
            None => (rest, None),
        };
        let shaped =
            super::destination::is_region(region) && public_service.is_none_or(super::destination::is_urn);
        shaped.then_some(Self { region, public_service })
    }

    /// Whether the destination offers the public service somewhere in the scope's region, or in one around it.
    fn covers(&self, public_service: &str, regions: &[String]) -> bool {
        self.public_service.is_none_or(|it| it == public_service)
            && regions.iter().any(|it| it.starts_with(self.region) || self.region.starts_with(it.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "11111111-1111-4111-8111-111111111111";
    const B: &str = "22222222-2222-4222-8222-222222222222";

    fn ids(all: &[&str]) -> Vec<DestinationId> {
        all.iter().map(|it| it.parse().unwrap()).collect()
    }

    #[test]
    fn a_client_gets_what_it_has_or_less() {
        let (linked, owned) = (ids(&[A]), ids(&[B]));
        let reach =
            Reach { roles: &[ClientRole::Sender, ClientRole::Subscriber], linked: &linked, owned: &owned };
        let check = |asked: &str| {
            let asked: Vec<String> = asked.split_whitespace().map(str::to_owned).collect();
            narrow(&reach, &asked) == asked
        };
        for (asked, granted) in [
            ("send:region:DE", true),
            ("send:region:DE06 send:region:DE06611000000", true),
            ("send:region:DE06+send:service:urn:de:fim:leika:leistung:99115005104000", true),
            ("send:region:FR", false),
            ("send:everything", false),
            ("https://schema.fitko.de/fit-connect/oauth/scopes/send-submissions", true),
            ("https://schema.fitko.de/fit-connect/oauth/scopes/manage-destinations", false),
            (&format!("subscribe:destination:{A}"), true),
            (&format!("subscribe:destination:{B}"), false),
            (&format!("manage:destination:{B}"), false),
            ("create:destination", false),
        ] {
            assert_eq!(check(asked), granted, "{asked}");
        }
        let all = narrow(&reach, &[]);
        assert!(all.contains(&format!("subscribe:destination:{A}")) && !all.iter().any(|it| it.contains(B)));
        // Each scope follows from one role only, so that a token for sending alone does not fetch.
        for role in ClientRole::ALL {
            let one = Reach { roles: &[role], linked: &linked, owned: &owned };
            let others = ClientRole::ALL.into_iter().filter(|it| *it != role);
            for other in others {
                let other = Reach { roles: &[other], linked: &linked, owned: &owned };
                assert!(narrow(&other, &everything(&one)).is_empty());
            }
        }
    }

    #[test]
    fn a_narrow_token_reaches_no_further() {
        let scopes = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let regions = |text: &str| scopes(text);
        for (held, offered, reached) in [
            ("send:region:DE", "DE06611000000", true),
            ("send:region:DE06", "DE06611000000", true),
            ("send:region:DE06611000000", "DE06", true),
            ("send:region:DE05", "DE06611000000 DE05111", true),
            ("send:region:DE05", "DE06611000000", false),
            ("send:region:DE06+send:service:urn:de:x", "DE06", false),
            ("send:region:DE06+send:service:urn:de:y", "DE06", true),
            ("", "DE06", true),
        ] {
            assert_eq!(may_send(&scopes(held), "urn:de:y", &regions(offered)), reached, "{held}: {offered}");
        }
        let [a, b] = [A, B].map(|it| it.parse::<DestinationId>().unwrap());
        let held = vec![format!("subscribe:destination:{A}")];
        assert!(may_subscribe(&held, &a) && !may_subscribe(&held, &b) && !may_manage(&held, &a));
        assert!(may_manage(&[format!("{FAMILY}manage-destinations")], &b));
    }
}
