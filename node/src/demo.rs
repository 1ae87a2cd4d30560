//! The demo: a tenant with an office, a destination for both forms, and clients that are strangers to each other.
//!
//! Everything is made through the node's own interface, as an operator would do it, and every step can be repeated: a
//! node killed in the middle of it goes on at the next start.

use crate::{
    House, cli,
    config::Mode,
    house::{Broken, ask_router},
    keyring::write_secret,
};
use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fitconnect::jwk::KeyUse;
use kernel::Ids;
use ports::identity::{ClientRole, Clients as _, NewClient};
use serde_json::{Value, json};
use std::{os::unix::fs::DirBuilderExt, path::Path};
use uuid::Uuid;

/// The demo tenant, and the one that is a stranger to it.
const TENANT: &str = "demo";
const OTHER: &str = "demo-other";
/// The demo's clerk.
const CLERK: Uuid = Uuid::from_u128(0x0d0e_0000_0000_4000_8000_0000_0000_00c1);
/// The public services of the two forms.
const MOVE_IN: &str = "urn:de:fim:leika:leistung:99115005104000";
const VOLUNTEER_CARD: &str = "urn:fachwerk:form:ehrenamtskarte";

/// Makes whatever of the demo is not there yet.
pub async fn furnish(house: &House) -> Result<(), Broken> {
    let folder = house.data.join("demo");
    let office = folder.join("office");
    make_folder(&office)?;
    let clients = clients(house, &folder).await?;
    clerk(house).await?;
    if house.delivery.is_none() || house.config.blocks.directory.mode == Mode::Off {
        // Without these blocks there is nothing to furnish beyond the credentials.
        return Ok(());
    }
    let desk = clients.get("desk").cloned().unwrap_or_default();
    let keys = keys(&office).await?;
    let destination = destination(house, &desk, &keys).await?;
    public_services(house).await?;
    offices(house, &destination).await?;
    let settings = format!(
        "# Written by the demo: the office's side. The node never sees the private keys beside this file.\n\
         base_url = \"{}\"\nclient_id = \"{}\"\nclient_secret = \"{}\"\ndestination_id = \"{destination}\"\n\
         allow_self_signed = true\nopen = true\n",
        house.frame.base_url(),
        desk.id,
        desk.secret,
    );
    let file = office.join("desk.toml");
    // What somebody added below (targets to hand on to) stays.
    if std::fs::read_to_string(&file).is_ok_and(|it| it.starts_with(&settings)) {
        return Ok(());
    }
    Ok(write_secret(&file, settings.as_bytes())?)
}

/// A clerk who signs in with the certificate that the demo's test authority issued.
async fn clerk(house: &House) -> Result<(), Broken> {
    let Some(identity) = &house.identity else { return Ok(()) };
    let Ok(certificate) = std::fs::read_to_string(house.data.join("test-ca").join("clerk.pem")) else {
        return Ok(());
    };
    let name = "Kim Klerk (Demo)";
    Ok(identity.furnish_clerk(&house.ctx(TENANT), CLERK, name, &certificate).await?)
}

/// A client and its secret.
#[derive(Clone, Default)]
struct Client {
    id: String,
    secret: String,
}

/// The clients: written down first, then made with what was written down, so that a repetition finds the same.
async fn clients(house: &House, folder: &Path) -> Result<std::collections::BTreeMap<String, Client>, Broken> {
    let path = folder.join("clients.json");
    let mut known: Value =
        std::fs::read(&path).ok().and_then(|it| serde_json::from_slice(&it).ok()).unwrap_or_default();
    let secret = || URL_SAFE_NO_PAD.encode(Ids::Random.bytes::<32>());
    let roles = ["sender", "subscriber", "other-sender", "other-subscriber"];
    let complete = known.get("clients").and_then(Value::as_array).is_some_and(|it| it.len() == roles.len());
    if !complete {
        let made =
            |role: &str| json!({ "role": role, "client_id": Ids::Random.uuid(), "client_secret": secret() });
        known = json!({ "clients": roles.iter().map(|it| made(it)).collect::<Vec<_>>() });
    }
    let base_url = house.frame.base_url();
    let listed = known.get("clients").cloned().unwrap_or_default();
    write_json(&path, &json!({ "base_url": base_url, "clients": listed }))?;
    let desk_path = folder.join("office").join("client.json");
    let desk: Value =
        std::fs::read(&desk_path).ok().and_then(|it| serde_json::from_slice(&it).ok()).unwrap_or_else(
            || json!({ "role": "desk", "client_id": Ids::Random.uuid(), "client_secret": secret() }),
        );
    write_json(&desk_path, &desk)?;
    let mut clients = std::collections::BTreeMap::new();
    for it in listed.as_array().into_iter().flatten().chain([&desk]) {
        let text = |name: &str| it.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let role = text("role");
        let client = Client { id: text("client_id"), secret: text("client_secret") };
        make_client(house, &role, &client).await?;
        clients.insert(role, client);
    }
    Ok(clients)
}

