//! The nouns of a form file, as they stand in it.

use crate::schema::Schema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A form file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Form {
    /// Its id: lower-case letters, digits and hyphens.
    pub form: String,
    /// Counts from one; every change of schema or layout is a new version.
    pub version: u32,
    /// The 14-digit LeiKa key of the public service; empty where there is none.
    pub public_service: String,
    /// What it is called.
    pub title: Words,
    /// What it is for, in one sentence.
    pub summary: Words,
    /// Other words people look for.
    #[serde(default)]
    pub keywords: Vec<Words>,
    /// Paragraphs above the first step.
    #[serde(default)]
    pub intro: Vec<Words>,
    /// Legal notices and explanations that stand above the first step.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// Where questions and rules of this form come from.
    pub sources: Vec<Source>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// JSON Schema 2020-12 of the data.
    pub schema: Value,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The text in the language of a BCP 47 tag: English for `en…`, German for any other.
    pub fn get(&self, tag: &str) -> &str {
        if tag.starts_with("en") { &self.en } else { &self.de }
    }
}

/// A notice with a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its heading.
    pub title: Words,
    /// What it says.
    pub text: Words,
}

/// Where something comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Where it stands.
    pub address: String,
    /// Its date, as far as known.
    pub as_of: String,
}

/// One step of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its heading.
    pub title: Words,
    /// A shorter heading for the list of steps.
    #[serde(default)]
    pub short: Option<Words>,
    /// Shown only if this holds.
    #[serde(default, rename = "x-visible-when")]
    pub visible_when: Option<Value>,
    /// What stands in it.
    pub parts: Vec<Part>,
}

/// Something in a step: `{"field": {…}}`, `{"group": {…}}`, `{"heading": {…}}` or `{"text": {…}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// A field.
    Field(Box<Field>),
    /// The same fields several times.
    Group(Box<Group>),
    /// A heading.
    Heading(Words),
    /// A paragraph.
    Text(Words),
}

/// A field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Field {
    /// Where its value stands in the data: a JSON pointer; inside a group below the item.
    pub at: String,
    /// What it asks for.
    pub label: Words,
    /// How to answer, always visible.
    #[serde(default)]
    pub hint: Option<Words>,
    /// More about it, shown on demand.
    #[serde(default)]
    pub help: Option<Words>,
    /// How it is asked.
    pub widget: Widget,
    /// Room for so many characters, for short values.
    #[serde(default)]
    pub width: Option<u8>,
    /// What the browser may fill in (HTML, section 4.10.18.7.1; WCAG 2.2, 1.3.5).
    #[serde(default)]
    pub autocomplete: Option<String>,
    /// The values to choose from.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// Shown only if this holds.
    #[serde(default, rename = "x-visible-when")]
    pub visible_when: Option<Value>,
    /// What files it takes, for the widget `file`.
    #[serde(default)]
    pub file: Option<FileRule>,
}

/// How a field is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Widget {
    /// One line.
    Text,
    /// Several lines.
    Textarea,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Telephone,
    /// A number.
    Number,
    /// A date in three parts, for dates known by heart.
    Date,
    /// A date chosen from a calendar.
    Calendar,
    /// One of many values.
    Select,
    /// One of a few values.
    Radios,
    /// Yes or no.
    Checkbox,
    /// Any of a few values.
    Checkboxes,
    /// Files.
    File,
}

/// One of several values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: Words,
    /// What it means.
    #[serde(default)]
    pub hint: Option<Words>,
}

/// What files a field takes; how many, and whether any, says the schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileRule {
    /// Media types.
    pub mime_types: Vec<String>,
    /// Endings, each with its dot.
    pub endings: Vec<String>,
    /// The largest file, bytes.
    pub max_bytes: u64,
}

/// The same fields several times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Group {
    /// Where the list stands in the data: a JSON pointer.
    pub at: String,
    /// What the list is.
    pub label: Words,
    /// What one item is called ("Person").
    pub item: Words,
    /// How to fill it.
    #[serde(default)]
    pub hint: Option<Words>,
    /// Shown only if this holds.
    #[serde(default, rename = "x-visible-when")]
    pub visible_when: Option<Value>,
    /// The fields of one item; groups do not nest.
    pub parts: Vec<Part>,
}

