//! The data sets inside the binary, unpacked on demand.

use crate::{Dataset, Faults, PostcodeRow, PublicServiceRow, Wording, postcodes, public_services};
use flate2::read::GzDecoder;
use std::io::Read;

const REGIONS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/regions.csv.gz"));
const POSTCODES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/postcodes.csv.gz"));
const LEIKA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/leika-2019.csv.gz"));

/// What to write beside every key of the shipped catalogue of public services.
pub const LEIKA_AS_OF: &str = "Stand 2019";

/// All regions, GV100AD of 30 November 2025.
///
/// # Errors
/// When the file under `data/` was altered and no longer holds.
pub fn dataset() -> Result<Dataset, Faults> {
    Dataset::read(&unpack(REGIONS)?)
}

/// All postcodes (Open Database License, see `data/regions/SOURCE.md`).
///
/// # Errors
/// When the file under `data/` was altered and no longer holds.
pub fn postcodes() -> Result<Vec<PostcodeRow>, Faults> {
    postcodes::read(&unpack(POSTCODES)?)
}

/// All public services, state 2019.
///
/// # Errors
/// When the file under `data/` was altered and no longer holds.
pub fn public_services() -> Result<Vec<PublicServiceRow>, Faults> {
    public_services::read(&unpack(LEIKA)?)
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, Faults> {
    let mut content = Vec::new();
    if let Err(error) = GzDecoder::new(packed).read_to_end(&mut content) {
        let mut faults = Faults::default();
        faults.add(
            0,
            "",
            Wording::new(format!("Nicht entpackbar: {error}"), format!("Cannot be unpacked: {error}")),
            Wording::new("Bauen Sie das Programm neu.", "Build the program again."),
        );
        return Err(faults);
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, Level, RegionKey, diff};

    #[test]
    fn the_shipped_regions_are_complete() {
        let dataset = dataset().unwrap();
        assert_eq!(dataset.as_of, "2025-11-30");
        let count = |level| dataset.of(level).count();
        assert_eq!(count(Level::State), 16);
        assert_eq!(count(Level::GovernmentRegion), 29);
        assert_eq!(count(Level::District), 400);
        assert_eq!(count(Level::Association), 4590);
        assert_eq!(count(Level::Municipality), 10_953);
        let unincorporated = dataset.of(Level::Municipality).filter(|region| region.kind.is_unincorporated());
        assert_eq!(unincorporated.count(), 202);
        // The total that Destatis publishes for 31 December 2024.
        assert_eq!(dataset.population(), 83_577_140);
    }

    #[test]
    fn the_cut_name_keeps_its_official_form_and_says_so() {
        let dataset = dataset().unwrap();
        let bautzen: RegionKey = "146250020020".parse().unwrap();
        assert_eq!(dataset.get(bautzen).unwrap().name.chars().count(), 50);
        assert!(dataset.notes.get(&bautzen).unwrap().ends_with("Wysokošulske město"));
    }

    #[test]
    fn postcodes_and_public_services_are_complete() {
        let rows = postcodes().unwrap();
        assert_eq!(rows.len(), 12_941);
        assert_eq!(rows.iter().filter(|row| !row.current).count(), 53);
        let known: std::collections::HashSet<u32> =
            dataset().unwrap().regions.iter().filter_map(|region| region.ags).collect();
        assert!(rows.iter().all(|row| known.contains(&row.ags) == row.current));
        let catalogue = public_services().unwrap();
        assert_eq!(catalogue.iter().filter(|row| !row.key.is_empty()).count(), 4813);
        assert!(
            catalogue.iter().any(|row| &*row.key == "99115005104000" && &*row.name == "Wohnsitz Anmeldung")
        );
    }

    #[test]
    fn a_dataset_survives_writing_and_reading() {
        let dataset = dataset().unwrap();
        let mut file = Vec::new();
        dataset.write(&mut file).unwrap();
        assert_eq!(Dataset::read(&file).unwrap(), dataset);
    }

    #[test]
    fn a_difference_names_each_change() {
        let before = dataset().unwrap();
        let mut after = before.clone();
        let kassel: RegionKey = "066110000000".parse().unwrap();
        let gone = after.regions.iter().position(|region| region.ags == Some(1_051_001)).unwrap();
        let removed = after.regions.remove(gone);
        let renamed = after.regions.iter_mut().find(|region| region.key == kassel).unwrap();
        renamed.name = "Cassel".into();
        renamed.population += 1;
        let found = diff(&before, &after);
        assert_eq!(found.removed.iter().map(|change| change.ars).collect::<Vec<_>>(), [removed.key]);
        let [Change { name, before, .. }] = found.renamed.as_slice() else { panic!("{found:?}") };
        assert_eq!((name.as_str(), before.as_str()), ("Cassel", "Kassel, documenta-Stadt"));
        assert_eq!((found.added.len(), found.moved.len(), found.population_changed), (0, 0, 1));
    }

    #[test]
    fn a_broken_sum_is_found() {
        let mut dataset = dataset().unwrap();
        if let Some(state) = dataset.regions.first_mut() {
            state.population += 1;
        }
        let mut file = Vec::new();
        dataset.write(&mut file).unwrap();
        let faults = Dataset::read(&file).unwrap_err();
        assert_eq!(
            (faults.total, faults.faults[0].line, faults.faults[0].column.as_str()),
            (1, 2, "population")
        );
    }
}