async fn make_client(house: &House, role: &str, client: &Client) -> Result<(), Broken> {
    let Some(identity) = &house.identity else { return Ok(()) };
    let ctx = house.ctx("");
    if identity.client(&ctx, &client.id).await?.is_some() {
        return Ok(());
    }
    let roles: &[ClientRole] = if role.ends_with("sender") {
        &[ClientRole::Sender]
    } else {
        &[ClientRole::Subscriber, ClientRole::Owner]
    };
    let tenant = if role.starts_with("other-") { OTHER } else { TENANT };
    let new = NewClient {
        id: Some(client.id.clone()),
        tenant: tenant.to_owned(),
        name: format!("Demo {role}"),
        roles: roles.to_vec(),
        secret: Some(client.secret.clone()),
        ..NewClient::default()
    };
    identity.register(&ctx, new).await?;
    Ok(())
}

/// The office's keys, as files that only its owner can read: private and public JWK of each.
async fn keys(office: &Path) -> Result<[Value; 2], Broken> {
    let (encryption, signing) =
        tokio::join!(key(office, "encryption", KeyUse::Encrypt), key(office, "signing", KeyUse::Sign),);
    Ok([encryption?, signing?])
}

async fn key(office: &Path, name: &'static str, purpose: KeyUse) -> Result<Value, Broken> {
    let (private, public) = (office.join(format!("{name}.jwk")), office.join(format!("{name}.public.jwk")));
    let known = std::fs::read(&public).ok().and_then(|it| serde_json::from_slice(&it).ok());
    if let (Some(known), true) = (known, private.exists()) {
        return Ok(known);
    }
    let now = kernel::Clock::Real.now();
    let made = tokio::task::spawn_blocking(move || cli::make_pair("Fachwerk Demo-Amt", purpose, now))
        .await
        .map_err(|it| kernel::fault::INTERNAL.because(it))?;
    let (secret, open) = made.map_err(|it| kernel::fault::INTERNAL.because(it.to_string()))?;
    write_json(&private, &secret)?;
    write_json(&public, &open)?;
    Ok(open)
}

/// The office's destination: found by its key, or made and switched on.
async fn destination(house: &House, desk: &Client, keys: &[Value; 2]) -> Result<String, Broken> {
    let token = access_token(house, desk).await?;
    let [encryption, signing] = keys;
    let kid = encryption.get("kid").cloned().unwrap_or_default();
    let call = |method: &'static str, path: String, body: Option<Value>| {
        let (router, token) = (house.router.clone(), token.clone());
        async move {
            let body = body.map(|it| it.to_string().into_bytes()).unwrap_or_default();
            ask_router(&router, &token, method, &path, "application/json", body).await
        }
    };
    let mine =
        done("the demo destinations", call("GET", "/v1/destinations?limit=500".to_owned(), None).await)?;
    let known = mine
        .get("destinations")
        .and_then(Value::as_array)
        .and_then(|all| all.iter().find(|it| it.get("encryptionKid") == Some(&kid)).cloned());
    let found = if let Some(it) = known {
        it
    } else {
        let body = new_destination(house.frame.base_url(), &kid, encryption, signing);
        done("the demo destination", call("POST", "/v1/destinations".to_owned(), Some(body)).await)?
    };
    let id = found.get("destinationId").and_then(Value::as_str).unwrap_or_default().to_owned();
    if found.get("status") != Some(&json!("active")) {
        let path = format!("/v1/destinations/{id}");
        done("the demo destination", call("PATCH", path, Some(json!({ "status": "active" }))).await)?;
    }
    Ok(id)
}

