//! `unevaluatedProperties` and `unevaluatedItems` (JSON Schema 2020-12 core, section 11).

use super::{Checker, Report};
use crate::part::{Applied, Part};
use tree::{Kind, Node};

impl Checker<'_> {
    pub(super) fn unevaluated<'a, R: Report<'a>>(
        &self,
        number: usize,
        part: &Part,
        node: Node<'a>,
        report: &mut R,
    ) {
        match node.kind() {
            Kind::Map => {
                let Some(rest) = part.map.as_ref().and_then(|it| it.unevaluated) else { return };
                let mut marks = vec![false; node.len()];
                self.evaluated(number, node, true, &mut marks);
                for ((name, child), marked) in node.entries().zip(marks) {
                    if !marked {
                        self.inner(rest, child, ("unevaluatedProperties", name), report);
                    }
                }
            }
            Kind::List => {
                let Some(rest) = part.list.as_ref().and_then(|it| it.unevaluated) else { return };
                let mut marks = vec![false; node.len()];
                self.evaluated(number, node, true, &mut marks);
                for (item, marked) in node.items().zip(marks) {
                    if !marked {
                        self.inner(rest, item, ("unevaluatedItems", ""), report);
                    }
                }
            }
            _ => {}
        }
    }

    /// Marks the entries or items that a part, which fits, has looked at; `outermost` leaves out its own `unevaluated…`.
    fn evaluated(&self, number: usize, node: Node<'_>, outermost: bool, marks: &mut [bool]) {
        let Some(part) = self.parts.get(number) else { return };
        match node.kind() {
            Kind::Map => self.evaluated_entries(part, node, outermost, marks),
            _ => self.evaluated_items(part, node, outermost, marks),
        }
        for applied in &part.applied {
            match applied {
                Applied::Reference(it) => self.evaluated(*it, node, false, marks),
                Applied::All(them) => them.iter().for_each(|it| self.evaluated(*it, node, false, marks)),
                Applied::Any(them) | Applied::One(them) => {
                    for it in them.iter().filter(|it| self.may_fit(**it, node) && self.fits(**it, node)) {
                        self.evaluated(*it, node, false, marks);
                    }
                }
                Applied::Not(_) => {}
                Applied::If(condition, then, other) => {
                    let holds = self.fits(*condition, node);
                    if holds {
                        self.evaluated(*condition, node, false, marks);
                    }
                    let chosen = if holds { then } else { other };
                    if let Some(it) = chosen {
                        self.evaluated(*it, node, false, marks);
                    }
                }
            }
        }
    }

    fn evaluated_entries(&self, part: &Part, node: Node<'_>, outermost: bool, marks: &mut [bool]) {
        let Some(rules) = part.map.as_ref() else { return };
        if rules.additional.is_some() || (rules.unevaluated.is_some() && !outermost) {
            return marks.fill(true);
        }
        for ((name, _), mark) in node.entries().zip(marks.iter_mut()) {
            *mark |= rules.property(name).is_some() || rules.patterns.iter().any(|it| it.0.fits(name));
        }
        for (name, dependent) in &rules.dependent {
            if node.get(name).is_some() {
                self.evaluated(*dependent, node, false, marks);
            }
        }
    }

    fn evaluated_items(&self, part: &Part, node: Node<'_>, outermost: bool, marks: &mut [bool]) {
        let Some(rules) = part.list.as_ref() else { return };
        if rules.rest.is_some() || (rules.unevaluated.is_some() && !outermost) {
            return marks.fill(true);
        }
        marks.iter_mut().take(rules.first.len()).for_each(|it| *it = true);
        if let Some(contains) = rules.contains.as_ref().filter(|it| it.evaluates) {
            for (item, mark) in node.items().zip(marks.iter_mut()) {
                *mark |= self.fits(contains.part, item);
            }
        }
    }
}
