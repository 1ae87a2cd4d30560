//! Reads the published cases: YAML in which the tag `!sd` marks what can be disclosed, on keys as well as on values.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// A document, and JSON pointers to what was marked.
pub struct Document {
    pub value: Value,
    pub marked: Vec<String>,
}

pub fn read(text: &str) -> Document {
    let events: Vec<Event<'_>> = Parser::new_from_str(text).map(|it| it.unwrap().0).collect();
    let mut reader = Reader { events: events.into_iter(), marked: Vec::new() };
    loop {
        match reader.events.next().expect("a document") {
            Event::StreamStart | Event::DocumentStart(_) => {}
            first => {
                let value = reader.value(first, "");
                return Document { value, marked: reader.marked };
            }
        }
    }
}

struct Reader<'y> {
    events: std::vec::IntoIter<Event<'y>>,
    marked: Vec<String>,
}

impl Reader<'_> {
    fn value(&mut self, event: Event<'_>, at: &str) -> Value {
        let tagged = match &event {
            Event::Scalar(_, _, _, tag) | Event::SequenceStart(_, tag) | Event::MappingStart(_, tag) => {
                tag.is_some()
            }
            other => panic!("{other:?} where a value should be"),
        };
        if tagged {
            self.marked.push(at.to_owned());
        }
        match event {
            Event::Scalar(text, style, ..) => scalar(text, style),
            Event::SequenceStart(..) => self.sequence(at),
            _ => self.mapping(at),
        }
    }

    fn sequence(&mut self, at: &str) -> Value {
        let mut elements = Vec::new();
        loop {
            match self.events.next().expect("the end of a sequence") {
                Event::SequenceEnd => return Value::Array(elements),
                event => elements.push(self.value(event, &format!("{at}/{}", elements.len()))),
            }
        }
    }

    fn mapping(&mut self, at: &str) -> Value {
        let mut members = Map::new();
        loop {
            match self.events.next().expect("the end of a mapping") {
                Event::MappingEnd => return Value::Object(members),
                Event::Scalar(name, _, _, tag) => {
                    let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                    if tag.is_some() {
                        self.marked.push(at.clone());
                    }
                    let event = self.events.next().expect("a value");
                    members.insert(name.into_owned(), self.value(event, &at));
                }
                other => panic!("{other:?} where a key should be"),
            }
        }
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return text.into_owned().into();
    }
    match text.as_ref() {
        "" | "~" | "null" => Value::Null,
        "True" | "true" => true.into(),
        "False" | "false" => false.into(),
        text if text.starts_with('+') => text.into(),
        text => text
            .parse::<i64>()
            .map(Value::from)
            .or_else(|_| text.parse::<f64>().map(Value::from))
            .unwrap_or_else(|_| text.into()),
    }
}
