//! Reading a maturity model.

use super::{reader::Reader, source};
use crate::{Model, ModelLevel, Source};
use tree::Node;

pub(super) fn read(node: Node<'_>, of_set: &Source, reader: &mut Reader<'_>) -> Model {
    reader.map(node, &["id", "title", "source", "note", "levels"]);
    let mut levels: Vec<ModelLevel> = Vec::new();
    for item in reader.items(node, "levels") {
        let level = level(item, reader);
        if levels.last().is_some_and(|before| before.number >= level.number) {
            reader.fault(
                item,
                "Die Stufen stehen von unten nach oben; diese Zahl ist nicht größer als die davor.",
                "Levels stand from the lowest to the highest; this number is not greater than the one before.",
            );
        }
        levels.push(level);
    }
    if levels.is_empty() {
        reader.missing(node, "levels");
    }
    Model {
        id: reader.id(node, "id"),
        title: reader.words(node, "title"),
        source: source(node, Some(of_set), reader),
        note: reader.optional_words(node, "note"),
        levels,
    }
}

fn level(node: Node<'_>, reader: &mut Reader<'_>) -> ModelLevel {
    reader.map(node, &["number", "name", "requirements"]);
    let number = node.get("number").and_then(Node::integer).and_then(|it| u32::try_from(it).ok());
    if number.is_none() {
        reader.fault(
            node.get("number").unwrap_or(node),
            "Unter „number“ gehört eine ganze Zahl ab 0.",
            "A whole number from 0 belongs under \"number\".",
        );
    }
    let unknown = node.get("name").is_some_and(|it| it.text() == Some("unknown"));
    ModelLevel {
        number: number.unwrap_or(0),
        name: if unknown { None } else { Some(reader.words(node, "name")) },
        requirements: reader.texts(node, "requirements"),
    }
}
