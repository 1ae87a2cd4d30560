//! The machine: a figure without it means nothing.

use crate::Outcome;
use kernel::Clock;
use std::{net::TcpListener, time::Duration};

/// Cores, memory, processor, kernel and date in one line.
pub fn describe() -> String {
    let cores = cores();
    let processor = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory =
        line_of("/proc/meminfo", "MemTotal").and_then(|it| it.split(' ').next()?.parse::<u64>().ok());
    let memory = memory.unwrap_or_default() / 1024 / 1024;
    let kind = if cfg!(debug_assertions) { "debug build" } else { "release build" };
    let system = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{cores} cores ({processor}), {memory} GiB, Linux {}, {}, {kind}", system.trim(), today())
}

/// How many cores there are.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn line_of(file: &str, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find(|it| it.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// Today as year-month-day, UTC.
fn today() -> String {
    let now = jiff::Timestamp::from_microsecond(Clock::Real.now()).unwrap_or_default();
    now.strftime("%Y-%m-%d").to_string()
}

/// A port that is free now.
pub fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|it| it.to_string())?;
    Ok(listener.local_addr().map_err(|it| it.to_string())?.port())
}

/// Resident memory of a process now and at its highest, megabytes of a million bytes.
pub fn memory_of(process: u32) -> Outcome<(f64, f64)> {
    let file = format!("/proc/{process}/status");
    let megabytes = |key: &str| {
        let line = line_of(&file, key).ok_or_else(|| format!("{file} says nothing about {key}"))?;
        let kibibytes = line.split(' ').next().and_then(|it| it.parse::<f64>().ok());
        kibibytes.map(|it| it * 1024.0 / 1e6).ok_or_else(|| format!("{file}: {line}"))
    };
    Ok((megabytes("VmRSS")?, megabytes("VmHWM")?))
}

/// How many bytes a process has read so far, from files and otherwise (proc(5), `rchar`).
pub fn bytes_read(process: u32) -> Outcome<f64> {
    let file = format!("/proc/{process}/io");
    let line = line_of(&file, "rchar").ok_or_else(|| format!("{file} says nothing about rchar"))?;
    line.parse().map_err(|it| format!("{file}: {it}"))
}

/// For how many seconds a process has kept processors busy, in its own code and in the system's.
pub fn busy(process: u32) -> Outcome<f64> {
    /// How the system counts such times (proc(5), `_SC_CLK_TCK` on every Linux that there is).
    const TICKS: f64 = 100.0;
    let file = format!("/proc/{process}/stat");
    let text = std::fs::read_to_string(&file).map_err(|it| format!("{file}: {it}"))?;
    // The second field is a name in parentheses, which can hold anything.
    let rest = text.rsplit_once(')').map(|it| it.1).unwrap_or_default();
    let fields: Vec<f64> =
        rest.split_whitespace().skip(11).take(2).filter_map(|it| it.parse().ok()).collect();
    if fields.len() < 2 {
        return Err(format!("{file} says nothing about time"));
    }
    Ok(fields.iter().sum::<f64>() / TICKS)
}

/// The middle one of several measurements.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A repeatable sequence of numbers (the algorithm `SplitMix64`).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// The next number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }

    /// A duration between two others.
    pub fn between(&mut self, least: Duration, most: Duration) -> Duration {
        let span = u64::try_from(most.saturating_sub(least).as_micros()).unwrap_or(u64::MAX);
        least + Duration::from_micros(self.below(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_the_middle() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn chance_repeats_itself() {
        let numbers = |seed| {
            let mut chance = Chance(seed);
            [chance.below(1000), chance.below(1000), chance.below(1000)]
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
    }
}
