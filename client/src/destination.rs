//! Destinations as senders and owners see them.

use crate::connection::{Call, Client};
use crate::{Error, Result, Version};
use fitconnect::jwk::{Jwk, KeyUse};
use fitconnect::wire::{CreateDestination, PublicServiceOffer};
use fitconnect::x509::ChainReport;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// A public service that a submission is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicService {
    /// Its URN, for example `urn:de:fim:leika:leistung:99115005104000`.
    pub identifier: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
}

impl PublicService {
    /// A public service with its URN and its name.
    pub fn new(identifier: impl Into<String>, name: impl Into<String>) -> Self {
        Self { identifier: identifier.into(), name: name.into() }
    }
}

/// A destination (Zustellpunkt), as much of it as is public.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Destination {
    /// Its id.
    pub destination_id: Uuid,
    /// Its name, where the service tells it.
    pub name: Option<String>,
    /// `created`, `active`, `inactive` or `decommissioned`.
    pub status: Option<String>,
    /// The id of the key that submissions are encrypted to.
    pub encryption_kid: String,
    /// What it takes; version 1 calls this `services`.
    #[serde(alias = "services")]
    pub public_services: Vec<PublicServiceOffer>,
    /// Which versions of the metadata schema it reads.
    pub metadata_versions: Vec<String>,
}

/// A destination together with its encryption key, which was checked completely.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Recipient {
    /// The destination.
    pub destination: Destination,
    /// Its encryption key.
    pub key: Jwk,
    /// What the certificates of the key say, the fingerprint among them.
    pub report: ChainReport,
}

impl Client {
    /// A destination as everybody may see it.
    pub async fn destination(&self, id: Uuid) -> Result<Destination> {
        let url = self.submission_url(format_args!("destinations/{id}"));
        let call = Call::get("fetch the destination", url);
        // Version 2 publishes destinations; version 1 wants to know who asks.
        let call = if self.version() == Version::V2 { call.open() } else { call };
        self.json(call).await
    }

    /// A destination with its encryption key; the key is checked with its whole certificate chain.
    ///
    /// # Errors
    /// Also when the key must not be used; see [`crate::Trust`].
    pub async fn recipient(&self, id: Uuid) -> Result<Recipient> {
        let destination = self.destination(id).await?;
        let key = self.destination_key(id, &destination.encryption_kid).await?;
        let report = self.trust.check(&key, KeyUse::Encrypt)?;
        if key.kid != destination.encryption_kid {
            return Err(Error::BadKey {
                kid: key.kid,
                reason: format!("the destination names {} as its encryption key", destination.encryption_kid),
                report: None,
            });
        }
        Ok(Recipient { destination, key, report })
    }
}

/// The destinations that this client owns.
#[derive(Debug, Clone)]
pub struct Destinations {
    client: Client,
}

impl Client {
    /// The destinations that this client owns.
    pub fn destinations(&self) -> Destinations {
        Destinations { client: self.clone() }
    }
}

#[derive(Deserialize)]
struct Owned {
    destinations: Vec<Destination>,
}

impl Destinations {
    /// All of them.
    pub async fn list(&self) -> Result<Vec<Destination>> {
        let url = self.client.destination_url(format_args!("destinations?limit=500"));
        let owned: Owned = self.client.json(Call::get("list the destinations", url)).await?;
        Ok(owned.destinations)
    }

    /// Makes one, in state `created`; [`Destinations::activate`] opens it. Not repeated by itself after a lost answer
    /// in a way that could be told apart: look into [`Destinations::list`] after [`Error::Unreachable`].
    pub async fn create(&self, new: &CreateDestination) -> Result<Destination> {
        let url = self.client.destination_url(format_args!("destinations"));
        self.client.json(Call::post("make a destination", url).with_json(new)?).await
    }

    /// Opens a destination for submissions.
    pub async fn activate(&self, id: Uuid) -> Result<()> {
        self.patch(id, &json!({ "status": "active" })).await
    }

    /// Closes a destination for new submissions; it can be opened again.
    pub async fn deactivate(&self, id: Uuid) -> Result<()> {
        self.patch(id, &json!({ "status": "inactive" })).await
    }

    /// Adds a public key; adding it again is no error.
    pub async fn add_key(&self, id: Uuid, key: &Jwk) -> Result<()> {
        let url = self.client.destination_url(format_args!("destinations/{id}/keys"));
        self.client.call(Call::post("add a key to the destination", url).with_json(key)?).await.map(drop)
    }

    /// Changes the key that submissions are encrypted to. Keep the old private key until everything that was encrypted
    /// to it has been fetched.
    pub async fn rotate(&self, id: Uuid, encryption_key: &Jwk) -> Result<()> {
        self.add_key(id, encryption_key).await?;
        self.patch(id, &json!({ "encryptionKid": encryption_key.kid })).await
    }

    /// Changes whole fields of a destination.
    pub async fn patch(&self, id: Uuid, change: &Value) -> Result<()> {
        let url = self.client.destination_url(format_args!("destinations/{id}"));
        let media = match self.client.version() {
            Version::V1 => "application/json",
            Version::V2 => "application/merge-patch+json",
        };
        let call = Call::new("change the destination", Method::PATCH, url).with(media, change.to_string());
        self.client.call(call).await.map(drop)
    }
}
