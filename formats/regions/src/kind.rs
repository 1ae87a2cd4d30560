//! The Textkennzeichen of GV100AD: what sort of district, association or municipality a region is.

use crate::Level;

/// A Textkennzeichen; 0 where the register gives none (states and administrative regions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Kind(pub u8);

// Destatis, Datensatzbeschreibung GV100AD, field "Textkennzeichen".
const KINDS: [(u8, &str, &str); 23] = [
    (41, "Kreisfreie Stadt", "independent city"),
    (42, "Stadtkreis", "urban district"),
    (43, "Kreis", "district"),
    (44, "Landkreis", "rural district"),
    (45, "Regionalverband", "regional association"),
    (50, "verbandsfreie Gemeinde", "municipality without association"),
    (51, "Amt", "Amt (association of municipalities)"),
    (52, "Samtgemeinde", "joint municipality"),
    (53, "Verbandsgemeinde", "association municipality"),
    (54, "Verwaltungsgemeinschaft", "administrative community"),
    (55, "Kirchspielslandgemeinde", "parish municipality"),
    (56, "Verwaltungsverband", "administrative association"),
    (57, "VG Trägermodell", "administrative community, carrier model"),
    (58, "Erfüllende Gemeinde", "performing municipality"),
    (60, "Markt", "market town"),
    (61, "Kreisfreie Stadt", "independent city"),
    (62, "Stadtkreis", "urban district"),
    (63, "Stadt", "town"),
    (64, "Kreisangehörige Gemeinde", "municipality in a district"),
    (65, "gemeindefreies Gebiet, bewohnt", "unincorporated area, inhabited"),
    (66, "gemeindefreies Gebiet, unbewohnt", "unincorporated area, uninhabited"),
    (67, "große Kreisstadt", "large district town"),
    (68, "Amtsangehörige Gemeinde", "municipality in an Amt"),
];

impl Kind {
    /// No Textkennzeichen.
    pub const NONE: Self = Self(0);

    /// The kind of a code, if the register defines it for that level.
    pub fn of(code: u8, level: Level) -> Option<Self> {
        let fits = match level {
            Level::District => (41..=45).contains(&code),
            Level::Association => (50..=58).contains(&code),
            Level::Municipality => (60..=68).contains(&code),
            Level::Federation | Level::State | Level::GovernmentRegion => code == 0,
        };
        fits.then_some(Self(code))
    }

    /// German word for people; empty for no kind.
    pub fn german(self) -> &'static str {
        KINDS.iter().find(|(code, ..)| *code == self.0).map_or("", |(_, german, _)| german)
    }

    /// English word for people; empty for no kind.
    pub fn english(self) -> &'static str {
        KINDS.iter().find(|(code, ..)| *code == self.0).map_or("", |(.., english)| english)
    }

    /// Whether nobody administers this area as a municipality of its own (gemeindefreies Gebiet).
    pub const fn is_unincorporated(self) -> bool {
        matches!(self.0, 65 | 66)
    }
}
