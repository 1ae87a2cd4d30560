//! Which known word a mistyped one may have meant.

/// The known word that is nearest, if it is near enough to be meant.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let most = (word.chars().count() / 3).clamp(1, 4);
    if word.len() > 100 {
        return None;
    }
    known.map(|it| (distance(word, it), it)).filter(|(far, _)| *far <= most).min().map(|(_, it)| it)
}

/// How many letters have to be put in, taken out or changed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (number, letter) in one.chars().enumerate() {
        let mut corner = number;
        let mut left = number + 1;
        let mut next = vec![left];
        for (it, above) in other.iter().zip(row.iter().skip(1)) {
            let changed = corner + usize::from(*it != letter);
            left = changed.min(above + 1).min(left + 1);
            corner = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_levenshtein() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("licens", "licence"), 2);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn what_is_far_away_is_not_meant() {
        assert_eq!(nearest("licens", ["licence", "layer"].into_iter()), Some("licence"));
        assert_eq!(nearest("weather", ["licence", "layer"].into_iter()), None);
    }
}
