//! Patterns of paths, as REUSE has them.

/// Whether a path fits a pattern of REUSE.toml: `*` stands for anything but a slash, `**` for anything (REUSE 3.2).
pub(super) fn fits(pattern: &str, path: &str) -> bool {
    matches(pattern.as_bytes(), path.as_bytes(), false)
}

/// Whether a path fits a pattern of `.reuse/dep5`: `*` stands for anything, `?` for one character (DEP 5).
pub(super) fn fits_dep5(pattern: &str, path: &str) -> bool {
    matches(pattern.trim_start_matches("./").as_bytes(), path.as_bytes(), true)
}

/// A star that was passed: where the pattern goes on after it, and up to where it has taken the path.
type Star = Option<(usize, usize)>;

/// Goes back to the last star of each kind only, so that the cost stays bounded.
fn matches(pattern: &[u8], path: &[u8], star_takes_slash: bool) -> bool {
    let (mut at, mut seen) = (0, 0);
    let mut single: Star = None;
    let mut double: Star = None;
    while let Some(byte) = path.get(seen) {
        match pattern.get(at) {
            Some(b'*') if star_takes_slash || pattern.get(at + 1) == Some(&b'*') => {
                at += if pattern.get(at + 1) == Some(&b'*') { 2 } else { 1 };
                (single, double) = (None, Some((at, seen)));
                continue;
            }
            Some(b'*') => {
                at += 1;
                single = Some((at, seen));
                continue;
            }
            Some(it) if it == byte || *it == b'?' && star_takes_slash => {
                (at, seen) = (at + 1, seen + 1);
                continue;
            }
            _ => {}
        }
        // A single star stops at a slash; then the double one before it takes one more.
        let again = match (single, double) {
            (Some((after, taken)), _) if path.get(taken) != Some(&b'/') => {
                single = Some((after, taken + 1));
                single
            }
            (_, Some((after, taken))) => {
                (single, double) = (None, Some((after, taken + 1)));
                double
            }
            _ => None,
        };
        let Some(again) = again else { return false };
        (at, seen) = again;
    }
    pattern.get(at..).unwrap_or_default().iter().all(|it| *it == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars() {
        assert!(fits("src/*.rs", "src/lib.rs") && !fits("src/*.rs", "src/a/lib.rs"));
        assert!(fits("**", "a/b/c") && fits("src/**", "src/a/lib.rs") && fits("**/*.png", "a/b/c.png"));
        assert!(fits("Cargo.lock", "Cargo.lock") && !fits("Cargo.lock", "x/Cargo.lock"));
        assert!(fits_dep5("*", "a/b") && fits_dep5("img/?.png", "img/a.png") && !fits_dep5("img/*", "src/a"));
    }

    #[test]
    fn a_hostile_pattern_ends() {
        assert!(!fits_dep5(&"*a".repeat(2000), &"a".repeat(1000)));
    }
}
