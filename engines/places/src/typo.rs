//! One typo: a letter too many, too few, wrong, or two swapped (Damerau–Levenshtein distance 1).

/// Whether the typed word is one typo away from the word, or from a beginning of it (it is still being typed).
pub fn is_near(typed: &[u8], word: &[u8]) -> bool {
    let same = typed.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (Some(typed), Some(word)) = (typed.get(same..), word.get(same..)) else { return false };
    let begins = |typed: Option<&[u8]>, word: Option<&[u8]>| matches!((typed, word), (Some(typed), Some(word)) if word.starts_with(typed));
    let (typed1, word1) = (typed.get(1..), word.get(1..));
    let swapped = matches!((typed, word), ([a, b, ..], [c, d, ..]) if a == d && b == c);
    begins(typed1, word1)
        || begins(typed1, Some(word))
        || begins(Some(typed), word1)
        || (swapped && begins(typed.get(2..), word.get(2..)))
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn one_typo_is_near_and_two_are_far() {
        for (typed, word, near) in [
            ("kasel", "kassel", true),
            ("muencen", "muenchen", true),
            ("kassell", "kassel", true),
            ("kassle", "kassel", true),
            ("kussel", "kassel", true),
            ("kusse", "kassel", true),
            ("dresdne", "dresden", true),
            ("kusel", "kassel", false),
            ("assel", "kassel", true),
            ("xyssel", "kassel", false),
            ("kasseler", "kassel", false),
        ] {
            assert_eq!(is_near(typed.as_bytes(), word.as_bytes()), near, "{typed} {word}");
        }
    }
}
