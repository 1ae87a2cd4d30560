//! `anyOf` and `oneOf`: which alternative fits, and which came nearest if none does.

use super::{Checker, Report};
use crate::{Misfit, What, part::Types};
use tree::Node;

/// So many misfits of an alternative are looked at to compare it with others.
const COMPARED: usize = 16;

impl Checker<'_> {
    pub(super) fn any<'a, R: Report<'a>>(&self, parts: &[usize], node: Node<'a>, report: &mut R) {
        if !parts.iter().any(|it| self.may_fit(*it, node) && self.fits(*it, node)) {
            self.none("anyOf", parts, node, report);
        }
    }

    pub(super) fn one<'a, R: Report<'a>>(&self, parts: &[usize], node: Node<'a>, report: &mut R) {
        let mut fitting =
            parts.iter().enumerate().filter(|(_, it)| self.may_fit(**it, node) && self.fits(**it, node));
        match (fitting.next(), fitting.next()) {
            (None, _) => self.none("oneOf", parts, node, report),
            (Some(_), None) => {}
            (Some((one, _)), Some((other, _))) => {
                report.add(node, "oneOf", || What::SeveralAlternatives { fitting: (one + 1, other + 1) });
            }
        }
    }

    /// Whether a part may fit as far as can be seen at once.
    pub(super) fn may_fit(&self, number: usize, node: Node<'_>) -> bool {
        self.parts
            .get(number)
            .is_some_and(|it| it.kinds.allows(node) && !it.sign.as_ref().is_some_and(|it| it.denies(node)))
    }

    /// Says what is wrong where no alternative fits.
    fn none<'a, R: Report<'a>>(&self, keyword: &str, parts: &[usize], node: Node<'a>, report: &mut R) {
        let count = parts.len();
        if !R::DETAIL {
            return report.add(node, keyword, || What::NoAlternative { count, nearest: None });
        }
        let right_kind: Vec<usize> = parts.iter().copied().filter(|it| self.kind_fits(*it, node)).collect();
        if right_kind.is_empty() {
            let kinds = parts.iter().filter_map(|it| self.parts.get(*it)).fold(0, |sum, it| sum | it.kinds.0);
            return report.add(node, "type", || What::Type { allowed: Types(kinds).names() });
        }
        let may: Vec<usize> = right_kind.iter().copied().filter(|it| self.may_fit(*it, node)).collect();
        if may.is_empty()
            && let Some((value, allowed)) = self.unknown_sign(&right_kind, node)
        {
            return report.add(value, "enum", || What::Closed { allowed });
        }
        let compared = if may.is_empty() { &right_kind } else { &may };
        let tried = self.tried(compared, node);
        if let Some(allowed) = closed(&tried, node).filter(|_| tried.len() == compared.len()) {
            return report.add(node, "enum", || What::Closed { allowed });
        }
        self.nearest((keyword, count), tried, node, report);
    }

    /// The misfits of each alternative, as far as the effort allows.
    fn tried<'a>(&self, parts: &[usize], node: Node<'a>) -> Vec<(usize, Vec<Misfit<'a>>)> {
        let mut tried = Vec::new();
        for part in parts {
            let weight = self.effort.get().checked_sub(1 + node.len());
            let Some(left) = weight else { break };
            self.effort.set(left);
            tried.push((*part, self.misfits(*part, node, COMPARED)));
        }
        tried
    }

    fn nearest<'a, R: Report<'a>>(
        &self,
        (keyword, count): (&str, usize),
        mut tried: Vec<(usize, Vec<Misfit<'a>>)>,
        node: Node<'a>,
        report: &mut R,
    ) {
        let rank = |it: &(usize, Vec<Misfit<'a>>)| {
            (denied(&it.1, node), it.1.iter().filter(|it| is_own(it, node)).count(), it.1.len())
        };
        tried.sort_by_key(rank);
        let alone = match (tried.first(), tried.get(1)) {
            (Some(first), Some(second)) => rank(first) < rank(second),
            (first, _) => first.is_some(),
        };
        let first = tried.into_iter().next();
        let name = first.as_ref().and_then(|it| self.parts.get(it.0)).map(|it| it.name.clone());
        let nearest = name.filter(|it| alone && !it.is_empty());
        if count > 1 {
            report.add(node, keyword, || What::NoAlternative { count, nearest });
        }
        for misfit in first.map(|it| it.1).unwrap_or_default() {
            report.add(misfit.node, &misfit.keyword, || misfit.what.clone());
        }
    }

    fn kind_fits(&self, number: usize, node: Node<'_>) -> bool {
        self.parts.get(number).is_some_and(|it| it.kinds.allows(node))
    }

    /// The value that tells the alternatives apart and is none of theirs, with those that they have.
    fn unknown_sign<'a>(&self, parts: &[usize], node: Node<'a>) -> Option<(Node<'a>, Vec<String>)> {
        let signs: Option<Vec<_>> =
            parts.iter().map(|it| self.parts.get(*it).and_then(|it| it.sign.as_ref())).collect();
        let signs = signs?;
        let property = &signs.first()?.property;
        if !signs.iter().all(|it| it.property == *property && it.denies(node)) {
            return None;
        }
        let mut texts: Vec<String> =
            signs.iter().flat_map(|it| &it.texts).map(|it| format!("{it:?}")).collect();
        texts.sort();
        texts.dedup();
        Some((node.get(property)?, texts))
    }
}

/// Whether a misfit says that another alternative was meant: at the value itself, or at what tells it apart.
fn denied(misfits: &[Misfit<'_>], node: Node<'_>) -> bool {
    misfits.iter().any(|it| match it.what {
        What::Type { .. } | What::Never => it.node == node,
        What::Closed { .. } => it.node == node || (it.node.parent() == Some(node) && it.keyword == "const"),
        _ => false,
    })
}

/// Whether a misfit is about the value itself and not about what stands deeper in it.
fn is_own(misfit: &Misfit<'_>, node: Node<'_>) -> bool {
    let unknown = matches!(misfit.what, What::NotAllowed { .. });
    misfit.node == node || (unknown && misfit.node.parent() == Some(node))
}

/// The values that all alternatives together allow, where each is a closed list.
fn closed(tried: &[(usize, Vec<Misfit<'_>>)], node: Node<'_>) -> Option<Vec<String>> {
    let mut allowed: Vec<String> = Vec::new();
    for (_, misfits) in tried {
        match misfits.as_slice() {
            [Misfit { node: at, what: What::Closed { allowed: own }, .. }] if *at == node => {
                allowed.extend(own.iter().cloned());
            }
            _ => return None,
        }
    }
    (!allowed.is_empty()).then_some(allowed)
}
