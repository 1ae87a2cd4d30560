//! What all pages of one map have: the way to them, the tabs, whose map it is and as of when.

use crate::{operations::Opened, rules};
use kernel::Lang;
use landkarte::Section;
use ui::{Markup, Page, Shell, code, html, link, note, tabs, title};

/// A map and the page that shows it.
#[derive(Clone, Copy)]
pub(super) struct View<'v> {
    pub shell: &'v Shell,
    pub opened: &'v Opened,
}

impl<'v> View<'v> {
    /// The text in the reader's language.
    pub fn t<'t>(&self, de: &'t str, en: &'t str) -> &'t str {
        self.shell.t(de, en)
    }

    /// Whether the reader reads German.
    pub fn german(&self) -> bool {
        self.shell.lang() == Lang::De
    }

    /// The title of the map.
    pub fn map_title(&self) -> &'v str {
        self.opened.index().map.head.title(self.german())
    }

    /// A link to an entry by its name; its id, and that it is missing, where the map does not have it.
    pub fn link(&self, section: Section, id: &str) -> Markup {
        if let Some(entry) = self.opened.index().map.entry(section, id) {
            link(&self.path(section, id), entry.title(self.german()))
        } else {
            html! { (code(id)) " " (self.t("(nicht in der Karte)", "(not in the map)")) }
        }
    }

    /// The page of an entry.
    pub fn path(&self, section: Section, id: &str) -> String {
        rules::path_of(&self.opened.address, section, id)
    }

    /// A whole page of this map.
    pub fn page(&self, heading: &str, above: Option<(&'v str, String)>, body: &Markup) -> Markup {
        let mut page = self
            .shell
            .draw(heading.to_owned())
            .trail(self.t("Landkarte", "Map"), "/catalogue")
            .trail(self.map_title(), self.opened.path(""));
        if let Some((label, path)) = above {
            page = page.trail(label, path);
        }
        self.finish(page, heading, body)
    }

    /// The first page of this map.
    pub fn first_page(&self, body: &Markup) -> Markup {
        let heading = self.map_title();
        let page = self.shell.draw(heading).trail(self.t("Landkarte", "Map"), "/catalogue");
        self.finish(page.feed(heading, self.opened.path("/feed")), heading, body)
    }

    /// A whole page of this map that names the feed of its changes.
    pub fn page_with_feed(&self, heading: &str, body: &Markup) -> Markup {
        let page = self.shell.draw(heading.to_owned()).trail(self.t("Landkarte", "Map"), "/catalogue");
        let page = page.trail(self.map_title(), self.opened.path(""));
        let feed = self.opened.path("/feed");
        self.finish(page.feed(self.map_title(), feed), heading, body)
    }

    fn finish(&self, page: Page<'_>, heading: &str, body: &Markup) -> Markup {
        page.wide().body(html! {
            (title(heading))
            (self.tabs())
            (body)
            (self.foot())
        })
    }

    fn tabs(&self) -> Markup {
        let pages = [
            ("", self.t("Karte", "Map")),
            ("/capabilities", self.t("Fähigkeiten", "Capabilities")),
            ("/list", self.t("Liste", "List")),
            ("/standards", self.t("Standards", "Standards")),
            ("/decisions", self.t("Beschlüsse", "Decisions")),
            ("/principles", self.t("Prinzipien", "Principles")),
            ("/terms", self.t("Begriffe", "Terms")),
            ("/sources", self.t("Quellen", "Sources")),
            ("/compare", self.t("Vergleich", "Compare")),
            ("/costs", self.t("Kosten", "Costs")),
            ("/procurement", self.t("Beschaffen", "Procure")),
            ("/duties", self.t("Pflichten", "Duties")),
            ("/lint", self.t("Prüfung der Karte", "Check of the map")),
            ("/versions", self.t("Fassungen", "Versions")),
            ("/export", self.t("Export", "Export")),
        ];
        let pages: Vec<(String, &str)> =
            pages.into_iter().map(|(rest, label)| (self.opened.path(rest), label)).collect();
        let pages: Vec<(&str, &str)> = pages.iter().map(|(path, label)| (path.as_str(), *label)).collect();
        tabs(self.shell, self.t("Teile der Karte", "Parts of the map"), &pages)
    }

    /// Whose map it is, as of when, under which licence, and what has to be shown with it.
    fn foot(&self) -> Markup {
        let (index, head) = (self.opened.index(), &self.opened.index().map.head);
        let said = |key: &str| head.words(key, self.german());
        let unknown = self.t("nicht angegeben", "not stated");
        note(html! {
            @if let Some(notice) = said("notice") { (notice) " " }
            (self.t("Herausgeber: ", "Publisher: ")) (said("publisher").unwrap_or(unknown)) ". "
            (self.t("Stand: ", "As of: ")) (said("date").unwrap_or(unknown)) ". "
            (self.t("Lizenz: ", "Licence: ")) (said("licence").unwrap_or(unknown)) ". "
            @if index.version > 0 { (self.t("Fassung ", "Version ")) (index.version) } @else { (self.t("Mitgeliefert mit Fachwerk", "Shipped with Fachwerk")) }
            ", SHA-256 " (code(index.face.sha256.get(..16).unwrap_or_default())) "…"
        })
    }
}

/// A number of things as `usize` for [`ui::format::number`].
pub(super) fn count(shell: &Shell, number: usize) -> String {
    ui::format::number(shell.lang(), i64::try_from(number).unwrap_or(i64::MAX))
}
