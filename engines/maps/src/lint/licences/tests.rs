use super::{Openness, openness};

#[test]
fn licences_as_people_write_them() {
    for open in [
        "Apache-2.0",
        "MIT",
        "BSL-1.0",
        "EUPL-1.2",
        "GPL, BSD",
        "GPL3",
        "BSD-3",
        "GPLv3 / AGPLv3 / MPL-Teile",
        "Apache 2.0 Lizenz",
        "MIT OR SSPL-1.0",
        "Apache",
        "PSF",
        "PostgreSQL",
        "Apache-2.0, GPL-2",
        "W3C",
    ] {
        assert_eq!(openness(open), Openness::Open, "{open}");
    }
    for closed in [
        "SSPL",
        "SSPL-1.0",
        "BSL 1.1",
        "BUSL-1.1",
        "Fair-Code (Sustainable Use License, source-available)",
        "proprietär",
    ] {
        assert_eq!(openness(closed), Openness::Closed, "{closed}");
    }
    for own in [
        "individuell",
        "Mitgliedschaft, Markenlizenzvertrag",
        "individuell, patentbezogen",
        "Mitgliedschaft, Zertifizierung",
    ] {
        assert_eq!(openness(own), Openness::OwnTerms, "{own}");
    }
    for nothing in ["keine", "ohne"] {
        assert_eq!(openness(nothing), Openness::Nothing, "{nothing}");
    }
    for unclear in ["Community GPLv3, Enterprise kommerziell", "LicenseRef-own", "siehe Website"] {
        assert_eq!(openness(unclear), Openness::Unclear, "{unclear}");
    }
}
