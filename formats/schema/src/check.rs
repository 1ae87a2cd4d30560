//! Checking a value against parts.

mod alternatives;
mod evaluated;
mod report;

use crate::{
    Misfit, What, equality,
    part::{Applied, ListRules, MapRules, NumberRules, Part, TextRules},
};
use report::{All, First, Report};
use std::cell::Cell;
use tree::{Kind, Limits, Node, Tree};

/// So many parts are looked at to tell which alternative came nearest; a schema may have very many.
const EFFORT: usize = 4_000_000;

pub(crate) fn fits(parts: &[Part], node: Node<'_>) -> bool {
    Checker { parts, effort: Cell::new(EFFORT) }.fits(0, node)
}

pub(crate) fn all<'a>(parts: &[Part], node: Node<'a>, most: usize) -> Vec<Misfit<'a>> {
    Checker { parts, effort: Cell::new(EFFORT) }.misfits(0, node, most)
}

struct Checker<'s> {
    parts: &'s [Part],
    /// What is left of the effort.
    effort: Cell<usize>,
}

impl Checker<'_> {
    fn fits<'a>(&self, number: usize, node: Node<'a>) -> bool {
        let mut first = First::default();
        self.part::<First>(number, node, &mut first);
        !Report::<'a>::full(&first)
    }

    fn misfits<'a>(&self, number: usize, node: Node<'a>, most: usize) -> Vec<Misfit<'a>> {
        let mut all = All::new(most);
        self.part(number, node, &mut all);
        all.found
    }

    fn part<'a, R: Report<'a>>(&self, number: usize, node: Node<'a>, report: &mut R) {
        if report.full() {
            return;
        }
        let Some(part) = self.parts.get(number) else { return };
        if part.never {
            return report.add(node, "false", || What::Never);
        }
        if !part.types.allows(node) {
            return report.add(node, "type", || What::Type { allowed: part.types.names() });
        }
        let before = report.count();
        for closed in &part.closed {
            if !closed.has(node) {
                return report.add(node, closed.keyword, || What::Closed { allowed: closed.shown.clone() });
            }
        }
        match node.kind() {
            Kind::Number => part.number.iter().for_each(|it| number_fits(it, node, report)),
            Kind::Text => part.text.iter().for_each(|it| text_fits(it, node, report)),
            Kind::List => part.list.iter().for_each(|it| self.list(it, node, report)),
            Kind::Map => part.map.iter().for_each(|it| self.map(it, node, report)),
            Kind::Null | Kind::Truth => {}
        }
        for applied in &part.applied {
            if report.full() {
                return;
            }
            self.applied(applied, node, report);
        }
        // Where something does not fit, it is not known what would have been evaluated.
        if report.count() == before {
            self.unevaluated(number, part, node, report);
        }
    }

    fn applied<'a, R: Report<'a>>(&self, applied: &Applied, node: Node<'a>, report: &mut R) {
        match applied {
            Applied::Reference(it) => self.part(*it, node, report),
            Applied::All(them) => them.iter().for_each(|it| self.part(*it, node, report)),
            Applied::Any(them) => self.any(them, node, report),
            Applied::One(them) => self.one(them, node, report),
            Applied::Not(it) => {
                if self.fits(*it, node) {
                    report.add(node, "not", || What::Forbidden);
                }
            }
            Applied::If(condition, then, other) => {
                let chosen = if self.fits(*condition, node) { then } else { other };
                if let Some(it) = chosen {
                    self.part(*it, node, report);
                }
            }
        }
    }

    fn list<'a, R: Report<'a>>(&self, rules: &ListRules, node: Node<'a>, report: &mut R) {
        size(node, node.len(), (rules.least, rules.most), ("minItems", "maxItems"), report);
        for (at, item) in node.items().enumerate() {
            if report.full() {
                return;
            }
            match (rules.first.get(at), rules.rest) {
                (Some(part), _) => self.part(*part, item, report),
                (None, Some(part)) => self.inner(part, item, (rules.rest_keyword, ""), report),
                (None, None) => break,
            }
        }
        if let Some(contains) = &rules.contains {
            let count = node.items().filter(|it| self.fits(contains.part, *it)).count();
            let (least, most) = (contains.least, contains.most);
            if count < least || most.is_some_and(|it| count > it) {
                report.add(node, "contains", || What::Contains { count, least, most });
            }
        }
        if rules.unique
            && let Some((first, second)) = equality::doubled(node)
        {
            report.add(node, "uniqueItems", || What::Twins { first, second });
        }
    }

    fn map<'a, R: Report<'a>>(&self, rules: &MapRules, node: Node<'a>, report: &mut R) {
        for name in &rules.required {
            if node.get(name).is_none() {
                report.add(node, "required", || What::Missing { name: name.clone() });
            }
        }
        size(node, node.len(), (rules.least, rules.most), ("minProperties", "maxProperties"), report);
        for (because, names) in &rules.dependent_required {
            if node.get(because).is_none() {
                continue;
            }
            for name in names.iter().filter(|it| node.get(it).is_none()) {
                let what = || What::MissingFor { name: name.clone(), because: because.clone() };
                report.add(node, "dependentRequired", what);
            }
        }
        if report.full() {
            return;
        }
        for (name, child) in node.entries() {
            self.entry(rules, name, child, report);
            if report.full() {
                return;
            }
        }
        for (name, part) in &rules.dependent {
            if node.get(name).is_some() {
                self.part(*part, node, report);
            }
        }
    }

    fn entry<'a, R: Report<'a>>(&self, rules: &MapRules, name: &str, child: Node<'a>, report: &mut R) {
        if let Some(part) = rules.names {
            self.name(part, name, child, report);
        }
        let own = rules.property(name);
        if let Some(part) = own {
            self.inner(part, child, ("properties", name), report);
        }
        let mut known = own.is_some();
        for (pattern, part) in &rules.patterns {
            if pattern.fits(name) {
                known = true;
                self.inner(*part, child, ("patternProperties", name), report);
            }
        }
        if let Some(part) = rules.additional.filter(|_| !known) {
            self.inner(part, child, ("additionalProperties", name), report);
        }
    }

    /// A value in a list or map; where nothing may stand, the misfit says what it is that may not be there.
    fn inner<'a, R: Report<'a>>(
        &self,
        part: usize,
        child: Node<'a>,
        (keyword, name): (&str, &str),
        report: &mut R,
    ) {
        if self.parts.get(part).is_some_and(|it| it.never) {
            let index = || child.index().map(|it| it.to_string()).unwrap_or_default();
            let name = || if child.key().is_some() { name.to_owned() } else { index() };
            return report.add(child, keyword, || What::NotAllowed { name: name() });
        }
        self.part(part, child, report);
    }

    /// A key, which is a value of its own for `propertyNames`.
    fn name<'a, R: Report<'a>>(&self, part: usize, name: &str, child: Node<'a>, report: &mut R) {
        let text = serde_json::Value::from(name).to_string();
        let Ok(tree) = Tree::json(text.as_bytes(), &Limits::default()) else { return };
        if let Some(misfit) = self.misfits(part, tree.root(), 1).first() {
            let why = Box::new((misfit.wording(true), misfit.wording(false)));
            report.add(child, "propertyNames", || What::Name { name: name.to_owned(), why });
        }
    }
}

