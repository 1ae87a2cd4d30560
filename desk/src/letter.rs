//! A plain letter as PDF: A4, one of the fonts every reader has, title and language stated, text that can be selected.

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

/// What stands in a letter.
pub(crate) struct Letter<'l> {
    /// Who writes.
    pub(crate) office: &'l str,
    /// In words.
    pub(crate) date: &'l str,
    /// The case.
    pub(crate) reference: &'l str,
    pub(crate) subject: &'l str,
    /// Paragraphs, parted by empty lines.
    pub(crate) text: &'l str,
}

/// Points: A4, its margins (below as on the left), and the height of a line.
const PAGE: (f32, f32) = (595.0, 842.0);
const LEFT: f32 = 71.0;
const TOP: f32 = 770.0;
const LEADING: f32 = 16.0;
/// What fits between the margins.
const LINES: usize = 43;
const WIDTH: f32 = PAGE.0 - 2.0 * LEFT;
const SIZE: f32 = 11.0;

const REGULAR: Name<'static> = Name(b"F1");
const BOLD: Name<'static> = Name(b"F2");

struct Line {
    text: Vec<u8>,
    bold: bool,
    size: f32,
}

/// The letter as PDF.
pub(crate) fn make(letter: &Letter<'_>) -> Vec<u8> {
    let lines = lines(letter);
    let pages: Vec<&[Line]> = lines.chunks(LINES).collect();
    let mut next = 1;
    let mut fresh = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree, info, regular, bold) = (Ref::new(1), fresh(), fresh(), fresh(), fresh());
    let refs: Vec<(Ref, Ref)> = pages.iter().map(|_| (fresh(), fresh())).collect();
    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr("de"));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.document_info(info).title(TextStr(letter.subject)).author(TextStr(letter.office));
    pdf.pages(tree).kids(refs.iter().map(|it| it.0)).count(i32::try_from(refs.len()).unwrap_or(i32::MAX));
    for (id, name) in [(regular, &b"Helvetica"[..]), (bold, &b"Helvetica-Bold"[..])] {
        pdf.type1_font(id).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for (lines, (page, content)) in pages.iter().zip(refs) {
        let mut writer = pdf.page(page);
        writer.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).parent(tree).contents(content);
        writer.resources().fonts().pair(REGULAR, regular).pair(BOLD, bold);
        writer.finish();
        pdf.stream(content, &draw(lines));
    }
    pdf.finish()
}

fn draw(lines: &[Line]) -> Vec<u8> {
    let mut content = Content::new();
    content.begin_text();
    content.next_line(LEFT, TOP);
    for line in lines {
        content.set_font(if line.bold { BOLD } else { REGULAR }, line.size);
        content.show(Str(&line.text));
        content.next_line(0.0, -LEADING);
    }
    content.end_text();
    content.finish().to_vec()
}

fn lines(letter: &Letter<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |text: &str, bold: bool, size: f32| {
        for part in text.lines() {
            let wrapped = wrap(part, size, bold);
            lines.extend(wrapped.into_iter().map(|it| Line { text: encode(&it), bold, size }));
        }
    };
    let space = " ";
    add(letter.office, true, 13.0);
    add(space, false, SIZE);
    add(letter.date, false, SIZE);
    add(&format!("Vorgang {}", letter.reference), false, 9.0);
    add(space, false, SIZE);
    add(space, false, SIZE);
    add(letter.subject, true, 13.0);
    add(space, false, SIZE);
    for paragraph in letter.text.lines() {
        add(if paragraph.trim().is_empty() { space } else { paragraph }, false, SIZE);
    }
    lines
}

/// Breaks a line between words, and inside a word that is wider than the page.
fn wrap(text: &str, size: f32, bold: bool) -> Vec<String> {
    let wide = |it: &str| {
        it.chars().map(|it| f32::from(width(it))).sum::<f32>() * size / 1000.0 * if bold { 1.08 } else { 1.0 }
    };
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut word = word.to_owned();
        while wide(&word) > WIDTH {
            let fits = word
                .char_indices()
                .map(|it| it.0)
                .take_while(|it| wide(word.get(..*it).unwrap_or_default()) < WIDTH);
            let at = fits.last().filter(|it| *it > 0).unwrap_or(word.len());
            let rest = word.split_off(at);
            lines.push(std::mem::replace(&mut word, rest));
        }
        let current = lines.last().map_or("", String::as_str);
        let joined = if current.is_empty() { word.clone() } else { format!("{current} {word}") };
        match lines.last_mut() {
            Some(last) if wide(&joined) <= WIDTH => *last = joined,
            _ => lines.push(word),
        }
    }
    if lines.len() > 1 && lines.first().is_some_and(String::is_empty) {
        lines.remove(0);
    }
    lines
}

/// Widths of Helvetica from space to tilde, in thousandths of the size (Adobe font metrics).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

fn width(letter: char) -> u16 {
    let at = (letter as usize).checked_sub(usize::from(b' '));
    at.and_then(|it| WIDTHS.get(it)).copied().unwrap_or(if letter.is_uppercase() { 778 } else { 611 })
}

/// Text in the encoding of the font (Windows-1252); what it lacks becomes a question mark.
fn encode(text: &str) -> Vec<u8> {
    let byte = |it: char| match it {
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(it)).unwrap_or(b'?'),
        '€' => 0x80,
        '‚' => 0x82,
        '„' => 0x84,
        '…' => 0x85,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '\t' => b' ',
        _ => b'?',
    };
    text.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_and_nothing_is_lost() {
        let text = "Sehr geehrte Frau Muster, ".repeat(20);
        let lines = wrap(text.trim(), SIZE, false);
        assert!(lines.len() > 3);
        assert_eq!(lines.join(" "), text.trim());
        let word = "x".repeat(500);
        assert_eq!(wrap(&word, SIZE, false).concat(), word);
    }

    #[test]
    fn a_letter_is_a_pdf_with_title_and_language() {
        let text = "Ihre Anmeldung ist eingetragen.\n\nMit freundlichen Grüßen\n".repeat(40);
        let letter = Letter {
            office: "Bürgeramt",
            date: "21. November 2026",
            reference: "c",
            subject: "Bescheid",
            text: &text,
        };
        let pdf = make(&letter);
        assert!(pdf.starts_with(b"%PDF-"));
        let has = |part: &[u8]| pdf.windows(part.len()).any(|it| it == part);
        assert!(has(b"/Lang"));
        assert_eq!(encode("Grüße – „ja“ 漢"), b"Gr\xfc\xdfe \x96 \x84ja\x93 ?");
        assert!(has(b"/Count 3"), "the text goes over several pages");
    }
}
