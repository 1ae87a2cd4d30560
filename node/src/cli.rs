//! The command line: stdout is data, stderr is talk.

mod api;
mod audit;
mod backup;
mod catalogue;
mod cbom;
mod check;
mod delivery;
mod directory;
mod doctor;
mod identity;
mod overlay;
mod rollout;
mod sbom;
mod serve;

use crate::{Config, House, config::Fault, house::Broken};
use clap::{Args, Parser, Subcommand};
use std::{io::Write, net::SocketAddr, path::PathBuf, process::ExitCode};

/// Runs, connects and checks the Deutschland-Stack.
#[derive(Parser)]
#[command(
    name = "fachwerk",
    version,
    about = "Runs, connects and checks the Deutschland-Stack.",
    disable_help_subcommand = true
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What means the same for every command.
#[derive(Args, Clone)]
pub(crate) struct Global {
    /// The configuration file (TOML); without one everything has its default.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data directory.
    #[arg(long, global = true, value_name = "DIR", default_value = "./var")]
    data: PathBuf,
    /// A running node to ask, for commands that need one.
    #[arg(long, global = true, value_name = "URL")]
    url: Option<String>,
    /// The token for that node; read from DIR/admin-token where nothing is said.
    #[arg(long, global = true, value_name = "TOKEN")]
    token: Option<String>,
    /// Answers as JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the node.
    Serve {
        /// Where to listen.
        #[arg(long, value_name = "ADDR")]
        listen: Option<SocketAddr>,
        /// Where to listen for TLS.
        #[arg(long, value_name = "ADDR")]
        tls_listen: Option<SocketAddr>,
        /// Makes a demo tenant, office, clients and keys; lets self-signed certificates through and says so.
        #[arg(long)]
        demo: bool,
    },
    /// Serves the desk: the receiving side, run by an office. The node never sees its keys.
    Desk {
        /// Where to listen.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8090")]
        listen: SocketAddr,
        /// The folder with the office's keys and desk.toml; DIR/demo/office where nothing is said.
        #[arg(long, value_name = "DIR")]
        office: Option<PathBuf>,
    },
    /// Brings the database up to date and ends.
    Migrate,
    /// Looks whether everything is in order and says what is not.
    Doctor,
    /// What is configured.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Copies database, content and keys into a new folder, also while the node runs.
    Backup {
        /// The folder to make.
        folder: PathBuf,
    },
    /// Puts a backup into an empty data directory.
    Restore {
        /// The folder that a backup made.
        folder: PathBuf,
    },
    /// Prints a token for the clerks of a tenant (or, without one, the operator's).
    Token {
        /// The tenant.
        #[arg(long)]
        tenant: Option<String>,
    },
    /// Makes a new key of each kind. A running node publishes them at once and signs with them after a while; older ones
    /// can still be checked.
    RotateKey,
    /// Regions, public services, offices and competence.
    Directory {
        #[command(subcommand)]
        command: directory::Command,
    },
    /// People, their links, clients, and the emergency access.
    Identity {
        #[command(subcommand)]
        command: identity::Command,
    },
    /// Destinations, keys and clients.
    Delivery {
        #[command(subcommand)]
        command: delivery::Command,
    },
    /// The record of what was done: whether it is what it was, and witnesses of it.
    Audit {
        #[command(subcommand)]
        command: audit::Command,
    },
    /// Holds files and folders against requirements; needs no node and no network.
    Check(check::Asked),
    /// Bills of materials: repairs them.
    Sbom {
        #[command(subcommand)]
        command: sbom::Command,
    },
    /// Maps of building blocks: lints, compares and converts them.
    Catalogue {
        #[command(subcommand)]
        command: catalogue::Command,
    },
    /// Lays maps over each other: what is the same, who serves what, what can be reused; needs no node and no network.
    Overlay(overlay::Asked),
    /// How far public services are rolled out: imports figures and says rates.
    Rollout {
        #[command(subcommand)]
        command: rollout::Command,
    },
    /// Prints the cryptographic bill of materials of this node (JSON).
    Cbom,
    /// Prints the description of the interface (OpenAPI).
    Openapi,
    /// Prints all errors with their meaning (Markdown).
    Faults,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Reads the configuration and says what is wrong with it.
    Check,
}

/// Why a command did not do what it should.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The node could not be opened.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// Anything that a sentence explains.
    #[error("{0}")]
    Said(String),
    /// The command did its work and ends with a code of its own.
    #[error("{0}")]
    Ended(Ending),
}

/// How a command ends that has more to say than that it failed.
#[derive(Debug)]
pub(crate) struct Ending {
    /// The exit code.
    pub code: u8,
    /// What is said on standard error; may be empty.
    pub words: String,
}

impl std::fmt::Display for Ending {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.words)
    }
}

impl From<Fault> for Trouble {
    fn from(it: Fault) -> Self {
        Self::Broken(it.into())
    }
}