fn number_fits<'a, R: Report<'a>>(rules: &NumberRules, node: Node<'a>, report: &mut R) {
    // A number too large for a double is beyond every limit on its side.
    let infinite =
        if node.scalar().is_some_and(|it| it.starts_with('-')) { f64::NEG_INFINITY } else { f64::INFINITY };
    let number = node.number().unwrap_or(infinite);
    let limits = [
        (rules.least, "minimum", true, false),
        (rules.most, "maximum", false, false),
        (rules.above, "exclusiveMinimum", true, true),
        (rules.below, "exclusiveMaximum", false, true),
    ];
    for (limit, keyword, least, exclusive) in limits {
        let Some(limit) = limit else { continue };
        let beyond = if least { number > limit } else { number < limit };
        let equal = number.total_cmp(&limit).is_eq() || (number - limit).abs() == 0.0;
        if !(beyond || (equal && !exclusive)) {
            report.add(node, keyword, || What::Limit { limit, least, exclusive });
        }
    }
    if let Some(of) = rules.multiple {
        let quotient = number / of;
        let off = (quotient - quotient.round()).abs();
        if !(quotient.is_finite() && off <= f64::EPSILON * quotient.abs().max(1.0)) {
            report.add(node, "multipleOf", || What::Multiple { of });
        }
    }
}

fn text_fits<'a, R: Report<'a>>(rules: &TextRules, node: Node<'a>, report: &mut R) {
    let text = node.text().unwrap_or_default();
    if rules.least.is_some() || rules.most.is_some() {
        size(node, text.chars().count(), (rules.least, rules.most), ("minLength", "maxLength"), report);
    }
    if let Some(pattern) = rules.pattern.as_ref().filter(|it| !it.fits(text)) {
        report.add(node, "pattern", || What::Pattern { pattern: pattern.written.clone() });
    }
    if let Some(format) = rules.format.filter(|it| !it.fits(text)) {
        report.add(node, "format", || What::Format { format: format.name().to_owned() });
    }
}

fn size<'a, R: Report<'a>>(
    node: Node<'a>,
    size: usize,
    (least, most): (Option<usize>, Option<usize>),
    (too_small, too_large): (&str, &str),
    report: &mut R,
) {
    if let Some(limit) = least.filter(|it| size < *it) {
        report.add(node, too_small, || What::Size { limit, least: true, size });
    }
    if let Some(limit) = most.filter(|it| size > *it) {
        report.add(node, too_large, || What::Size { limit, least: false, size });
    }
}
