//! A program as a whole process: how long it takes, and in a run of its own what it holds and reads, since watching costs time.

use crate::{Outcome, machine};
use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// What one run took.
pub struct Run {
    /// From the start of the process to its end.
    pub seconds: f64,
    /// Megabytes at the highest.
    pub memory: f64,
    /// Bytes read in all.
    pub read: f64,
}

/// The seconds of several runs, the middle one, with nothing beside them; each `command` is made anew.
pub fn timed(turns: usize, command: impl Fn() -> Command) -> Outcome<f64> {
    let once = |_| {
        let began = Instant::now();
        let mut command = command();
        let status = quiet(&mut command).status().map_err(|it| it.to_string())?;
        let seconds = began.elapsed().as_secs_f64();
        if status.success() { Ok(seconds) } else { Err(format!("a run ended with {status}")) }
    };
    Ok(machine::median((0..turns).map(once).collect::<Outcome<_>>()?))
}

/// Runs a program once and watches it.
pub fn watched(mut command: Command) -> Outcome<Run> {
    let began = Instant::now();
    let mut child = quiet(&mut command).spawn().map_err(|it| it.to_string())?;
    let (mut memory, mut read) = (0.0_f64, 0.0_f64);
    loop {
        if let Some(status) = child.try_wait().map_err(|it| it.to_string())? {
            let seconds = began.elapsed().as_secs_f64();
            if !status.success() {
                return Err(format!("a run ended with {status}"));
            }
            return Ok(Run { seconds, memory, read });
        }
        if let Ok((_, highest)) = machine::memory_of(child.id()) {
            memory = memory.max(highest);
        }
        read = read.max(machine::bytes_read(child.id()).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::null()).stderr(Stdio::null())
}
