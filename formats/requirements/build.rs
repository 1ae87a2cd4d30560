//! Packs the checked-in requirements, so that the binary carries them compressed.

use flate2::{Compression, write::GzEncoder};
use std::{
    env, fs, io,
    io::Write,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let folder = |name| env::var_os(name).ok_or_else(|| io::Error::other(format!("cargo sets {name}")));
    // Asked when it runs, not when it is compiled: two checkouts may share one target folder.
    let root = Path::new(&folder("CARGO_MANIFEST_DIR")?).join("../../data/requirements");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(&root)?.map(|it| it.map(|it| it.path())).collect::<io::Result<_>>()?;
    files.retain(|it| it.extension().is_some_and(|it| it == "yaml"));
    files.sort();
    let mut texts: Vec<(String, String)> = Vec::new();
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        texts.push((format!("data/requirements/{name}"), fs::read_to_string(file)?));
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&serde_json::to_vec(&texts)?)?;
    fs::write(Path::new(&folder("OUT_DIR")?).join("requirements.json.gz"), packed.finish()?)
}
