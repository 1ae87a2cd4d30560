//! The browser side: packages from npm as the lock file has them, then the bundles.

use crate::{
    Outcome,
    machine::{root, run},
};
use std::{fs, time::SystemTime};

/// Installs the packages where the lock file is newer, and builds `web/dist`.
pub fn build() -> Outcome {
    let web = root().join("web");
    let age = |path: &str| -> Option<SystemTime> { fs::metadata(web.join(path)).ok()?.modified().ok() };
    if age("node_modules/.package-lock.json") < age("package-lock.json") {
        run(&["npm", "ci", "--prefix", "web", "--no-audit", "--no-fund", "--loglevel=error"], &[])?;
    }
    run(&["npm", "run", "build", "--prefix", "web", "--silent"], &[])
}
