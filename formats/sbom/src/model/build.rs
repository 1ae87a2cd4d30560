//! How readers put things into the model.

use super::{Bom, Completeness, Component, Dependency, Double, Located, Relation};
use tree::Node;

impl<'t> Located<'t> {
    /// The scalar there; nothing of a list, a map or null.
    pub(crate) fn of(node: Node<'t>) -> Option<Self> {
        Some(Self { text: node.scalar()?, node })
    }
}

impl<'t> Component<'t> {
    /// A component of which nothing is known yet.
    pub(crate) fn empty(node: Node<'t>) -> Self {
        Self {
            reference: "",
            kind: "",
            name: "",
            group: None,
            version: None,
            scope: None,
            manufacturer: None,
            supplier: None,
            authors: Vec::new(),
            publisher: None,
            licences: Vec::new(),
            effective_licence: None,
            hashes: Vec::new(),
            external: Vec::new(),
            purl: None,
            cpe: None,
            swid: None,
            identifiers: Vec::new(),
            filename: None,
            executable: None,
            archive: None,
            structured: None,
            crypto: None,
            model_card: None,
            properties: Vec::new(),
            part_of: None,
            node,
        }
    }
}

impl<'t> Bom<'t> {
    /// Makes room for what is to come.
    pub(crate) fn expect(&mut self, components: usize, dependencies: usize) {
        self.components.reserve(components);
        self.index.reserve(components);
        self.dependencies.reserve(dependencies);
        self.statements.reserve(dependencies);
    }

    /// Adds a component and notes when its identifier stands twice.
    pub(crate) fn add(&mut self, component: Component<'t>) -> usize {
        let index = self.components.len();
        let reference = component.reference;
        if !reference.is_empty() {
            if let Some(first) = self.index.get(reference) {
                self.doubles.push(Double { reference, first: *first, second: index });
            } else {
                self.index.insert(reference, index);
            }
        }
        self.components.push(component);
        index
    }

    /// The statement of a component on whom it needs, contains or provides; made where there is none yet.
    pub(crate) fn statement(
        &mut self,
        from: usize,
        relation: Relation,
        node: Node<'t>,
    ) -> Option<&mut Dependency<'t>> {
        let next = self.dependencies.len();
        let at = *self.statements.entry((from, relation)).or_insert(next);
        if at == next {
            self.dependencies.push(Dependency {
                from,
                to: Vec::new(),
                dangling: Vec::new(),
                relation,
                completeness: None,
                node,
            });
        }
        self.dependencies.get_mut(at)
    }

    /// Puts in order what was read: whoever is named twice is meant once.
    pub(crate) fn settle(&mut self) {
        let mut named_by = vec![usize::MAX; self.components.len()];
        for (number, dependency) in self.dependencies.iter_mut().enumerate() {
            dependency
                .to
                .retain(|it| named_by.get_mut(*it).is_none_or(|by| std::mem::replace(by, number) != number));
        }
    }
}

impl Dependency<'_> {
    /// Adds a statement of completeness; the weakest counts.
    pub(crate) fn is_stated(&mut self, completeness: Completeness) {
        self.completeness = Some(self.completeness.map_or(completeness, |it| it.min(completeness)));
    }
}
