//! The known name that a wrong one was probably meant to be.

/// The nearest of the known names, if it is near enough to be meant.
pub(crate) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let most = (name.chars().count() / 3).max(1);
    known.map(|it| (distance(name, it), it)).filter(|(far, _)| *far <= most).min().map(|(_, it)| it)
}

/// How many characters must be put in, taken out or replaced.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, one) in from.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        for (at, other) in to.iter().enumerate() {
            let above = row.get(at + 1).copied().unwrap_or(usize::MAX - 1);
            let cost = (diagonal + usize::from(one != *other)).min(left + 1).min(above + 1);
            if let Some(it) = row.get_mut(at) {
                *it = left;
            }
            (diagonal, left) = (above, cost);
        }
        if let Some(it) = row.last_mut() {
            *it = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_levenshtein() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("flaw", "lawn"), 2);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn only_what_is_near_is_offered() {
        let known = ["level", "repair", "source"];
        assert_eq!(nearest("levle", known.into_iter()), None);
        assert_eq!(nearest("levl", known.into_iter()), Some("level"));
        assert_eq!(nearest("repiar", known.into_iter()), Some("repair"));
        assert_eq!(nearest("colour", known.into_iter()), None);
    }
}
