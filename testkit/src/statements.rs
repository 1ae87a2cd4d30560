//! Which SQL statements the tests executed, and on which engine: `make test` compares them with the stores.

use std::{
    collections::BTreeSet,
    fmt::Debug,
    fs::OpenOptions,
    io::Write,
    path::PathBuf,
    sync::{Mutex, Once},
};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, filter::Targets, layer::Context, prelude::*};

static STARTED: Once = Once::new();

/// Writes every statement that sqlx executes in this process to `target/statements/ENGINE.txt`, each once.
pub fn record(engine: &'static str) {
    STARTED.call_once(|| {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/statements");
        if std::fs::create_dir_all(&folder).is_err() {
            return;
        }
        let recorder = Recorder { file: folder.join(format!("{engine}.txt")), seen: Mutex::default() };
        let only = Targets::new().with_target("sqlx::query", tracing::Level::DEBUG);
        let _ = tracing_subscriber::registry().with(recorder.with_filter(only)).try_init();
    });
}

struct Recorder {
    file: PathBuf,
    seen: Mutex<BTreeSet<String>>,
}

impl<S: Subscriber> Layer<S> for Recorder {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        // sqlx gives short statements as their summary only.
        let text = if statement.whole.trim().is_empty() { statement.summary } else { statement.whole };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let Ok(mut seen) = self.seen.lock() else { return };
        if !text.is_empty()
            && seen.insert(text.clone())
            && let Ok(mut file) = OpenOptions::new().create(true).append(true).open(&self.file)
        {
            let _ = file.write_all(format!("{text}\n").as_bytes());
        }
    }
}

#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
