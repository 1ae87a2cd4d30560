//! `fachwerk directory …`: over the interface of a running node (`--url`), or of the node in the data directory.

use super::{Global, Outcome, Trouble, api::Node, mention, say};
use clap::Subcommand;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Regions, public services, offices and competence.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Says which office is competent for a public service at a place, and why.
    Find {
        /// The 14-digit key of the public service (LeiKa).
        #[arg(long, value_name = "KEY")]
        service: String,
        /// A place: name, postcode or region key.
        #[arg(long, value_name = "TEXT")]
        place: String,
    },
    /// Reads a newer official register (GV100AD); shows what would change, and puts it into effect with --activate.
    ImportRegions {
        /// The official file.
        file: PathBuf,
        /// Puts it into effect.
        #[arg(long)]
        activate: bool,
    },
}

/// Carries out a command.
pub(crate) async fn carry_out(global: &Global, command: Command) -> Outcome {
    let node = Node::of(global).await?;
    match command {
        Command::Find { service, place } => find(global, &node, &service, &place).await,
        Command::ImportRegions { file, activate } => import(global, &node, &file, activate).await,
    }
}

async fn find(global: &Global, node: &Node<'_>, public_service: &str, place: &str) -> Outcome {
    let found = node.get(&format!("/api/v1/directory/places?limit=10&q={}", encode(place))).await?;
    let places = found.get("places").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(first) = places.first() else {
        return Err(Trouble::Said(format!("no place in Germany fits “{place}”; try its postcode")));
    };
    let region = first.get("ars").and_then(Value::as_str).unwrap_or_default();
    let path = format!(
        "/api/v1/directory/competence?publicService={}&region={}",
        encode(public_service),
        encode(region)
    );
    let competence = node.get(&path).await?;
    let others: Vec<&Value> = places.iter().skip(1).collect();
    if global.json {
        return say(&json!({ "place": first, "competence": competence, "otherPlaces": others }).to_string());
    }
    let text =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    say(&format!("{} ({})", text(first, "name"), region))?;
    let office = competence.get("office").map_or_else(String::new, |it| match it {
        Value::String(name) => name.clone(),
        other => text(other, "name"),
    });
    say(&format!("  competent: {office}"))?;
    let rule = competence.get("rule").cloned().unwrap_or_default();
    say(&format!("  because:   {}", text(&rule, "text")))?;
    say(&format!("  sends to:  {}", text(&competence, "destinationId")))?;
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|it| text(it, "name")).collect();
        mention(&format!("other places that fit: {}", names.join(", ")));
    }
    Ok(())
}

async fn import(global: &Global, node: &Node<'_>, file: &std::path::Path, activate: bool) -> Outcome {
    let bytes = std::fs::read(file).map_err(|it| Trouble::Said(format!("{}: {it}", file.display())))?;
    let preview = node.ask("POST", "/api/v1/directory/datasets", "application/octet-stream", bytes).await?;
    let id = preview.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    if activate {
        node.ask(
            "POST",
            &format!("/api/v1/directory/datasets/{id}/activation"),
            "application/json",
            b"{}".to_vec(),
        )
        .await?;
    }
    if global.json {
        return say(&json!({ "preview": preview, "activated": activate }).to_string());
    }
    let text = serde_json::to_string_pretty(&preview).map_err(|it| Trouble::Said(it.to_string()))?;
    say(&text)?;
    mention(if activate {
        "the register is in effect"
    } else {
        "nothing has changed yet; repeat with --activate to put it into effect"
    });
    Ok(())
}

/// Percent-encoding for a query.
fn encode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
