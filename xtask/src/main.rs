#![doc = include_str!("../README.md")]

mod fuzz;
mod generate;
mod machine;
mod new_block;
mod run;
mod sbom;
mod statements;
mod suite;
mod tidy;
mod web;

use std::process::ExitCode;

/// What every task answers: nothing, or a sentence that says what is wrong.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["tidy"] => tidy::all(),
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["new-block", name] => new_block::draw(name),
        ["statements"] => statements::check(),
        ["web"] => web::build(),
        ["run"] => run::run(),
        ["sbom", binary] => sbom::write(binary),
        ["test"] => suite::all(),
        ["fuzz", words @ ..] => fuzz::all(words),
        ["strangers"] => suite::strangers(),
        ["with-postgres", "--", command @ ..] => suite::with_postgres(command),
        ["with-node", "--", command @ ..] => suite::with_node(command),
        _ => Err("usage: cargo xtask tidy | generate [--check] | new-block NAME | statements | strangers | web | sbom BINARY | run | test | \
                  fuzz [SECONDS [TARGET]] | with-postgres -- COMMAND | with-node -- COMMAND"
            .to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}
