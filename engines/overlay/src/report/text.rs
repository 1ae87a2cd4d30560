//! The picture as text, at most 100 columns wide.

use super::{as_of, maps_of, names, nobody, percent, range};
use crate::{Cluster, Picture, Row, Statement};
use std::io::{self, Write};

/// How wide a line is at most.
const WIDTH: usize = 100;
/// So many clusters are opened up into their parts.
const OPENED: usize = 10;
/// So many lines a list has at most; JSON, CSV and HTML have all.
const LINES: usize = 40;

/// Writes the picture as text: what was read, the ranked list, the first of it opened up, who serves what, what is built more than
/// once, what nobody serves, contradictions, suggestions, remarks. Long lists are cut and say so.
///
/// # Errors
/// When it cannot be written.
pub fn text(picture: &Picture, german: bool, to: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { picture, german, to: io::BufWriter::new(to) };
    page.inputs()?;
    page.ranked()?;
    page.opened()?;
    page.matrix()?;
    page.crowded()?;
    page.gaps()?;
    page.contradictions()?;
    page.suggestions()?;
    page.remarks()?;
    page.to.flush()
}

struct Page<'p, W: Write> {
    picture: &'p Picture,
    german: bool,
    to: W,
}

impl<W: Write> Page<'_, W> {
    fn say<'t>(&self, de: &'t str, en: &'t str) -> &'t str {
        if self.german { de } else { en }
    }

    fn title(&mut self, de: &str, en: &str) -> io::Result<()> {
        let title = self.say(de, en).to_uppercase();
        writeln!(self.to, "\n{title}\n")
    }

    /// Text broken at spaces, the lines behind the first one indented.
    fn broken(&mut self, first: &str, text: &str, indent: usize) -> io::Result<()> {
        let mut line = first.to_owned();
        for word in tame(text).split_whitespace() {
            let length = line.chars().count();
            if length + word.chars().count() + 1 > WIDTH && length > indent {
                writeln!(self.to, "{}", line.trim_end())?;
                line = " ".repeat(indent);
            }
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
            line.push_str(word);
        }
        writeln!(self.to, "{}", line.trim_end())
    }

    fn more(&mut self, all: usize) -> io::Result<()> {
        if all > LINES {
            let more = all - LINES;
            let text = if self.german {
                format!("  … und {more} weitere (alle in JSON und HTML)")
            } else {
                format!("  … and {more} more (all in JSON and HTML)")
            };
            writeln!(self.to, "{text}")?;
        }
        Ok(())
    }

    fn inputs(&mut self) -> io::Result<()> {
        let picture = self.picture;
        for it in &picture.maps {
            let title = tame(it.title.get(self.german));
            let date = as_of(it, self.german);
            let elements = self.say("Elemente", "elements");
            let text = format!("{} – {title}, {} {elements}, {}", it.handle, it.elements, tame(&date));
            self.broken("", &text, 2)?;
        }
        let all: usize = picture.maps.iter().map(|it| it.elements).sum();
        let joined = picture.clusters.iter().filter(|it| it.maps() > 1).count();
        let (maps, clusters) = (picture.maps.len(), picture.clusters.len());
        let text = if self.german {
            format!(
                "{all} Elemente aus {maps} Karten sind {clusters} verschiedene; {joined} davon stehen in mehreren Karten."
            )
        } else {
            format!(
                "{all} elements of {maps} maps are {clusters} different ones; {joined} of them stand in several maps."
            )
        };
        writeln!(self.to)?;
        self.broken("", &text, 0)
    }

    fn ranked(&mut self) -> io::Result<()> {
        self.title("Möglichkeit der Nachnutzung", "Reuse potential")?;
        let (maps, sure) = (self.say("Karten", "maps"), self.say("sicher", "sure"));
        let (middle, element) = (self.say("Mitte", "middle"), self.say("Element", "element"));
        writeln!(self.to, "{:>5}  {:>10}  {middle:>6}  {maps:>6}  {sure:>6}  {element}", "#", "%")?;
        for it in self.picture.clusters.iter().take(LINES) {
            let potential = percent(it.potential.low, it.potential.high);
            let sure = format!("{:.0} %", it.confidence * 100.0);
            let name: String = tame(it.name.get(self.german)).chars().take(55).collect();
            let middle = it.potential.middle();
            writeln!(
                self.to,
                "{:>5}  {potential:>10}  {middle:>6.0}  {:>6}  {sure:>6}  {name}",
                it.rank,
                it.maps()
            )?;
        }
        self.more(self.picture.clusters.len())
    }

    fn opened(&mut self) -> io::Result<()> {
        self.title("Wie die ersten zustande kommen", "How the first ones come about")?;
        for it in self.picture.clusters.iter().take(OPENED) {
            self.cluster(it)?;
        }
        Ok(())
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        let potential = percent(cluster.potential.low, cluster.potential.high);
        writeln!(self.to, "{}. {} ({potential})", cluster.rank, tame(cluster.name.get(self.german)))?;
        let maps = maps_of(self.picture, cluster).join(", ");
        self.broken(self.say("   steht in: ", "   stands in: "), &maps, 13)?;
        if let Some(weakest) =
            cluster.links.iter().min_by(|one, other| one.confidence.total_cmp(&other.confidence))
        {
            let reason = weakest.evidence.first().map_or("", |it| it.reason.get(self.german));
            let text = format!("{reason} ({} / {}, {:.2})", weakest.one, weakest.other, weakest.confidence);
            self.broken(self.say("   schwächster Beleg: ", "   weakest evidence: "), &text, 13)?;
        }
        for part in &cluster.potential.parts {
            let title = part.kind.title(self.german);
            let head = format!("   {:>10} × {}  {title}: ", range(part.range), part.weight);
            self.broken(&head, part.why.get(self.german), 20)?;
        }
        writeln!(self.to)
    }

    fn matrix(&mut self) -> io::Result<()> {
        let matrix = &self.picture.matrix;
        let by = matrix.by.title(self.german);
        self.title(&format!("Wer bedient was ({by})"), &format!("Who serves what ({by})"))?;
        self.broken("", matrix.why.get(self.german), 0)?;
        if matrix.rows.is_empty() {
            return writeln!(self.to, "{}", self.say("Keine Karte nennt etwas.", "No map names any."));
        }
        let (maps, different, below) = (
            self.say("Karten", "maps"),
            self.say("verschiedene", "different"),
            self.say("darunter", "below"),
        );
        writeln!(self.to, "\n  {maps:>6}  {different:>12}  {below:>8}  {by}")?;
        let rows: Vec<&Row> = matrix.rows.iter().collect();
        for row in rows.iter().take(LINES) {
            let maps = row.cells.iter().filter(|it| !it.is_empty()).count();
            let indent = 2 * row.depth.min(10);
            let title: String = tame(row.title.get(self.german)).chars().take(60 - indent).collect();
            let (here, below) = (row.clusters.len(), row.below);
            writeln!(self.to, "  {maps:>6}  {here:>12}  {below:>8}  {:indent$}{title}", "")?;
        }
        self.more(rows.len())?;
        if !matrix.unplaced.is_empty() {
            let count = matrix.unplaced.len();
            let text = if self.german {
                format!("{count} Elemente sind in keiner Zeile: ihre Karte nennt für sie nichts.")
            } else {
                format!("{count} elements are in no row: their map names nothing for them.")
            };
            self.broken("", &text, 0)?;
        }
        Ok(())
    }

    fn crowded(&mut self) -> io::Result<()> {
        let picture = self.picture;
        let crowd = picture.matrix.by.crowd();
        self.title(&crowd.de, &crowd.en)?;
        let rows: Vec<&Row> = picture.matrix.crowded().collect();
        for row in rows.iter().take(LINES) {
            let text = names(picture, &row.clusters, 8, self.german);
            let head = format!("  {} ({}): ", tame(row.title.get(self.german)), row.clusters.len());
            self.broken(&head, &text, 6)?;
        }
        self.none(rows.is_empty())?;
        self.more(rows.len())
    }

    fn gaps(&mut self) -> io::Result<()> {
        self.title("Lücken", "Gaps")?;
        let picture = self.picture;
        let rows: Vec<&Row> = picture.matrix.gaps().collect();
        for row in rows.iter().take(LINES) {
            let text = nobody(picture, row, self.german);
            self.broken(&format!("  {}: ", tame(row.title.get(self.german))), &text, 6)?;
        }
        self.none(rows.is_empty())?;
        self.more(rows.len())
    }

    fn contradictions(&mut self) -> io::Result<()> {
        self.title("Widersprüche", "Contradictions")?;
        let picture = self.picture;
        let mut lines = Vec::new();
        for cluster in &picture.clusters {
            for it in &cluster.contradictions {
                let said = grouped(picture, &it.statements, self.german);
                lines.push(format!(
                    "{}, {}: {said}",
                    cluster.name.get(self.german),
                    it.title.get(self.german)
                ));
            }
            if !cluster.versions.is_empty() {
                let said =
                    cluster.versions.iter().map(|it| format!("{}: {}", picture.handle(it.map), it.version));
                let said = said.collect::<Vec<_>>().join("; ");
                let title = self.say("Fassung", "Version");
                lines.push(format!("{}, {title}: {said}", cluster.name.get(self.german)));
            }
        }
        if !lines.is_empty() {
            let text = self.say("Die Quellen stehen in JSON und HTML.", "The sources are in JSON and HTML.");
            writeln!(self.to, "  {text}")?;
        }
        self.list(&lines)
    }

    fn suggestions(&mut self) -> io::Result<()> {
        self.title(
            "Vielleicht dasselbe (jemand muss entscheiden)",
            "Perhaps the same (somebody has to decide)",
        )?;
        let each = self.picture.suggestions.iter().map(|it| {
            let reasons: Vec<&str> = it.evidence.iter().map(|it| it.reason.get(self.german)).collect();
            format!("{:.2} {} / {}: {}", it.confidence, it.one, it.other, reasons.join(" "))
        });
        let lines: Vec<String> = each.collect();
        self.list(&lines)
    }

    fn remarks(&mut self) -> io::Result<()> {
        self.title("Anmerkungen", "Remarks")?;
        let lines: Vec<String> =
            self.picture.remarks.iter().map(|it| it.sentence.get(self.german).to_owned()).collect();
        self.list(&lines)
    }

    fn list(&mut self, lines: &[String]) -> io::Result<()> {
        for it in lines.iter().take(LINES) {
            self.broken("  - ", it, 4)?;
        }
        self.none(lines.is_empty())?;
        self.more(lines.len())
    }

    fn none(&mut self, empty: bool) -> io::Result<()> {
        if empty { writeln!(self.to, "  {}", self.say("keine", "none")) } else { Ok(()) }
    }
}

/// Each value with the maps that say it.
fn grouped(picture: &Picture, statements: &[Statement], german: bool) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for it in statements {
        let (value, handle) = (it.value.get(german), picture.handle(it.map));
        match groups.iter_mut().find(|it| it.0 == value) {
            Some((_, handles)) => handles.push(handle),
            None => groups.push((value, vec![handle])),
        }
    }
    let each = groups.iter().map(|(value, handles)| format!("{}: {value}", handles.join(", ")));
    each.collect::<Vec<_>>().join("; ")
}

/// Text of a map without what would steer a terminal.
fn tame(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}
