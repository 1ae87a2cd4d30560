//! Packs the checked-in schemas, so that the binary carries them compressed.

use flate2::{Compression, write::GzEncoder};
use std::{env, fs, io, io::Write, path::Path};

const FILES: [&str; 10] = [
    "cyclonedx-1.2",
    "cyclonedx-1.3",
    "cyclonedx-1.4",
    "cyclonedx-1.5",
    "cyclonedx-1.6",
    "cyclonedx-1.7",
    "cyclonedx-cryptography",
    "cyclonedx-licences",
    "spdx-2.3",
    "spdx-3.0.1",
];

fn main() -> io::Result<()> {
    let folder = |name| env::var_os(name).ok_or_else(|| io::Error::other(format!("cargo sets {name}")));
    // Asked when it runs, not when it is compiled: two checkouts may share one target folder.
    let root = Path::new(&folder("CARGO_MANIFEST_DIR")?).join("../../data/schemas");
    let out = folder("OUT_DIR")?;
    for file in FILES {
        let source = root.join(format!("{file}.json"));
        println!("cargo::rerun-if-changed={}", source.display());
        let content =
            fs::read(&source).map_err(|cause| io::Error::other(format!("{}: {cause}", source.display())))?;
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&content)?;
        fs::write(Path::new(&out).join(format!("{file}.json.gz")), packed.finish()?)?;
    }
    Ok(())
}
