//! The annex as Markdown.

use crate::{
    Annex, Demand, Direction, Interface, Source, Topic, Words,
    html::{NOTICE, headings},
};

/// Writes an annex as Markdown, in German or in English. Nothing that a map or a set says becomes markup.
pub fn markdown(annex: &Annex, german: bool) -> String {
    let mut page = Page { text: String::new(), german };
    page.head(annex);
    page.elements(annex);
    page.demands(annex, Topic::General);
    page.interfaces(&annex.interfaces);
    page.demands(annex, Topic::Exit);
    page.demands(annex, Topic::Audit);
    page.evidence(annex);
    page.remarks(&annex.remarks);
    page.text
}

struct Page {
    text: String,
    german: bool,
}

impl Page {
    fn say(&self, de: &'static str, en: &'static str) -> &'static str {
        if self.german { de } else { en }
    }

    fn words(&self, words: &Words) -> String {
        escaped(words.get(self.german))
    }

    fn heading(&mut self, title: &str) {
        self.text += &format!("\n## {title}\n\n");
    }

    fn head(&mut self, annex: &Annex) {
        let it = &annex.request;
        let title = self.say(headings::TITLE.0, headings::TITLE.1);
        self.text += &format!("# {title}: {}\n\n", escaped(&it.title));
        let (buyer, date) = (self.say("Auftraggeber", "Buyer"), self.say("Stand", "As of"));
        self.text += &format!("{buyer}: {}  \n{date}: {}\n\n", escaped(&it.buyer), escaped(&it.date));
        let notice = self.say(NOTICE.0, NOTICE.1);
        self.text += &format!("{notice}\n\n{}:\n\n", self.say(headings::SETS.0, headings::SETS.1));
        for it in &annex.sets {
            let title = self.words(&it.title);
            self.text += &format!("- {title}, {} ({})\n", escaped(&it.version), escaped(&it.date));
        }
    }

    fn elements(&mut self, annex: &Annex) {
        self.heading(self.say(headings::ELEMENTS.0, headings::ELEMENTS.1));
        let header = self.say(
            "| Baustein | Art | Fassung | Lizenz | Karte |",
            "| Element | Kind | Version | Licence | Map |",
        );
        self.text += &format!("{header}\n|---|---|---|---|---|\n");
        for it in &annex.elements {
            let unknown = self.say("unbekannt", "unknown");
            let said =
                |words: &Option<Words>| words.as_ref().map_or_else(|| unknown.into(), |it| self.words(it));
            let version = it.version.as_deref().map_or_else(|| unknown.to_owned(), escaped);
            let row = format!(
                "| {} | {} | {version} | {} | {} |\n",
                self.words(&it.title),
                said(&it.kind),
                said(&it.licence),
                self.words(&it.map_title)
            );
            self.text += &row;
        }
    }

    fn demands(&mut self, annex: &Annex, topic: Topic) {
        let (de, en) = headings::of(topic);
        self.heading(self.say(de, en));
        let mut any = false;
        for demand in annex.of_topic(topic) {
            any = true;
            self.demand(demand);
        }
        if !any {
            let none = self.say(headings::NONE.0, headings::NONE.1);
            self.text += &format!("{none}\n");
        }
    }

    fn demand(&mut self, it: &Demand) {
        let condition = if it.conditional { self.say(", sofern vorhanden", ", if it exists") } else { "" };
        let level = self.words(&it.level_title);
        let elements: Vec<String> = it.elements.iter().map(|it| self.words(it)).collect();
        let lines = [
            format!("- **{level}{condition}**: {} (`{}`)", self.words(&it.text), it.requirement),
            format!("  - {}: {}", self.say("Betrifft", "Concerns"), elements.join(", ")),
            format!("  - {}: {}", self.say("Nachweis", "Evidence"), self.words(&it.evidence)),
            format!("  - {}: {}", self.say("Quelle", "Source"), self.source(&it.source)),
        ];
        self.text += &(lines.join("\n") + "\n");
        if let Some(note) = &it.note {
            let note = format!("  - {}: {}\n", self.say("Anmerkung", "Note"), self.words(note));
            self.text += &note;
        }
    }

    fn interfaces(&mut self, interfaces: &[Interface]) {
        self.heading(self.say(headings::INTERFACES.0, headings::INTERFACES.1));
        if interfaces.is_empty() {
            let none = self.say(headings::NO_INTERFACES.0, headings::NO_INTERFACES.1);
            self.text += &format!("{none}\n");
        }
        for it in interfaces {
            let unknown = self.say("unbekannt", "unknown");
            let direction = match it.direction {
                Direction::Offers => self.say("bietet an", "offers"),
                Direction::Needs => self.say("braucht", "needs"),
            };
            let name = it.name.as_ref().map_or_else(|| unknown.to_owned(), |it| self.words(it));
            let plain = |text: &Option<String>| text.as_deref().map_or_else(|| unknown.to_owned(), escaped);
            let kind = it.kind.as_ref().map_or_else(|| unknown.to_owned(), |it| self.words(it));
            let standards: Vec<String> = it.standards.iter().map(|it| self.words(it)).collect();
            let mut line = format!(
                "- {} {direction}: **{name}**; {}: {}; {}: {kind}; {}: {}",
                self.words(&it.element),
                self.say("Fassung", "version"),
                plain(&it.version),
                self.say("Art", "kind"),
                self.say("Vertrag", "contract"),
                plain(&it.contract),
            );
            if !standards.is_empty() {
                line += &format!("; Standards: {}", standards.join(", "));
            }
            if let Some(from) = &it.from {
                line += &format!("; {}: {}", self.say("von", "from"), self.words(from));
            }
            if let Some(source) = &it.source {
                line += &format!("; {}: {}", self.say("Quelle", "source"), self.source(source));
            }
            self.text += &(line + "\n");
        }
    }

    fn evidence(&mut self, annex: &Annex) {
        self.heading(self.say(headings::EVIDENCE.0, headings::EVIDENCE.1));
        for it in &annex.evidence {
            let line = format!("- {} (`{}`)\n", self.words(&it.text), it.requirements.join("`, `"));
            self.text += &line;
        }
        if annex.evidence.is_empty() {
            let none = self.say(headings::NONE.0, headings::NONE.1);
            self.text += &format!("{none}\n");
        }
    }

    fn remarks(&mut self, remarks: &[Words]) {
        if remarks.is_empty() {
            return;
        }
        self.heading(self.say(headings::REMARKS.0, headings::REMARKS.1));
        for it in remarks {
            let line = format!("- {}\n", self.words(it));
            self.text += &line;
        }
    }

    fn source(&self, source: &Source) -> String {
        let shown = escaped(&source.shown(self.german));
        match &source.url {
            Some(url) => format!("{shown}, {}", escaped(url)),
            None => shown,
        }
    }
}

/// A text in one line in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut to = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' | '@' => {
                to.push('\\');
                to.push(letter);
            }
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '&' => to.push_str("&amp;"),
            _ if letter.is_control() => to.push(' '),
            _ => to.push(letter),
        }
    }
    to
}
