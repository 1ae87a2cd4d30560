//! A whole round trip against the demo: `cargo run -p client --example round_trip [DIR/demo]`.

use client::fitconnect::jwk::{KeyUse, PrivateJwk};
use client::{Client, Fetched, PublicService, Source, Trust};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let demo = std::env::args().nth(1).unwrap_or_else(|| "var/demo".to_owned());
    let read = |name: &str| std::fs::read(format!("{demo}/{name}"));
    let clients: Value = serde_json::from_slice(&read("clients.json")?)?;
    let connect = |of: &Value| {
        let text = |from: &Value, name: &str| from[name].as_str().unwrap_or_default().to_owned();
        let (base, id) = (text(&clients, "base_url"), text(of, "client_id"));
        Client::connect(&base, &id, &text(of, "client_secret")).map(|it| it.trusting(Trust::AllowSelfSigned))
    };
    // The office: its client, its destination, its private keys.
    let office = connect(&serde_json::from_slice(&read("office/client.json")?)?)?;
    let destination = office.destinations().list().await?.first().ok_or("no destination")?.destination_id;
    let decrypt: PrivateJwk = serde_json::from_slice(&read("office/encryption.jwk")?)?;
    let sign = serde_json::from_slice(&read("office/signing.jwk")?)?;
    let subscriber = office.subscriber(destination, &[decrypt], &sign)?;
    // The citizen's side encrypts data and attachment to the office and asks for replies to a key of its own.
    let sender = connect(clients.pointer("/clients/0").ok_or("no sender")?)?;
    let mine = PrivateJwk::generate("my-reply-key", KeyUse::Encrypt)?;
    let public_service = PublicService::new("urn:fachwerk:form:ehrenamtskarte", "Ehrenamtskarte");
    let out = sender.submission(destination, public_service).data_json(&json!({ "familyName": "Muster" }));
    let out = out.attachment("proof.pdf", "application/pdf", Source::bytes("%PDF-1.7 …"));
    let sent = out.reply_key(mine.public()).send().await?;
    // The office fetches, checks, accepts and answers.
    match subscriber.fetch(sent.id).await? {
        Fetched::Faulty(faulty) => subscriber.reject(&faulty.reference, faulty.problems).await?,
        Fetched::Sound(received) => {
            eprintln!("received: {}", String::from_utf8_lossy(&received.data.ok_or("no data")?.bytes));
            subscriber.accept(&received.reference).await?;
            let key = received.reply_key.ok_or("no key for replies")?;
            subscriber.reply(sent.case_id, key).text("Bescheid", "Erledigt.").send().await?;
        }
    }
    // The citizen's side reads what came back.
    for waiting in sender.replies().await?.into_iter().filter(|it| it.case_id == sent.case_id) {
        let reply = sender.fetch_reply(waiting.reply_id, &mine).await?;
        eprintln!("reply: {}", String::from_utf8_lossy(&reply.data.ok_or("no data")?.bytes));
    }
    Ok(())
}
