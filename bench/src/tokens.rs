//! Access tokens for machines: how many one core makes, beside the bare signature; and the page to sign in.
//!
//! The node runs as a process of its own; what counts is the time of processors that it used, so that the programs that
//! ask, which share the cores, do not blur the figure. Requests are prepared beforehand and pushed through sockets.

use crate::{
    Outcome, Settings, machine, mention,
    node::Site,
    table::{Figure, Promise, Table},
};
use kernel::{Clock, SECOND};
use oidc::{Algorithm, SigningKey, assertion};
use serde_json::{Value, json};
use std::{
    fs,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Connections that ask at the same time.
const CONNECTIONS: usize = 16;
/// So many assertions are prepared for each second of measuring.
const PREPARED: usize = 12_000;
/// What was promised: tokens per second and core.
const PROMISED: f64 = 2_400.0;
/// What was promised: milliseconds for the page to sign in.
const PAGE: f64 = 5.0;

/// Measures tokens by secret and by signature, and the page to sign in.
pub async fn measure(settings: &Settings, table: &mut Table) -> Outcome {
    mention("tokens: for machines, by secret and by signature");
    let site = Site::make(settings)?;
    let (node, _) = site.start().await?;
    let time = (settings.time() / 5).max(Duration::from_millis(200));
    let bare = bare_signatures(time)?;
    let key = SigningKey::generate(Algorithm::Es256, None).map_err(|it| it.to_string())?;
    let secret = register(&site, "bench-with-secret", "client_secret_post", &json!({})).await?;
    let jwks = json!({ "keys": [key.public()] });
    register(&site, "bench-with-key", "private_key_jwt", &jwks).await?;

    let by_secret = form(&[
        ("grant_type", "client_credentials"),
        ("client_id", "bench-with-secret"),
        ("client_secret", &secret),
    ]);
    let same = vec![by_secret; 64];
    add(table, "client secret", per_core(&site, node.id(), &same, time).await?, bare);
    let signed = assertions(&site, &key, PREPARED * usize::try_from(time.as_secs()).unwrap_or(1).max(1))?;
    add(table, "private_key_jwt", per_core(&site, node.id(), &signed, time).await?, bare);
    page(&site, table, time).await
}

fn add(table: &mut Table, how: &str, measured: f64, limit: f64) {
    table.figures.push(Figure {
        what: format!("tokens for machines, by {how}, each core"),
        measured,
        unit: "/s",
        limit,
        limit_is: "bare ES256 signatures",
        promise: Promise::AtLeast(PROMISED),
    });
}

/// ES256 signatures on one core, of something as long as a token.
fn bare_signatures(time: Duration) -> Outcome<f64> {
    let key = SigningKey::generate(Algorithm::Es256, None).map_err(|it| it.to_string())?;
    let claims = json!({ "text": "x".repeat(400) });
    let header = json!({ "typ": "at+jwt", "alg": "ES256" });
    let (began, mut count) = (Instant::now(), 0_u32);
    while began.elapsed() < time {
        key.sign_with_header(&header, &claims).map_err(|it| it.to_string())?;
        count += 1;
    }
    Ok(f64::from(count) / began.elapsed().as_secs_f64())
}

/// Registers a client; answers its secret, if it has one.
async fn register(site: &Site, id: &str, method: &str, jwks: &Value) -> Outcome<String> {
    let token = fs::read_to_string(site.data().join("admin-token")).map_err(|it| it.to_string())?;
    let mut settings = json!({ "scopes": ["identity.read_people"] });
    if jwks.get("keys").is_some()
        && let Some(settings) = settings.as_object_mut()
    {
        settings.insert("jwks".to_owned(), jwks.clone());
    }
    let body =
        json!({ "clientId": id, "tenant": "bench", "name": id, "authMethod": method, "settings": settings });
    let client = reqwest::Client::builder().no_proxy().build().map_err(|it| it.to_string())?;
    let sent =
        client.post(format!("{}/api/v1/identity/clients", site.base())).bearer_auth(token.trim()).json(&body);
    let answer =
        sent.send().await.and_then(reqwest::Response::error_for_status).map_err(|it| it.to_string())?;
    let made: Value = answer.json().await.map_err(|it| it.to_string())?;
    Ok(made.get("clientSecret").and_then(Value::as_str).unwrap_or_default().to_owned())
}

/// Requests that each prove the client anew.
fn assertions(site: &Site, key: &SigningKey, count: usize) -> Outcome<Vec<Vec<u8>>> {
    let issuer = site.issuer();
    let expires = Clock::Real.now() / SECOND + 600;
    (0..count)
        .map(|number| {
            let claims = json!({
                "iss": "bench-with-key", "sub": "bench-with-key", "aud": issuer,
                "jti": number.to_string(), "exp": expires,
            });
            let claims = claims.as_object().cloned().unwrap_or_default();
            let made = key.sign(None, &claims).map_err(|it| it.to_string())?;
            Ok(form(&[
                ("grant_type", "client_credentials"),
                ("client_assertion_type", assertion::TYPE),
                ("client_assertion", &made),
            ]))
        })
        .collect()
}

fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    let escape = |text: &str| text.replace('+', "%2B").replace('=', "%3D").replace('&', "%26");
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    let body = body.join("&");
    format!(
        "POST /oidc/token HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Tokens for each second that the node kept a core busy.
async fn per_core(site: &Site, process: u32, requests: &[Vec<u8>], time: Duration) -> Outcome<f64> {
    let port = site.port();
    let before = machine::busy(process)?;
    let began = Instant::now();
    let share = requests.len().div_ceil(CONNECTIONS).max(1);
    let unlike = requests.first() != requests.get(1);
    let tasks: Vec<_> = requests
        .chunks(share)
        .map(|mine| {
            let mine = mine.to_vec();
            tokio::spawn(async move {
                let mut stream =
                    TcpStream::connect(("127.0.0.1", port)).await.map_err(|it| it.to_string())?;
                stream.set_nodelay(true).map_err(|it| it.to_string())?;
                let mut count = 0_u32;
                // Each assertion is good once; the same secret is good for ever.
                let rounds = if unlike { 1 } else { usize::MAX };
                for request in mine.iter().cycle().take(mine.len().saturating_mul(rounds)) {
                    if began.elapsed() >= time {
                        break;
                    }
                    ask(&mut stream, request).await?;
                    count += 1;
                }
                Ok::<u32, String>(count)
            })
        })
        .collect();
    let mut count = 0;
    for task in tasks {
        count += task.await.map_err(|it| it.to_string())??;
    }
    let busy = machine::busy(process)? - before;
    if busy <= 0.0 { Err("the node was not busy".to_owned()) } else { Ok(f64::from(count) / busy) }
}

async fn ask(stream: &mut TcpStream, request: &[u8]) -> Outcome<Vec<u8>> {
    stream.write_all(request).await.map_err(|it| it.to_string())?;
    let mut answer = Vec::with_capacity(4096);
    loop {
        let read = stream.read_buf(&mut answer).await.map_err(|it| it.to_string())?;
        if read == 0 {
            return Err("the connection was closed in the middle of an answer".to_owned());
        }
        if crate::look_up::complete(&answer) {
            break;
        }
    }
    if answer.starts_with(b"HTTP/1.1 200") {
        return Ok(answer);
    }
    Err(format!("the node refused: {}", String::from_utf8_lossy(&answer)))
}

/// How long the page to sign in takes, with a connection of its own; beside the page that says how the node is.
async fn page(site: &Site, table: &mut Table, time: Duration) -> Outcome {
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|it| it.to_string())?;
    let begun = client.get(format!("{}/sign-in", site.base())).send().await.map_err(|it| it.to_string())?;
    let header = |name: &str| begun.headers().get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
    let path = header("location").ok_or("the page to sign in does not begin")?;
    let cookie = header("set-cookie").and_then(|it| it.split(';').next().map(str::to_owned));
    let cookie = cookie.ok_or("the page to sign in sets no cookie")?;
    let get = |path: &str| {
        format!("GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n").into_bytes()
    };
    let measured = milliseconds(site.port(), &get(&path), time / 2).await?;
    let limit = milliseconds(site.port(), &get("/health/live"), time / 2).await?;
    table.figures.push(Figure {
        what: "page to sign in".to_owned(),
        measured,
        unit: "ms",
        limit,
        limit_is: "the smallest answer of the node",
        promise: Promise::AtMost(PAGE),
    });
    Ok(())
}

async fn milliseconds(port: u16, request: &[u8], time: Duration) -> Outcome<f64> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.map_err(|it| it.to_string())?;
    stream.set_nodelay(true).map_err(|it| it.to_string())?;
    let (began, mut all) = (Instant::now(), Vec::new());
    while began.elapsed() < time {
        let one = Instant::now();
        ask(&mut stream, request).await?;
        all.push(one.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(machine::median(all))
}
