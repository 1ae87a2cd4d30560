//! Who is competent: the rule with the longest region key wins.

use regions::RegionKey;
use std::collections::HashMap;

/// A rule: in this region, for this public service, this target is competent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub id: Box<str>,
    /// Key of the public service: LeiKa or one of the operator's own.
    pub public_service: Box<str>,
    pub region: RegionKey,
    /// Where the rule leads. Rules that lead to the same target agree, unless they name two bodies.
    pub target: Box<str>,
    /// The competent body, empty where the rule names none.
    pub body: Box<str>,
    /// Microseconds since the epoch, inclusive; nothing means always.
    pub valid_from: Option<i64>,
    /// Microseconds since the epoch, exclusive; nothing means for ever.
    pub valid_until: Option<i64>,
}

/// All rules, by public service and region.
#[derive(Debug, Default)]
pub struct Competences {
    rules: Vec<Rule>,
    public_services: HashMap<Box<str>, u32>,
    at: HashMap<(u32, RegionKey), Vec<u32>>,
}

/// The answer to a look-up. `climbed` is every level that was tried, from the given region upwards.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// One rule wins. `same` are further rules of that level with the same target.
    Found { rule: &'a Rule, same: Vec<&'a Rule>, climbed: Vec<RegionKey> },
    /// Several rules of the same level name different targets.
    Conflict { rules: Vec<&'a Rule>, climbed: Vec<RegionKey> },
    /// No level has a rule.
    Nobody { climbed: Vec<RegionKey> },
}

/// Rules of one public service and region that name different targets at the same time.
#[derive(Debug, PartialEq, Eq)]
pub struct Conflict<'a> {
    pub region: RegionKey,
    pub rules: Vec<&'a Rule>,
}

impl Rule {
    /// Whether the rule holds at a time.
    pub fn is_valid(&self, at: i64) -> bool {
        self.valid_from.is_none_or(|from| from <= at) && self.valid_until.is_none_or(|until| at < until)
    }

    fn contradicts(&self, other: &Self) -> bool {
        let two_bodies = !self.body.is_empty() && !other.body.is_empty() && self.body != other.body;
        self.target != other.target || two_bodies
    }

    fn overlaps(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| matches!((a.valid_until, b.valid_from), (Some(until), Some(from)) if until <= from);
        !before(self, other) && !before(other, self)
    }
}

impl Competences {
    /// Builds the index; the order of the rules is the order in which equal ones are returned.
    pub fn new(rules: Vec<Rule>) -> Self {
        let mut competences = Self::default();
        for (rule, number) in rules.iter().zip(0_u32..) {
            let next = u32::try_from(competences.public_services.len()).unwrap_or(u32::MAX);
            let public_service =
                *competences.public_services.entry(rule.public_service.clone()).or_insert(next);
            competences.at.entry((public_service, rule.region)).or_default().push(number);
        }
        competences.rules = rules;
        competences
    }

