//! `fachwerk identity …`: people, their links, and clients, over the interface of a running node.

mod client;

use super::{Global, Outcome, api, mention, say};
use clap::{Args, Subcommand};
use reqwest::Method;
use serde_json::{Value, json};

/// People, clients, and the emergency access.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// People with accounts.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Programs that sign people in here or act in their own name.
    Client {
        #[command(subcommand)]
        command: client::Command,
    },
    /// Makes a link for an emergency: whoever opens it administers the node for an hour, and everybody sees it.
    BreakGlass {
        /// Why, for whoever checks it later.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// What can be done with people.
#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// Makes an account; its link to sign in is printed once.
    Add(NewUser),
    /// Lists people.
    List {
        /// Words in the name.
        #[arg(default_value = "")]
        words: String,
    },
    /// Locks an account and ends its sessions.
    Lock {
        /// The person's id.
        person: String,
    },
    /// Unlocks an account.
    Unlock {
        /// The person's id.
        person: String,
    },
    /// Makes a new link for somebody who has lost every other way in.
    Link {
        /// The person's id.
        person: String,
    },
}

/// Somebody to be invited.
#[derive(Args)]
pub(crate) struct NewUser {
    /// What they are called.
    #[arg(long)]
    name: String,
    /// For which tenant they act; nothing for the whole node.
    #[arg(long, default_value = "")]
    tenant: String,
    /// What they are: admin, clerk, auditor or a tenant's own role.
    #[arg(long, default_value = "")]
    role: String,
    /// How sure it is who they are: normal, or substantial if you have checked a document.
    #[arg(long, default_value = "normal")]
    level: String,
}

/// Carries out a command.
pub(crate) async fn carry_out(global: &Global, command: Command) -> Outcome {
    let url = global.url.as_deref().unwrap_or("http://localhost:8080");
    match command {
        Command::User { command } => user(global, url, command).await,
        Command::Client { command } => client::carry_out(global, url, command).await,
        Command::BreakGlass { reason } => {
            let body = json!({ "reason": reason });
            let made =
                api::ask(global, url, Method::POST, "/api/v1/identity/break-glass", Some(&body)).await?;
            link(global, &made)
        }
    }
}

async fn user(global: &Global, url: &str, command: UserCommand) -> Outcome {
    let of = |person: &str, what: &str| format!("/api/v1/identity/people/{person}/{what}");
    match command {
        UserCommand::Add(it) => {
            let body = json!({ "name": it.name, "tenant": it.tenant, "role": it.role, "level": it.level });
            link(global, &api::ask(global, url, Method::POST, "/api/v1/identity/people", Some(&body)).await?)
        }
        UserCommand::List { words } => {
            let words: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
            let found =
                api::get(global, url, &format!("/api/v1/identity/people?words={words}&limit=200")).await?;
            list(global, &found)
        }
        UserCommand::Lock { person } => {
            api::ask(global, url, Method::POST, &of(&person, "lock"), None).await?;
            say("locked")
        }
        UserCommand::Unlock { person } => {
            api::ask(global, url, Method::POST, &of(&person, "unlock"), None).await?;
            say("unlocked")
        }
        UserCommand::Link { person } => {
            link(global, &api::ask(global, url, Method::POST, &of(&person, "link"), None).await?)
        }
    }
}

fn link(global: &Global, made: &Value) -> Outcome {
    if global.json {
        return say(&made.to_string());
    }
    mention("this link is good once and is shown only now");
    say(made.get("link").and_then(Value::as_str).unwrap_or_default())
}

fn list(global: &Global, found: &Value) -> Outcome {
    if global.json {
        return say(&found.to_string());
    }
    for it in found.get("people").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| it.get(name).and_then(Value::as_str).unwrap_or_default();
        let locked = it.get("locked").and_then(Value::as_bool).unwrap_or_default();
        say(&format!(
            "{}\t{}\t{}\t{}",
            text("id"),
            text("tenant"),
            text("name"),
            if locked { "locked" } else { "" }
        ))?;
    }
    Ok(())
}
