//! Packs the checked-in data files, so that the binary carries them compressed.

use flate2::{Compression, write::GzEncoder};
use std::{env, fs, io, io::Write, path::Path};

const FILES: [(&str, &str); 3] = [
    ("regions/regions.csv", "regions.csv.gz"),
    ("regions/postcodes.csv", "postcodes.csv.gz"),
    ("public-services/leika-2019.csv", "leika-2019.csv.gz"),
];

fn main() -> io::Result<()> {
    let folder = |name| env::var_os(name).ok_or_else(|| io::Error::other(format!("cargo sets {name}")));
    // Asked when it runs, not when it is compiled: two checkouts may share one target folder.
    let root = Path::new(&folder("CARGO_MANIFEST_DIR")?).join("../../data");
    let out = folder("OUT_DIR")?;
    for (from, to) in FILES {
        let source = root.join(from);
        println!("cargo::rerun-if-changed={}", source.display());
        let content =
            fs::read(&source).map_err(|cause| io::Error::other(format!("{}: {cause}", source.display())))?;
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&content)?;
        fs::write(Path::new(&out).join(to), packed.finish()?)?;
    }
    Ok(())
}
