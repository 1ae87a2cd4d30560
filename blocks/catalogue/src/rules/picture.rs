//! The relations of one entry as a picture: what refers to it on the left, what it refers to on the right.

use ports::catalogue::RelationView;

/// How many neighbours stand on each side.
const MOST: usize = 8;
/// How many letters fit into a box.
const LETTERS: usize = 27;
pub const BOX_WIDTH: i32 = 220;
pub const BOX_HEIGHT: i32 = 46;
const GAP: i32 = 12;
const WIDTH: i32 = 780;

/// Where everything stands, in the units of the picture.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: i32,
    pub height: i32,
    /// The left upper corner of the entry itself.
    pub centre: (i32, i32),
    pub name: String,
    pub arms: Vec<Arm>,
    /// How many relations did not fit.
    pub more: usize,
}

/// A neighbour and the line to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Arm {
    /// The left upper corner of its box.
    pub at: (i32, i32),
    pub line: ((i32, i32), (i32, i32)),
    pub incoming: bool,
    pub relation: String,
    pub name: String,
}

/// Puts an entry and its neighbours in place.
pub fn picture(name: &str, relations: &[RelationView]) -> Picture {
    let (incoming, outgoing): (Vec<_>, Vec<_>) = relations.iter().partition(|it| it.incoming);
    let rows = i32::try_from(incoming.len().max(outgoing.len()).clamp(1, MOST)).unwrap_or(1);
    let height = rows * (BOX_HEIGHT + GAP) + GAP;
    let centre = ((WIDTH - BOX_WIDTH) / 2, (height - BOX_HEIGHT) / 2);
    let more = incoming.len().saturating_sub(MOST) + outgoing.len().saturating_sub(MOST);
    let arms = side(&incoming, height, centre).into_iter().chain(side(&outgoing, height, centre)).collect();
    Picture { width: WIDTH, height, centre, name: shortened(name), arms, more }
}

fn side(relations: &[&RelationView], height: i32, centre: (i32, i32)) -> Vec<Arm> {
    let shown = relations.len().min(MOST);
    let tall = i32::try_from(shown).unwrap_or(0) * (BOX_HEIGHT + GAP) - GAP;
    let first = (height - tall) / 2;
    relations
        .iter()
        .take(MOST)
        .zip(0..)
        .map(|(it, place)| {
            let x = if it.incoming { 0 } else { WIDTH - BOX_WIDTH };
            let y = first + place * (BOX_HEIGHT + GAP);
            let near = if it.incoming { x + BOX_WIDTH } else { x };
            let edge = if it.incoming { centre.0 } else { centre.0 + BOX_WIDTH };
            Arm {
                at: (x, y),
                line: ((near, y + BOX_HEIGHT / 2), (edge, centre.1 + BOX_HEIGHT / 2)),
                incoming: it.incoming,
                relation: shortened(&it.title),
                name: shortened(it.name.as_deref().unwrap_or(&it.id)),
            }
        })
        .collect()
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(id: usize, incoming: bool) -> RelationView {
        RelationView {
            key: "uses".to_owned(),
            title: "Nutzt".to_owned(),
            incoming,
            section: "elements".to_owned(),
            id: id.to_string(),
            name: Some("Ein sehr langer Name, der in keinen Kasten passt".to_owned()),
        }
    }

    #[test]
    fn nothing_overlaps_and_the_rest_is_counted() {
        let relations: Vec<RelationView> = (0..30).map(|it| relation(it, it % 3 == 0)).collect();
        let picture = picture("Mitte", &relations);
        assert_eq!((picture.arms.len(), picture.more), (2 * MOST, 30 - 2 * MOST));
        for (a, b) in picture.arms.iter().zip(picture.arms.iter().skip(1)) {
            assert!(a.at.0 != b.at.0 || b.at.1 - a.at.1 >= BOX_HEIGHT);
        }
        for arm in &picture.arms {
            assert!(arm.at.1 >= 0 && arm.at.1 + BOX_HEIGHT <= picture.height);
            assert!(arm.name.chars().count() <= LETTERS);
        }
    }

    #[test]
    fn an_entry_alone_is_a_picture_too() {
        let picture = picture("Allein", &[]);
        assert!(picture.arms.is_empty() && picture.height > BOX_HEIGHT);
    }
}
