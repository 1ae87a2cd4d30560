//! `make run`: the node with its demo on :8080 and the desk on :8090, until one of them or the person ends it.

use crate::{
    Outcome,
    machine::{Server, root, wait_for},
};
use std::{process::Command, time::Duration};

/// Starts both and waits.
pub fn run() -> Outcome {
    let program = root().join("target/release/fachwerk");
    let start = |words: &[&str]| {
        Command::new(&program)
            .args(words)
            .current_dir(root())
            .spawn()
            .map(Server)
            .map_err(|it| format!("{}: {it}", program.display()))
    };
    let mut node = start(&["serve", "--demo"])?;
    wait_for(8080, "/health/ready", &mut node)?;
    let mut desk = start(&["desk"])?;
    loop {
        for (name, server) in [("node", &mut node), ("desk", &mut desk)] {
            if let Ok(Some(status)) = server.0.try_wait() {
                return if status.success() { Ok(()) } else { Err(format!("the {name} ended ({status})")) };
            }
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}