    /// Who is competent for a public service in a region at a time.
    pub fn look_up(&self, public_service: &str, region: RegionKey, at: i64) -> Answer<'_> {
        let mut climbed = Vec::with_capacity(6);
        let Some(public_service) = self.public_services.get(public_service) else {
            climbed.extend(region.climb());
            return Answer::Nobody { climbed };
        };
        for level in region.climb() {
            climbed.push(level);
            let Some(numbers) = self.at.get(&(*public_service, level)) else { continue };
            let rules = numbers.iter().filter_map(|number| self.rules.get(*number as usize));
            let mut valid = rules.filter(|rule| rule.is_valid(at));
            let Some(rule) = valid.next() else { continue };
            let same: Vec<&Rule> = valid.collect();
            let mut all = std::iter::once(&rule).chain(&same);
            if all.all(|one| !same.iter().any(|other| one.contradicts(other))) {
                return Answer::Found { rule, same, climbed };
            }
            return Answer::Conflict { rules: std::iter::once(rule).chain(same).collect(), climbed };
        }
        Answer::Nobody { climbed }
    }

    /// All contradictions, now and later, ordered by region and rule.
    pub fn conflicts(&self) -> Vec<Conflict<'_>> {
        let mut conflicts: Vec<Conflict<'_>> = Vec::new();
        for ((_, region), numbers) in &self.at {
            let rules: Vec<&Rule> =
                numbers.iter().filter_map(|number| self.rules.get(*number as usize)).collect();
            let contradicts =
                |rule: &&&Rule| rules.iter().any(|other| other.contradicts(rule) && other.overlaps(rule));
            let against: Vec<&Rule> = rules.iter().filter(contradicts).copied().collect();
            if !against.is_empty() {
                conflicts.push(Conflict { region: *region, rules: against });
            }
        }
        // The map has no order of its own.
        conflicts
            .sort_by_key(|conflict| (conflict.region, conflict.rules.first().map(|rule| rule.id.clone())));
        conflicts
    }

    /// All rules, in the order given.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: &str, region: &str, target: &str, valid: (Option<i64>, Option<i64>)) -> Rule {
        Rule {
            id: id.into(),
            public_service: "99115005104000".into(),
            region: region.parse().unwrap(),
            target: target.into(),
            body: "".into(),
            valid_from: valid.0,
            valid_until: valid.1,
        }
    }

    const ALWAYS: (Option<i64>, Option<i64>) = (None, None);

    #[track_caller]
    fn check(rules: &[Rule], region: &str, at: i64, wanted: &str) {
        let competences = Competences::new(rules.to_vec());
        let ids =
            |rules: &[&Rule]| rules.iter().map(|rule| rule.id.to_string()).collect::<Vec<_>>().join("+");
        let got = match competences.look_up("99115005104000", region.parse().unwrap(), at) {
            Answer::Found { rule, climbed, .. } => format!("{} after {}", rule.id, climbed.len()),
            Answer::Conflict { rules, climbed } => {
                format!("conflict {} after {}", ids(&rules), climbed.len())
            }
            Answer::Nobody { climbed } => format!("nobody after {}", climbed.len()),
        };
        assert_eq!(got, wanted);
    }

    #[test]
    fn the_longest_key_wins() {
        let all = [
            rule("bund", "", "a", ALWAYS),
            rule("land", "06", "b", ALWAYS),
            rule("bezirk", "066", "c", ALWAYS),
            rule("kreis", "06633", "d", ALWAYS),
            rule("gemeinde", "066330009009", "e", ALWAYS),
        ];
        check(&all, "066330009009", 0, "gemeinde after 1");
        check(&all, "066330010010", 0, "kreis after 3");
        check(&all, "066320000000", 0, "bezirk after 4");
        check(&all, "064", 0, "land after 2");
        check(&all, "090000000000", 0, "bund after 6");
        check(&[], "066330009009", 0, "nobody after 6");
    }

    #[test]
    fn rules_hold_for_their_time_only() {
        let all = [
            rule("old", "06611", "a", (None, Some(100))),
            rule("new", "06611", "b", (Some(100), None)),
            rule("land", "06", "c", (Some(50), Some(60))),
        ];
        check(&all, "06611", 99, "old after 1");
        check(&all, "06611", 100, "new after 1");
        check(&all, "06", 60, "nobody after 2");
        check(&all, "06", 59, "land after 1");
        assert!(Competences::new(all.to_vec()).conflicts().is_empty());
    }

    #[test]
    fn equal_rules_are_a_conflict_unless_they_name_the_same() {
        let apart = [rule("one", "06611", "a", ALWAYS), rule("two", "06611", "b", ALWAYS)];
        check(&apart, "066110000000", 0, "conflict one+two after 3");
        assert_eq!(Competences::new(apart.to_vec()).conflicts().len(), 1);
        let alike = [rule("one", "06611", "a", ALWAYS), rule("two", "06611", "a", ALWAYS)];
        check(&alike, "066110000000", 0, "one after 3");
        assert!(Competences::new(alike.to_vec()).conflicts().is_empty());
        let mut bodies = alike;
        bodies[0].body = "town hall".into();
        check(&bodies, "066110000000", 0, "one after 3");
        bodies[1].body = "castle".into();
        check(&bodies, "066110000000", 0, "conflict one+two after 3");
    }
}