fn new_destination(base_url: &str, kid: &Value, encryption: &Value, signing: &Value) -> Value {
    let offer = |urn: &str, form: &str| {
        json!({
            "identifier": urn,
            "regions": ["DE"],
            "submissionSchemas": [{
                "schemaUri": format!("{base_url}/forms/{form}/1/schema.json"), "mimeType": "application/json",
            }],
        })
    };
    json!({
        "contactInformation": {
            "legalName": "Demo-Amt", "address": "Musterstraße 1, 34117 Kassel", "phone": "+49 561 000000",
            "email": "demo-amt@example.org", "unit": "Bürgerservice",
        },
        "services": [offer(MOVE_IN, "wohnsitzanmeldung"), offer(VOLUNTEER_CARD, "ehrenamtskarte")],
        "encryptionKid": kid,
        "encryptionPublicKey": encryption,
        "signingPublicKey": signing,
        "metadataVersions": ["1.0.0", "2.1.0"],
    })
}

/// The names under which citizens look for the two forms; the shipped list has none for the second.
async fn public_services(house: &House) -> Result<(), Broken> {
    for (key, name) in [("99115005104000", "Wohnsitzanmeldung"), (VOLUNTEER_CARD, "Ehrenamtskarte")] {
        let body = json!({ "key": key, "name": name, "source": "Demo" });
        let answer = ask(house, "POST", "/api/v1/directory/public-services", Some(&body)).await;
        if answer.0 != StatusCode::CONFLICT {
            done("the demo's public services", answer)?;
        }
    }
    Ok(())
}

/// An office with a rule of its own, so that look-ups have something to climb past.
async fn offices(house: &House, destination: &str) -> Result<(), Broken> {
    let body = json!({
        "organisations": [{ "id": "0d0e0000-0000-4000-8000-000000000001", "name": "Stadt Kassel (Demo)", "region": "066110000000" }],
        "offices": [{
            "id": "0d0e0000-0000-4000-8000-000000000002", "organisation": "0d0e0000-0000-4000-8000-000000000001", "name": "Bürgerbüro Kassel (Demo)",
            "kind": "Bürgerbüro", "region": "066110000000", "address": "Musterstraße 1, 34117 Kassel",
            "email": "demo-amt@example.org", "openingHours": "Mo–Fr 8–12 Uhr",
        }],
        "rules": [{
            "id": "0d0e0000-0000-4000-8000-000000000003", "publicService": "99115005104000", "region": "066110000000",
            "office": "0d0e0000-0000-4000-8000-000000000002", "destination": destination,
        }],
    });
    let answer = ask(house, "POST", &format!("/api/v1/directory/import?tenant={TENANT}"), Some(&body)).await;
    done("the demo office", answer).map(drop)
}

async fn access_token(house: &House, client: &Client) -> Result<String, Broken> {
    let form =
        format!("grant_type=client_credentials&client_id={}&client_secret={}", client.id, client.secret);
    let media = "application/x-www-form-urlencoded";
    let request = axum::http::Request::builder()
        .method("POST")
        .uri("/token")
        .header("content-type", media)
        .body(axum::body::Body::from(form))
        .map_err(|it| kernel::fault::INTERNAL.because(it))?;
    let Ok(response) = tower::ServiceExt::oneshot(house.router.clone(), request).await;
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap_or_default();
    let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
    let answer = done("the demo token", (status, answer))?;
    Ok(answer.get("access_token").and_then(Value::as_str).unwrap_or_default().to_owned())
}

async fn ask(house: &House, method: &str, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
    let body = body.map(|it| it.to_string().into_bytes()).unwrap_or_default();
    ask_router(&house.router, house.admin.as_str(), method, path, "application/json", body).await
}

fn done(what: &str, (status, answer): (StatusCode, Value)) -> Result<Value, Broken> {
    if status.is_success() {
        return Ok(answer);
    }
    Err(kernel::fault::INTERNAL.because(format!("{what} could not be made: {status} {answer}")).into())
}

fn make_folder(path: &Path) -> Result<(), Broken> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|cause| Broken::Machine { what: path.display().to_string(), cause })
}

fn write_json(path: &Path, value: &Value) -> Result<(), Broken> {
    let text = serde_json::to_vec_pretty(value).map_err(|it| kernel::fault::INTERNAL.because(it))?;
    Ok(write_secret(path, &text)?)
}
