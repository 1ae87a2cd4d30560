//! The program.

use std::process::ExitCode;

fn main() -> ExitCode {
    bench::run()
}
