#![doc = include_str!("../README.md")]

mod audit;
mod bare;
mod check;
mod crash;
mod delivery;
mod limit;
mod look_up;
mod machine;
mod map;
mod memory;
mod node;
mod office;
mod overlay;
mod parcel;
mod party;
mod process;
mod rollout;
mod start;
mod stored;
mod table;
mod tokens;

use clap::{Args, Parser, Subcommand};
use std::{io::Write, net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};
use table::Table;
use tempfile::TempDir;

/// What a measurement answers, or a sentence that says what went wrong.
type Outcome<T = ()> = Result<T, String>;

/// Measures what the node promises, each figure beside the limit of this machine.
#[derive(Parser)]
#[command(name = "bench", disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

/// What means the same for every measurement.
#[derive(Args, Clone)]
struct Settings {
    /// The node's binary; `fachwerk` beside this program where nothing is said.
    #[arg(long, global = true, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// The folder in which temporary data directories are made; the system's where nothing is said.
    #[arg(long, global = true, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// How long one measurement of a rate takes (15), or the longest load before a crash (1.5; 4 in a debug build).
    #[arg(long, global = true, value_name = "SECONDS")]
    seconds: Option<f64>,
    /// How many senders, each with a subscriber, work at the same time (24; 8 before a crash).
    #[arg(long, global = true, value_name = "N")]
    loops: Option<usize>,
    /// Answers as JSON.
    #[arg(long, global = true)]
    json: bool,
}

impl Settings {
    /// How long one measurement of a rate takes.
    fn time(&self) -> Duration {
        Duration::from_secs_f64(self.seconds.unwrap_or(15.0).clamp(0.1, 3600.0))
    }

    /// The longest load before a crash.
    fn time_before_crash(&self) -> Duration {
        let usual = if cfg!(debug_assertions) { 4.0 } else { 1.5 };
        Duration::from_secs_f64(self.seconds.unwrap_or(usual).clamp(0.1, 600.0))
    }

    /// How many senders and subscribers work at the same time, with what is usual there.
    fn loops(&self, usual: usize) -> usize {
        self.loops.unwrap_or(usual).clamp(1, 1000)
    }

    /// A fresh folder that ends with its owner.
    fn fresh_folder(&self) -> Outcome<TempDir> {
        let made = match &self.folder {
            Some(folder) => TempDir::new_in(folder),
            None => TempDir::new(),
        };
        made.map_err(|it| format!("no temporary folder: {it}"))
    }
}

#[derive(Subcommand)]
enum Command {
    /// Everything but the crashes.
    All,
    /// Whole submissions per second.
    Delivery,
    /// What the sealed record of all acts costs.
    Audit,
    /// Bills of materials, a process each time.
    Check,
    /// The page of a map with 20,000 elements.
    Map,
    /// 16 maps of 1,000 elements laid over each other, a process each time.
    Overlay,
    /// The roll-out page over all municipalities, 600 public services and 24 months.
    Rollout,
    /// Access tokens for machines, and the page to sign in.
    Tokens,
    /// Who is competent: over HTTP and in the index.
    LookUp,
    /// From the start of the process to the first answer.
    Start,
    /// Resident memory, idle and under load.
    Memory,
    /// Kills the node under load and compares what was acknowledged with what is stored.
    Crash {
        /// How often.
        #[arg(long, default_value_t = 10)]
        rounds: usize,
        /// Repeats the same random moments.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Answers every request with the bytes of a file: the limit of the look-up.
    #[command(hide = true)]
    Bare {
        /// Where to listen.
        #[arg(long)]
        listen: SocketAddr,
        /// The file.
        #[arg(long)]
        answer: PathBuf,
    },
}

/// Runs the command of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(it) => it,
        Err(it) => {
            let _ = it.print();
            return ExitCode::from(u8::try_from(it.exit_code()).unwrap_or(2));
        }
    };
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|it| format!("the runtime did not start: {it}"))
        .and_then(|runtime| runtime.block_on(carry_out(cli)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            mention(&format!("bench: {sentence}"));
            ExitCode::FAILURE
        }
    }
}

async fn carry_out(cli: Cli) -> Outcome {
    let settings = &cli.settings;
    let mut table = Table::default();
    match cli.command {
        Command::All => {
            start::measure(settings, &mut table).await?;
            look_up::measure(settings, &mut table).await?;
            let bare = memory::bare(settings).await?;
            let seen = delivery::measure(settings, &mut table).await?;
            memory::add(&mut table, bare, seen);
            audit::measure(settings, &mut table).await?;
            tokens::measure(settings, &mut table).await?;
            check::measure(settings, &mut table)?;
            map::measure(settings, &mut table).await?;
            overlay::measure(settings, &mut table)?;
            rollout::measure(settings, &mut table).await?;
        }
        Command::Check => check::measure(settings, &mut table)?,
        Command::Map => map::measure(settings, &mut table).await?,
        Command::Overlay => overlay::measure(settings, &mut table)?,
        Command::Rollout => rollout::measure(settings, &mut table).await?,
        Command::Audit => audit::measure(settings, &mut table).await?,
        Command::Delivery => drop(delivery::measure(settings, &mut table).await?),
        Command::LookUp => look_up::measure(settings, &mut table).await?,
        Command::Tokens => tokens::measure(settings, &mut table).await?,
        Command::Start => start::measure(settings, &mut table).await?,
        Command::Memory => {
            let bare = memory::bare(settings).await?;
            let seen = delivery::measure(settings, &mut Table::default()).await?;
            memory::add(&mut table, bare, seen);
        }
        Command::Crash { rounds, seed } => return crash::measure(settings, rounds, seed).await,
        Command::Bare { listen, answer } => return bare::serve(listen, &answer).await,
    }
    table.print(settings.json)
}

/// Writes a line of data.
fn say(text: &str) -> Outcome {
    writeln!(std::io::stdout().lock(), "{text}").map_err(|it| it.to_string())
}

/// Writes a line of talk.
fn mention(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
