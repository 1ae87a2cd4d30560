//! Markdown as far as a model card needs it: front matter, headings, and whether somebody filled in what stands below.

/// A heading and the lines below it, up to the next one of the same or a higher rank.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section<'t> {
    /// From one.
    pub(super) line: usize,
    pub(super) rank: usize,
    pub(super) title: &'t str,
    pub(super) lines: Vec<&'t str>,
}

/// The front matter (YAML between two lines of three hyphens) and the rest, with the number of its first line.
pub(super) fn split(content: &str) -> (Option<&str>, &str, usize) {
    let content = content.trim_start_matches('\u{feff}');
    let Some(rest) = content.strip_prefix("---").filter(|it| it.starts_with(['\n', '\r'])) else {
        return (None, content, 1);
    };
    let mut at = 0;
    for (index, line) in rest.split_inclusive('\n').enumerate() {
        if index > 0 && line.trim_end() == "---" {
            let (front, body) = rest.split_at(at);
            return (Some(front), body.get(line.len()..).unwrap_or_default(), index + 2);
        }
        at += line.len();
    }
    (None, content, 1)
}

/// The sections of a body whose first line has this number.
pub(super) fn sections(body: &str, first_line: usize) -> Vec<Section<'_>> {
    let mut all: Vec<Section<'_>> = vec![Section { line: first_line, rank: 1, title: "", lines: Vec::new() }];
    let mut fenced = false;
    for (index, line) in body.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let rank = line.chars().take_while(|it| *it == '#').count();
        let is_heading =
            !fenced && (1..=6).contains(&rank) && line.chars().nth(rank).is_some_and(char::is_whitespace);
        if is_heading {
            let title = line.trim_start_matches('#').trim().trim_end_matches('#').trim_end();
            all.push(Section { line: first_line + index, rank, title, lines: Vec::new() });
        } else if let Some(section) = all.last_mut() {
            section.lines.push(line);
        }
    }
    all
}

/// Words that templates leave where somebody should write.
const PLACEHOLDERS: [&str; 6] =
    ["more information needed", "{{", "mlco2.github.io/impact", "todo", "tbd", "lorem ipsum"];

/// Whether the lines say something beside comments, placeholders and labels without a value.
pub(super) fn says_something(lines: &[&str]) -> bool {
    let mut comment = false;
    lines.iter().any(|line| {
        let shown = without_comments(line, &mut comment);
        let value = value_of(shown.trim());
        let lower = value.to_lowercase();
        value.chars().any(char::is_alphanumeric) && !PLACEHOLDERS.iter().any(|it| lower.contains(it))
    })
}

/// The value behind a label such as `- **License:** MIT`; nothing behind a label means that nothing is said.
fn value_of(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '*', '+', ' ']);
    let Some((_, value)) = line.split_once(":**") else { return line };
    value.trim()
}

/// The value of a label in these lines.
pub(super) fn labelled<'t>(lines: &[&'t str], label: &str) -> Option<&'t str> {
    let mut comment = false;
    for line in lines {
        let _ = without_comments(line, &mut comment);
        let Some((name, value)) = line.split_once(":**") else { continue };
        let name = name.trim_start_matches(['-', '*', '+', ' ']).to_lowercase();
        if name.starts_with(label) && says_something(&[value]) {
            return Some(value.trim());
        }
    }
    None
}

/// The parts of a line outside of `<!-- … -->`; a comment may go on over lines.
fn without_comments(line: &str, comment: &mut bool) -> String {
    let mut shown = String::new();
    let mut rest = line;
    loop {
        let mark = if *comment { "-->" } else { "<!--" };
        let Some((before, after)) = rest.split_once(mark) else {
            if !*comment {
                shown.push_str(rest);
            }
            return shown;
        };
        if !*comment {
            shown.push_str(before);
        }
        *comment = !*comment;
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_and_sections() {
        let (front, body, line) = split("---\nlicense: mit\n---\n# Model\ntext\n## Uses\n<!-- a\nb -->\n");
        assert_eq!((front.map(str::trim), line), (Some("license: mit"), 4));
        let all = sections(body, line);
        let titles: Vec<_> = all.iter().map(|it| (it.line, it.rank, it.title)).collect();
        assert_eq!(titles, [(4, 1, ""), (4, 1, "Model"), (6, 2, "Uses")]);
        assert!(says_something(&all[1].lines) && !says_something(&all[2].lines));
        assert_eq!(split("# no front matter"), (None, "# no front matter", 1));
        assert_eq!(split("---\nnever closed\n").0, None);
    }

    #[test]
    fn placeholders_say_nothing() {
        assert!(!says_something(&[
            "- **License:** [More Information Needed]",
            "{{ x }}",
            "- **Hours used:**",
            "***"
        ]));
        assert!(says_something(&["- **License:** MIT"]));
        assert_eq!(labelled(&["- **License:** MIT"], "license"), Some("MIT"));
        assert_eq!(labelled(&["- **License:** [More Information Needed]"], "license"), None);
    }
}
