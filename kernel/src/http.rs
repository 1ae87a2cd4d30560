//! The pieces of HTTP that must be equal everywhere: who asks, how bodies are read, how errors are told, limits, metrics.

mod body;
mod enter;
mod extract;
mod limit;
mod metrics;
mod patience;
mod problem;
mod reason;
mod sent;
mod serve;

pub use body::{read_body, reading};
pub use enter::{BROWSER, Credentials, Entrance, ErrorPage, Reader, RequestId, enter};
pub use extract::{Form, Json, Path, Query};
pub use limit::{Limits, limit};
pub use metrics::{Metrics, count};
pub use patience::Patience;
pub use problem::{Failed, TypePrefix, problem, problem_response};
pub use sent::{SentFile, SentForm};
pub use serve::{Handshakes, PeerCertificates, make_room, serve, serve_tls};
