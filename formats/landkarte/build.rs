//! Packs the shipped map, so that the binary carries it compressed.

use flate2::{Compression, write::GzEncoder};
use std::{env, fs, io, io::Write, path::Path};

fn main() -> io::Result<()> {
    let folder = |name| env::var_os(name).ok_or_else(|| io::Error::other(format!("cargo sets {name}")));
    // Asked when it runs, not when it is compiled: two checkouts may share one target folder.
    let data = Path::new(&folder("CARGO_MANIFEST_DIR")?).join("../../data/landkarte");
    let source = data.join("deutschland-stack.yaml");
    println!("cargo::rerun-if-changed={}", source.display());
    let content =
        fs::read(&source).map_err(|cause| io::Error::other(format!("{}: {cause}", source.display())))?;
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&content)?;
    fs::write(Path::new(&folder("OUT_DIR")?).join("deutschland-stack.yaml.gz"), packed.finish()?)
}
