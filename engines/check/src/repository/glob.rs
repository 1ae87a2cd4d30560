//! Patterns of paths, as REUSE has them.

/// Whether a path fits a pattern of REUSE.toml: `*` stands for anything but a slash, `**` for anything (REUSE 3.2).
pub(super) fn fits(pattern: &str, path: &str) -> bool {
    matches(pattern.as_bytes(), path.as_bytes(), false)
}

/// Whether a path fits a pattern of `.reuse/dep5`: `*` stands for anything, `?` for one character (DEP 5).
pub(super) fn fits_dep5(pattern: &str, path: &str) -> bool {
    matches(pattern.trim_start_matches("./").as_bytes(), path.as_bytes(), true)
}

/// Goes back to the last star only, so that the cost is the product of both lengths.
fn matches(pattern: &[u8], path: &[u8], star_takes_slash: bool) -> bool {
    let (mut at, mut seen) = (0, 0);
    // Where the last star stood, what it has taken so far, and whether it takes slashes.
    let mut star: Option<(usize, usize, bool)> = None;
    while seen < path.len() {
        let byte = path.get(seen).copied();
        match pattern.get(at) {
            Some(b'*') => {
                let double = pattern.get(at + 1) == Some(&b'*');
                at += if double { 2 } else { 1 };
                star = Some((at, seen, double || star_takes_slash));
                continue;
            }
            Some(b'?') if star_takes_slash => {
                (at, seen) = (at + 1, seen + 1);
                continue;
            }
            Some(it) if Some(*it) == byte => {
                (at, seen) = (at + 1, seen + 1);
                continue;
            }
            _ => {}
        }
        let Some((after, taken, slashes)) = star else { return false };
        if path.get(taken) == Some(&b'/') && !slashes {
            return false;
        }
        star = Some((after, taken + 1, slashes));
        (at, seen) = (after, taken + 1);
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
