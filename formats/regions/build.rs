//! Packs the checked-in data files, so that the binary carries them compressed.

use flate2::{Compression, write::GzEncoder};
use std::{env, fs, io, io::Write, path::Path};

const FILES: [(&str, &str); 3] = [
    ("regions/regions.csv", "regions.csv.gz"),
    ("regions/postcodes.csv", "postcodes.csv.gz"),
    ("public-services/leika-2019.csv", "leika-2019.csv.gz"),
];

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    for (from, to) in FILES {
        let source = root.join(from);
        println!("cargo::rerun-if-changed={}", source.display());
        // Before the very first import there are no files; the importer itself must still build.
        let content = fs::read(&source).unwrap_or_default();
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&content)?;
        fs::write(Path::new(&out).join(to), packed.finish()?)?;
    }
    Ok(())
}