impl Form {
    /// Where competence for this form is looked up: the LeiKa key, or the form's own URN where it has none.
    pub fn competence_key(&self) -> String {
        if self.public_service.is_empty() { self.own_urn() } else { self.public_service.clone() }
    }

    /// The URN under which a destination offers to take this form.
    pub fn public_service_urn(&self) -> String {
        if self.public_service.is_empty() {
            self.own_urn()
        } else {
            format!("urn:de:fim:leika:leistung:{}", self.public_service)
        }
    }

    fn own_urn(&self) -> String {
        format!("urn:fachwerk:form:{}", self.form)
    }

    /// The public address of the schema, below the node's address (without a slash at the end).
    pub fn schema_address(&self, base: &str) -> String {
        format!("{base}/forms/{}/{}/schema.json", self.form, self.version)
    }

    /// The schema as it is published: with its address as `$id`, and with the form's words where a clerk will read the
    /// data: labels at fields and at their values, headings of steps at what is asked there.
    pub fn published_schema(&self, base: &str) -> Value {
        let mut schema = self.schema.clone();
        if let Some(root) = schema.as_object_mut() {
            root.insert("$id".to_owned(), json!(self.schema_address(base)));
            root.insert("title".to_owned(), json!(self.title.de));
        }
        for (pointer, field) in self.fields() {
            if let Some(node) = Schema::direct_mut(&mut schema, &pointer) {
                node.entry("title").or_insert_with(|| json!(field.label.de));
                node.entry("x-label").or_insert_with(|| json!(field.label));
                if !field.options.is_empty() {
                    let labels = field.options.iter().map(|it| (it.value.clone(), json!(it.label)));
                    node.insert("x-value-labels".to_owned(), Value::Object(labels.collect()));
                }
            }
        }
        for (pointer, words) in self.headings() {
            if let Some(node) = Schema::direct_mut(&mut schema, &pointer) {
                node.entry("title").or_insert_with(|| json!(words.de));
                node.entry("x-label").or_insert_with(|| json!(words));
            }
        }
        schema
    }

    /// What is above the fields: the step where they are asked, and the name of one item of a group.
    fn headings(&self) -> Vec<(String, &Words)> {
        let mut all = Vec::new();
        for step in &self.steps {
            for part in &step.parts {
                match part {
                    Part::Group(group) => all.push((group.at.clone(), &group.item)),
                    Part::Field(field) => match field.at.rsplit_once('/') {
                        Some((above, _)) if !above.is_empty() => {
                            all.push((above.to_owned(), step.short.as_ref().unwrap_or(&step.title)));
                        }
                        _ => {}
                    },
                    Part::Heading(_) | Part::Text(_) => {}
                }
            }
        }
        all
    }

    /// All fields with the pointer of each into the data; `{i}` stands for the number of a repeated item.
    pub fn fields(&self) -> Vec<(String, &Field)> {
        let mut all = Vec::new();
        for part in self.steps.iter().flat_map(|it| &it.parts) {
            match part {
                Part::Field(field) => all.push((field.at.clone(), field.as_ref())),
                Part::Group(group) => all.extend(group.fields()),
                Part::Heading(_) | Part::Text(_) => {}
            }
        }
        all
    }

    /// Whether a field may be left empty, whatever else is answered.
    pub fn is_optional(&self, pointer: &str) -> bool {
        !Schema::new(&self.schema).required_somewhere(pointer)
    }

    /// The value of a keyword of the schema at a pointer into the data (`maxLength`, `maxItems` …).
    pub fn keyword(&self, pointer: &str, keyword: &str) -> Option<&Value> {
        Schema::new(&self.schema).keyword(pointer, keyword)
    }
}

impl Group {
    /// The fields of the group, see [`Form::fields`].
    pub fn fields(&self) -> Vec<(String, &Field)> {
        let fields = self.parts.iter().filter_map(|it| match it {
            Part::Field(field) => Some((format!("{}/{{i}}{}", self.at, field.at), field.as_ref())),
            _ => None,
        });
        fields.collect()
    }
}
