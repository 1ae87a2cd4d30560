//! From entries and destinations to rules of competence.

use super::public_service::normalise;
use crate::model::Destination;
use places::{Places, Rule};
use regions::RegionKey;

/// Where a rule leads: its destination, or the office alone.
pub fn target_of(office: Option<&str>, destination: Option<&str>) -> Box<str> {
    match (destination, office) {
        (Some(destination), _) => destination.into(),
        (None, Some(office)) => format!("office:{office}").into(),
        (None, None) => "".into(),
    }
}

/// The regions of a destination that exist, and those texts that name none.
///
/// FIT-Connect writes `DE` and 0 to 12 digits: a region key, sometimes padded with zeros, sometimes an AGS of eight.
pub fn destination_regions(texts: &[String], places: &Places) -> (Vec<RegionKey>, Vec<String>) {
    let (mut keys, mut unknown) = (Vec::new(), Vec::new());
    for text in texts {
        let digits = text.strip_prefix("DE").unwrap_or(text);
        let found = match digits.parse() {
            Ok(key) => places.resolve(key),
            Err(_) if digits.len() == 8 => places.by_ags(digits),
            Err(_) => None,
        };
        match found {
            Some(key) if !keys.contains(&key) => keys.push(key),
            Some(_) => {}
            None => unknown.push(text.clone()),
        }
    }
    (keys, unknown)
}

/// Public services times regions of an active destination; none of any other.
pub fn rules_of_destination(destination: &Destination, places: &Places) -> Vec<Rule> {
    if !destination.is_active() {
        return Vec::new();
    }
    let mut rules = Vec::new();
    for offered in &destination.public_services {
        let Some(public_service) = normalise(&offered.identifier) else { continue };
        for region in destination_regions(&offered.regions, places).0 {
            rules.push(Rule {
                id: format!("destination:{}:{public_service}:{region}", destination.id).into(),
                public_service: public_service.as_str().into(),
                region,
                target: destination.id.as_str().into(),
                body: "".into(),
                valid_from: None,
                valid_until: None,
            });
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use ports::delivery::OfferedPublicService;

    fn destination(status: &str) -> Destination {
        Destination {
            id: "d".into(),
            revision: 1,
            status: status.into(),
            name: "Bürgeramt".into(),
            contact: serde_json::Value::Null,
            public_services: vec![OfferedPublicService {
                identifier: "urn:de:fim:leika:leistung:99115005104000".into(),
                regions: ["DE06", "DE060000000000", "DE06611000", "DE99", "DE066110000000", ""]
                    .map(str::to_owned)
                    .to_vec(),
            }],
        }
    }

    #[test]
    fn active_destinations_are_rules_and_others_are_not() {
        let places = Places::new(&regions::shipped::dataset().unwrap(), &[]);
        let regions: Vec<String> = rules_of_destination(&destination("active"), &places)
            .iter()
            .map(|rule| rule.region.to_string())
            .collect();
        assert_eq!(regions, ["06", "066110000000", ""]);
        for status in ["created", "inactive", "decommissioned", "deleted"] {
            assert!(rules_of_destination(&destination(status), &places).is_empty());
        }
        let offered = &destination("active").public_services[0];
        assert_eq!(destination_regions(&offered.regions, &places).1, ["DE99"]);
    }
}
