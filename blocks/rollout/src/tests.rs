//! The block seen from its doors.

mod figures;
mod history;
mod import;
mod page;
mod submissions;

use crate::{Config, Rollout};
use axum::body::Body;
use testkit::{Answer, Node};

pub const API: &str = "/api/v1/rollout";
pub const HEADER: &str = "public_service,authority,state,since,connection,source,name,note\n";
pub const REGISTRATION: &str = "99115005104000";

pub async fn node() -> Node {
    testkit::node(vec![Rollout::new(Config::default()).block()]).await
}

/// Imports a text as a clerk of a tenant.
pub async fn import(node: &Node, tenant: &str, query: &str, text: impl Into<Body>) -> Answer {
    let path = format!("{API}/imports?{query}");
    node.as_clerk(tenant).ask("POST", &path, Some("text/csv"), text.into()).await
}

/// Kassel by itself, Nordrhein-Westfalen by the state, Marburg in progress.
pub fn changes() -> String {
    format!(
        "{HEADER}{REGISTRATION},066110000000,connected,2025-03-01,own,Stadt Kassel,,\n\
         {REGISTRATION},065340014014,in_progress,2025-05-01,own,Stadt Marburg,,seit Mai\n\
         {REGISTRATION},05,connected,2025-06-15,state,Land NRW,,\n\
         ehrenamtskarte,06611,connected,2025-01-01,own,Stadt Kassel,Ehrenamtskarte,\n"
    )
}
