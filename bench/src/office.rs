//! The demo's office: its destination, its keys, and the clients that send and fetch.

use crate::Outcome;
use fitconnect::{
    event::{AuthenticationTags, Event, EventKind},
    jwk::{Jwk, PrivateJwk},
    jws::{Signer, Verifier},
    set::{self, Issuer, Set, Subject},
};
use kernel::{Clock, Ids, SECOND};
use serde::{Deserialize, de::DeserializeOwned};
use std::{path::Path, sync::Arc};
use uuid::Uuid;

/// The public service of the demo's first form.
pub const PUBLIC_SERVICE: &str = "urn:de:fim:leika:leistung:99115005104000";

/// A client id and its secret.
#[derive(Debug, Clone, Deserialize)]
pub struct Credentials {
    /// The client id.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    #[serde(default)]
    role: String,
}

/// Both ends of the demo.
#[derive(Clone)]
pub struct Office {
    /// Where submissions go.
    pub destination: Uuid,
    /// Who sends.
    pub sender: Credentials,
    /// Who fetches.
    pub desk: Credentials,
    /// What is encrypted to.
    pub encryption: Jwk,
    /// The office's signing key.
    pub signer: Arc<Signer>,
    /// Checks what the office signed.
    pub verifier: Arc<Verifier>,
}

#[derive(Deserialize)]
struct Clients {
    clients: Vec<Credentials>,
}

#[derive(Deserialize)]
struct Desk {
    destination_id: Uuid,
}

impl Office {
    /// Reads what the demo wrote into the data directory.
    pub fn read(data: &Path) -> Outcome<Self> {
        let demo = data.join("demo");
        let office = demo.join("office");
        let clients: Clients = json(&demo.join("clients.json"))?;
        let sender = clients.clients.into_iter().find(|it| it.role == "sender");
        let text = read(&office.join("desk.toml"))?;
        let desk: Desk = toml::from_str(&text).map_err(|it| format!("desk.toml: {it}"))?;
        let encryption: PrivateJwk = json(&office.join("encryption.jwk"))?;
        let signing: PrivateJwk = json(&office.join("signing.jwk"))?;
        let signer = Signer::new(&signing).map_err(|it| it.to_string())?;
        Ok(Self {
            destination: desk.destination_id,
            sender: sender.ok_or("clients.json names no sender")?,
            desk: json(&office.join("client.json"))?,
            encryption: encryption.public(),
            verifier: Arc::new(signer.verifier().map_err(|it| it.to_string())?),
            signer: Arc::new(signer),
        })
    }

    /// A signed token that accepts a submission: one signature with 4096 bits.
    pub fn acceptance(&self, submission: Uuid, case: Uuid, tags: AuthenticationTags) -> Outcome<String> {
        let event = Event::with_tags(EventKind::AcceptSubmission, tags);
        let now = Clock::Real.now() / SECOND;
        let issuer = Issuer::Destination(self.destination);
        let claims = Set::new(Ids::Random.uuid(), issuer, now, Subject::Submission(submission), case, event);
        set::build(&claims, &self.signer).map_err(|it| it.to_string())
    }
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|it| format!("{}: {it}", path.display()))
}

fn json<T: DeserializeOwned>(path: &Path) -> Outcome<T> {
    serde_json::from_str(&read(path)?).map_err(|it| format!("{}: {it}", path.display()))
}
