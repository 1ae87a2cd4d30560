//! Reading the keywords of one schema.

use super::{Compiler, Source};
use crate::{
    Trouble,
    addresses::trouble,
    format::Format,
    part::{Applied, Closed, Contains, ListRules, MapRules, NumberRules, Part, TextRules, Types, by_length},
    pattern::Pattern,
};
use serde_json::{Map, Value};

impl<'v> Compiler<'v> {
    fn wrong(&self, source: &Source<'v, '_>, keyword: &str, words: &str) -> Trouble {
        trouble(&self.addresses.shown(&source.place.below(keyword)), words)
    }

    pub(super) fn text(&self, source: &Source<'v, '_>, keyword: &str) -> Result<Option<&'v str>, Trouble> {
        let Some(value) = source.map.get(keyword) else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| self.wrong(source, keyword, "this has to be a text"))
    }

    fn real(&self, source: &Source<'v, '_>, keyword: &str) -> Result<Option<f64>, Trouble> {
        let Some(value) = source.map.get(keyword) else { return Ok(None) };
        value.as_f64().map(Some).ok_or_else(|| self.wrong(source, keyword, "this has to be a number"))
    }

    fn count(&self, source: &Source<'v, '_>, keyword: &str) -> Result<Option<usize>, Trouble> {
        let Some(number) = self.real(source, keyword)? else { return Ok(None) };
        if number < 0.0 || number.fract() != 0.0 {
            return Err(self.wrong(source, keyword, "this has to be a whole number"));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked above; it saturates"
        )]
        let count = number as usize;
        Ok(Some(count))
    }

    fn list(&self, source: &Source<'v, '_>, keyword: &str) -> Result<Option<&'v Vec<Value>>, Trouble> {
        let Some(value) = source.map.get(keyword) else { return Ok(None) };
        value.as_array().map(Some).ok_or_else(|| self.wrong(source, keyword, "this has to be a list"))
    }

    fn names(&self, source: &Source<'v, '_>, keyword: &str) -> Result<Vec<String>, Trouble> {
        let names = self.list(source, keyword)?.map(|it| texts(it));
        names
            .unwrap_or(Some(Vec::new()))
            .ok_or_else(|| self.wrong(source, keyword, "this has to be a list of texts"))
    }

    fn entries(
        &self,
        source: &Source<'v, '_>,
        keyword: &str,
    ) -> Result<Option<&'v Map<String, Value>>, Trouble> {
        let Some(value) = source.map.get(keyword) else { return Ok(None) };
        value.as_object().map(Some).ok_or_else(|| self.wrong(source, keyword, "this has to be an object"))
    }

    fn below(&mut self, source: &Source<'v, '_>, keyword: &str) -> Option<usize> {
        source.map.contains_key(keyword).then(|| self.number(source.place.below(keyword)))
    }

    /// The parts of a keyword whose value is a map of schemas.
    fn mapped(&mut self, source: &Source<'v, '_>, keyword: &str) -> Result<Vec<(String, usize)>, Trouble> {
        let Some(entries) = self.entries(source, keyword)? else { return Ok(Vec::new()) };
        let place = source.place.below(keyword);
        Ok(entries.keys().map(|it| (it.clone(), self.number(place.below(it)))).collect())
    }

    /// The parts of a keyword whose value is a list of schemas.
    fn listed(&mut self, source: &Source<'v, '_>, keyword: &str) -> Result<Option<Vec<usize>>, Trouble> {
        let Some(items) = self.list(source, keyword)? else { return Ok(None) };
        let place = source.place.below(keyword);
        Ok(Some((0..items.len()).map(|it| self.number(place.below(&it.to_string()))).collect()))
    }

    pub(super) fn types(&self, source: &Source<'v, '_>, part: &mut Part) -> Result<(), Trouble> {
        let names = match source.map.get("type") {
            None => return Ok(()),
            Some(Value::String(name)) => vec![name.clone()],
            Some(_) => self.names(source, "type")?,
        };
        for name in names {
            let bit =
                Types::named(&name).ok_or_else(|| self.wrong(source, "type", "there is no such type"))?;
            part.types.0 |= bit;
        }
        Ok(())
    }

    pub(super) fn closed(&self, source: &Source<'v, '_>, part: &mut Part) -> Result<(), Trouble> {
        if let Some(values) = self.list(source, "enum")? {
            part.closed.push(closed("enum", values));
        }
        if let Some(value) = source.map.get("const") {
            part.closed.push(closed("const", std::slice::from_ref(value)));
        }
        Ok(())
    }

    pub(super) fn number_rules(&self, source: &Source<'v, '_>) -> Result<Option<Box<NumberRules>>, Trouble> {
        // Draft 4, and with it OpenAPI 3.0, says by a truth whether the limit itself is allowed.
        let truth = |keyword: &str| source.map.get(keyword).and_then(Value::as_bool);
        let (least, most) = (self.real(source, "minimum")?, self.real(source, "maximum")?);
        let mut rules = NumberRules { multiple: self.real(source, "multipleOf")?, ..NumberRules::default() };
        match truth("exclusiveMinimum") {
            Some(true) => rules.above = least,
            Some(false) => rules.least = least,
            None => (rules.least, rules.above) = (least, self.real(source, "exclusiveMinimum")?),
        }
        match truth("exclusiveMaximum") {
            Some(true) => rules.below = most,
            Some(false) => rules.most = most,
            None => (rules.most, rules.below) = (most, self.real(source, "exclusiveMaximum")?),
        }
        if rules.multiple.is_some_and(|it| it <= 0.0) {
            return Err(self.wrong(source, "multipleOf", "this has to be greater than zero"));
        }
        let any =
            [rules.least, rules.most, rules.above, rules.below, rules.multiple].iter().any(Option::is_some);
        Ok(any.then(|| Box::new(rules)))
    }

    pub(super) fn text_rules(&self, source: &Source<'v, '_>) -> Result<Option<Box<TextRules>>, Trouble> {
        let pattern = match self.text(source, "pattern")? {
            Some(it) => Some(Pattern::new(it).map_err(|it| self.wrong(source, "pattern", &it))?),
            None => None,
        };
        let rules = TextRules {
            least: self.count(source, "minLength")?,
            most: self.count(source, "maxLength")?,
            pattern,
            format: self.text(source, "format")?.and_then(Format::named),
        };
        let any = rules.least.is_some()
            || rules.most.is_some()
            || rules.pattern.is_some()
            || rules.format.is_some();
        Ok(any.then(|| Box::new(rules)))
    }

    pub(super) fn list_rules(&mut self, source: &Source<'v, '_>) -> Result<Option<Box<ListRules>>, Trouble> {
        let tuple = source.map.get("items").is_some_and(Value::is_array);
        let (first, rest) = if tuple { ("items", "additionalItems") } else { ("prefixItems", "items") };
        let (least, most) = (self.count(source, "minContains")?, self.count(source, "maxContains")?);
        let (least, most) = if source.old { (1, None) } else { (least.unwrap_or(1), most) };
        let contains = self.below(source, "contains");
        let rules = ListRules {
            first: self.listed(source, first)?.unwrap_or_default(),
            rest: self.below(source, rest),
            rest_keyword: rest,
            least: self.count(source, "minItems")?,
            most: self.count(source, "maxItems")?,
            unique: source.map.get("uniqueItems").and_then(Value::as_bool).unwrap_or_default(),
            contains: contains.map(|part| Contains { part, least, most, evaluates: !source.old }),
            unevaluated: if source.old { None } else { self.below(source, "unevaluatedItems") },
        };
        let any = !rules.first.is_empty() || rules.rest.is_some() || rules.contains.is_some() || rules.unique;
        let limits = rules.least.is_some() || rules.most.is_some() || rules.unevaluated.is_some();
        Ok((any || limits).then(|| Box::new(rules)))
    }

    pub(super) fn map_rules(&mut self, source: &Source<'v, '_>) -> Result<Option<Box<MapRules>>, Trouble> {
        let mut patterns = Vec::new();
        for (pattern, part) in self.mapped(source, "patternProperties")? {
            let pattern =
                Pattern::new(&pattern).map_err(|it| self.wrong(source, "patternProperties", &it))?;
            patterns.push((pattern, part));
        }
        let mut properties = self.mapped(source, "properties")?;
        properties.sort_by(|(one, _), (other, _)| by_length(one, other));
        let mut rules = MapRules {
            properties,
            patterns,
            additional: self.below(source, "additionalProperties"),
            required: self.names(source, "required")?,
            names: self.below(source, "propertyNames"),
            least: self.count(source, "minProperties")?,
            most: self.count(source, "maxProperties")?,
            unevaluated: if source.old { None } else { self.below(source, "unevaluatedProperties") },
            ..MapRules::default()
        };
        self.dependencies(source, &mut rules)?;
        let any = !rules.properties.is_empty() || !rules.patterns.is_empty() || !rules.required.is_empty();
        let others = [rules.additional, rules.names, rules.least, rules.most, rules.unevaluated];
        let depends = !rules.dependent.is_empty() || !rules.dependent_required.is_empty();
        Ok((any || depends || others.iter().any(Option::is_some)).then(|| Box::new(rules)))
    }

    fn dependencies(&mut self, source: &Source<'v, '_>, rules: &mut MapRules) -> Result<(), Trouble> {
        rules.dependent = self.mapped(source, "dependentSchemas")?;
        // Draft 7 has both in one keyword (validation, section 6.5.7).
        for keyword in ["dependentRequired", "dependencies"] {
            let Some(entries) = self.entries(source, keyword)? else { continue };
            for (name, value) in entries {
                if let Some(them) = value.as_array() {
                    let names = texts(them).ok_or_else(|| self.wrong(source, keyword, "names are texts"))?;
                    rules.dependent_required.push((name.clone(), names));
                } else {
                    let part = self.number(source.place.below(keyword).below(name));
                    rules.dependent.push((name.clone(), part));
                }
            }
        }
        Ok(())
    }

    pub(super) fn applied(&mut self, source: &Source<'v, '_>, part: &mut Part) -> Result<(), Trouble> {
        if let Some(all) = self.listed(source, "allOf")? {
            part.applied.push(Applied::All(all));
        }
        if let Some(any) = self.listed(source, "anyOf")? {
            part.applied.push(Applied::Any(any));
        }
        if let Some(one) = self.listed(source, "oneOf")? {
            part.applied.push(Applied::One(one));
        }
        if let Some(not) = self.below(source, "not") {
            part.applied.push(Applied::Not(not));
        }
        if let Some(condition) = self.below(source, "if") {
            let (then, other) = (self.below(source, "then"), self.below(source, "else"));
            part.applied.push(Applied::If(condition, then, other));
        }
        Ok(())
    }
}

fn texts(values: &[Value]) -> Option<Vec<String>> {
    values.iter().map(|it| it.as_str().map(str::to_owned)).collect()
}

fn closed(keyword: &'static str, values: &[Value]) -> Closed {
    let mut texts: Vec<String> = values.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect();
    texts.sort();
    Closed {
        keyword,
        texts,
        others: values.iter().filter(|it| !it.is_string()).cloned().collect(),
        shown: values.iter().map(Value::to_string).collect(),
    }
}
