//! Writes `data/` from the sources: `import_data GV100AD.txt plz_ags.csv leika.csv OUT`.

use std::{env, error::Error, fs, io, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [gv100ad, plz_ags, leika, out] = arguments.as_slice() else {
        return Err(io::Error::other("usage: import_data GV100AD.txt plz_ags.csv leika.csv OUT").into());
    };
    let out = Path::new(out);
    let file = |path: &str| fs::File::create(out.join(path)).map(io::BufWriter::new);
    fs::create_dir_all(out.join("regions"))?;
    fs::create_dir_all(out.join("public-services"))?;
    regions::import::regions(&fs::read(gv100ad)?)?.write(file("regions/regions.csv")?)?;
    regions::postcodes::write(
        &regions::import::postcodes(&fs::read(plz_ags)?)?,
        file("regions/postcodes.csv")?,
    )?;
    let public_services = regions::import::public_services(&fs::read(leika)?)?;
    regions::public_services::write(&public_services, file("public-services/leika-2019.csv")?)?;
    Ok(())
}