impl From<kernel::Error> for Trouble {
    fn from(it: kernel::Error) -> Self {
        Self::Said(match it.cause() {
            Some(cause) => format!("{it} ({cause})"),
            None => it.to_string(),
        })
    }
}

pub(crate) use delivery::make_pair;

type Outcome = Result<(), Trouble>;

/// Runs the command of this process.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(it) => it,
        Err(it) => {
            let _ = it.print();
            return ExitCode::from(u8::try_from(it.exit_code()).unwrap_or(2));
        }
    };
    // What works on files needs no runtime.
    let done = match &cli.command {
        Command::Check(asked) => Some(check::carry_out(&cli.global, asked)),
        Command::Sbom { command } => Some(sbom::carry_out(command)),
        Command::Catalogue { command } => Some(catalogue::carry_out(&cli.global, command)),
        Command::Overlay(asked) => Some(overlay::carry_out(&cli.global, asked)),
        _ => None,
    };
    if let Some(outcome) = done {
        return outcome.map_or_else(|it| complain(&it), |()| ExitCode::SUCCESS);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(it) => it,
        Err(cause) => return complain(&Trouble::Said(format!("the runtime did not start: {cause}"))),
    };
    match runtime.block_on(carry_out(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => complain(&trouble),
    }
}

async fn carry_out(cli: Cli) -> Outcome {
    let global = &cli.global;
    match cli.command {
        Command::Serve { listen, tls_listen, demo } => serve::node(global, listen, tls_listen, demo).await,
        Command::Desk { listen, office } => serve::desk(global, listen, office).await,
        Command::Migrate => {
            let house = global.house().await?;
            say(&format!("{} is up to date", house.frame.db().engine()))
        }
        Command::Doctor => doctor::examine(global).await,
        Command::Config { command: ConfigCommand::Check } => doctor::check_config(global),
        Command::Backup { folder } => backup::backup(global, &folder).await,
        Command::Restore { folder } => backup::restore(global, &folder),
        Command::Token { tenant } => {
            if !global.data.join("admin-token").exists() {
                let there = global.data.display();
                return Err(Trouble::Said(format!(
                    "there is no node in {there}; `fachwerk serve` makes one"
                )));
            }
            let token = crate::admin::AdminToken::load_or_make(&global.data)?;
            say(&tenant.map_or_else(|| token.as_str().to_owned(), |it| token.for_tenant(&it)))
        }
        Command::RotateKey => {
            let now = kernel::Clock::Real.now();
            crate::keyring::rotate(&global.read_config()?, &global.data, now)?
                .iter()
                .try_for_each(|it| say(it))
        }
        Command::Audit { command } => audit::carry_out(global, command).await,
        Command::Cbom => cbom::print(global).await,
        Command::Check(_) | Command::Sbom { .. } | Command::Catalogue { .. } | Command::Overlay(_) => Ok(()),
        Command::Directory { command } => directory::carry_out(global, command).await,
        Command::Rollout { command } => rollout::carry_out(global, command).await,
        Command::Identity { command } => identity::carry_out(global, command).await,
        Command::Delivery { command } => delivery::carry_out(global, command).await,
        Command::Openapi => {
            let blocks = crate::wiring::for_reference(&global.data)?;
            let document = crate::openapi_document(&blocks).to_pretty_json();
            say(&document.map_err(|it| Trouble::Said(it.to_string()))?)
        }
        Command::Faults => {
            let blocks = crate::wiring::for_reference(&global.data)?;
            say(crate::pages::faults_as_markdown(&blocks).trim_end())
        }
    }
}

impl Global {
    fn read_config(&self) -> Result<Config, Fault> {
        Config::read(self.config.as_deref())
    }

    /// The node in the data directory, opened for a command.
    async fn house(&self) -> Result<House, Trouble> {
        Ok(House::open(self.read_config()?, &self.data, false).await?)
    }
}

/// Writes a line of data.
pub(crate) fn say(text: &str) -> Outcome {
    match writeln!(std::io::stdout().lock(), "{}", tamed(text)) {
        // Whoever reads has read enough.
        Err(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome.map_err(|it| Trouble::Said(it.to_string())),
    }
}

/// Text of others must not steer the terminal it is shown on.
fn tamed(text: &str) -> std::borrow::Cow<'_, str> {
    let steers = |it: char| it.is_control() && !matches!(it, '\n' | '\t');
    if text.contains(steers) { text.replace(steers, "\u{fffd}").into() } else { text.into() }
}

/// Writes a line of talk.
pub(crate) fn mention(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", tamed(text));
}

fn complain(trouble: &Trouble) -> ExitCode {
    if let Trouble::Ended(it) = trouble {
        if !it.words.is_empty() {
            mention(&format!("fachwerk: {it}"));
        }
        return ExitCode::from(it.code);
    }
    mention(&format!("fachwerk: {trouble}"));
    ExitCode::FAILURE
}
