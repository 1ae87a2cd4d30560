//! Where the facts come from: every text that names a source becomes an entry.

use landkarte::{Entry, FactKind, UNKNOWN};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A source as the collected facts name it.
#[derive(Clone, Copy)]
pub struct Known {
    text: &'static str,
    id: &'static str,
    title: &'static str,
    url: &'static str,
    publisher: &'static str,
    date: &'static str,
    /// Whether an official body speaks, be it through somebody's copy.
    official: bool,
    licence: &'static str,
}

const fn known(
    text: &'static str,
    id: &'static str,
    title: &'static str,
    url: &'static str,
    publisher: &'static str,
    date: &'static str,
) -> Known {
    Known { text, id, title, url, publisher, date, official: false, licence: UNKNOWN }
}

const fn official(known: Known) -> Known {
    Known { official: true, ..known }
}

const MAP: Known = official(known(
    "https://technologie.deutschland-stack.gov.de/data/full.json (Kopie vom 2026-06-14 in github.com/benjaminaaron/d-stack-kg, data/1-build-kg/upstream/full.json)",
    "landkarte-full-json",
    "Tech-Stack-Landkarte, full.json (Kopie vom 14.06.2026 in benjaminaaron/d-stack-kg)",
    "https://technologie.deutschland-stack.gov.de/data/full.json",
    UNKNOWN,
    "2026-06-14",
));
const KEPT: &str = "https://github.com/benjaminaaron/d-stack-kg";

/// All sources. Where nothing is known about publisher or date, it says so.
const KNOWN: &[Known] = &[
    MAP,
    Known {
        licence: "EUPL-1.2",
        ..official(known(
            "github.com/deleonio/accessible-d-stack-landscape data/items.csv (CSV-Download der Landkarte, Stand 2026-04-07)",
            "landkarte-items-csv",
            "Tech-Stack-Landkarte, CSV-Download vom 07.04.2026 (Kopie in deleonio/accessible-d-stack-landscape)",
            "https://github.com/deleonio/accessible-d-stack-landscape",
            UNKNOWN,
            "2026-04-07",
        ))
    },
    official(known(
        "github.com/benjaminaaron/d-stack-kg authored/beschlusslage.authored.ttl (Transkription der Anlagen zu B-2026/03)",
        "beschlusslage",
        "Beschlusslage: Abschrift der Anlagen zu B-2026/03 durch Dritte (benjaminaaron/d-stack-kg)",
        KEPT,
        UNKNOWN,
        UNKNOWN,
    )),
    known(
        "github.com/benjaminaaron/d-stack-kg authored/opencode-konformitaet.scenario.ttl (Abhängigkeiten real, Zuordnung zu Standards handkuratiert)",
        "d-stack-kg-opencode",
        "d-stack-kg: openCode-Konformität (Abhängigkeiten echt, Zuordnung zu Standards von Hand)",
        KEPT,
        UNKNOWN,
        UNKNOWN,
    ),
    known("github.com/benjaminaaron/d-stack-kg", "d-stack-kg", "d-stack-kg", KEPT, UNKNOWN, UNKNOWN),
    known("d-stack-kg README", "d-stack-kg-readme", "d-stack-kg: README", KEPT, UNKNOWN, UNKNOWN),
    known(
        "d-stack-kg konformitaet.html",
        "d-stack-kg-konformitaet",
        "d-stack-kg: konformitaet.html",
        KEPT,
        UNKNOWN,
        UNKNOWN,
    ),
    known(
        "d-stack-kg webapp/ideen.html",
        "d-stack-kg-ideen",
        "d-stack-kg: webapp/ideen.html",
        KEPT,
        UNKNOWN,
        UNKNOWN,
    ),
    known(
        "github.com/benjaminaaron/d-stack-kg modeling-notes.md",
        "d-stack-kg-modeling-notes",
        "d-stack-kg: modeling-notes.md",
        KEPT,
        UNKNOWN,
        UNKNOWN,
    ),
    known(
        "VITAKO, 13.02.2026",
        "vitako-2026-02-13",
        "VITAKO, Stellungnahme vom 13.02.2026",
        "",
        "VITAKO",
        "2026-02-13",
    ),
    known(
        "ekom21, 29.11.2025 (ekom21, dstack issue 459)",
        "ekom21-2025-11-29",
        "ekom21, Stellungnahme vom 29.11.2025 (dstack issue 459)",
        "",
        "ekom21",
        "2025-11-29",
    ),
    known(
        "D64, 29.11.2025 (D64, dstack issue 444)",
        "d64-2025-11-29",
        "D64, Stellungnahme vom 29.11.2025 (dstack issue 444)",
        "",
        "D64",
        "2025-11-29",
    ),
    known(
        "municipal statement, 22.10.2025 (dstack issue 197)",
        "kommune-2025-10-22",
        "Stellungnahme aus einer Kommune vom 22.10.2025 (dstack issue 197)",
        "",
        UNKNOWN,
        "2025-10-22",
    ),
    known("dstack issue 349", "dstack-issue-349", "dstack issue 349", "", UNKNOWN, UNKNOWN),
    known(
        "dstack issue 349 (]init[)",
        "dstack-issue-349-init",
        "dstack issue 349 (]init[)",
        "",
        "]init[",
        UNKNOWN,
    ),
    known("dstack issue 379", "dstack-issue-379", "dstack issue 379", "", UNKNOWN, UNKNOWN),
    known("cloudogu", "cloudogu", "cloudogu", "", "Cloudogu", UNKNOWN),
    known(
        "cloudogu Stellungnahme 13.02.2026",
        "cloudogu-2026-02-13",
        "Cloudogu, Stellungnahme vom 13.02.2026",
        "",
        "Cloudogu",
        "2026-02-13",
    ),
    known(
        "platform.cloudogu.com",
        "cloudogu-platform",
        "platform.cloudogu.com",
        "https://platform.cloudogu.com",
        "Cloudogu",
        UNKNOWN,
    ),
    known(
        "platform.cloudogu.com/de/blog/stellungnahme-d-stack-2",
        "cloudogu-stellungnahme-2",
        "Cloudogu, zweite Stellungnahme zum D-Stack",
        "https://platform.cloudogu.com/de/blog/stellungnahme-d-stack-2",
        "Cloudogu",
        UNKNOWN,
    ),
    official(known(
        "bmi.usercontent.opencode.de/ozg-rahmenarchitektur/.../Strategische_Leitplanken/",
        "ozg-rahmenarchitektur",
        "OZG-Rahmenarchitektur, Strategische Leitplanken",
        "https://bmi.usercontent.opencode.de/ozg-rahmenarchitektur/",
        UNKNOWN,
        UNKNOWN,
    )),
    official(known(
        "deutschland-stack.gov.de/kriterien (Fassung 2025, Stufenmodell) und d-stack-home-719768.usercontent.opencode.de/kriterien (Fassung 2026, Modell zurückgestellt)",
        "kriterien",
        "Kriterien des Deutschland-Stacks (Fassung 2025 mit Stufen; in der Fassung 2026 zurückgestellt)",
        "https://deutschland-stack.gov.de/kriterien",
        UNKNOWN,
        UNKNOWN,
    )),
    official(known(
        "deutsche-verwaltungscloud.de/Hilfebereich",
        "dvc-hilfebereich",
        "Deutsche Verwaltungscloud, Hilfebereich",
        "https://deutsche-verwaltungscloud.de",
        UNKNOWN,
        UNKNOWN,
    )),
    official(known(
        "deutsche-verwaltungscloud.de/haeufig-gestellte-fragen",
        "dvc-faq",
        "Deutsche Verwaltungscloud, häufig gestellte Fragen",
        "https://deutsche-verwaltungscloud.de/haeufig-gestellte-fragen",
        UNKNOWN,
        UNKNOWN,
    )),
    official(known(
        "digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-01-Konformitaet",
        "bund-av-01",
        "Architekturvorgabe AV-01 Konformität",
        "https://digital.bund.de/Architekturvorgaben/Allgemeine-Vorgaben/AV-01-Konformitaet",
        UNKNOWN,
        UNKNOWN,
    )),
    official(known(
        "nationale-it-architekturrichtlinie.gov.de/2_Architekturvorgaben/2_3_Funktionale_Vorgaben/FV-09_Entkopplung/ (nur als Verweis gesehen)",
        "nitar-fv-09",
        "Nationale IT-Architekturrichtlinie, FV-09 Entkopplung (nur als Verweis gesehen)",
        "https://nationale-it-architekturrichtlinie.gov.de/2_Architekturvorgaben/2_3_Funktionale_Vorgaben/FV-09_Entkopplung/",
        UNKNOWN,
        UNKNOWN,
    )),
    official(known(
        "digitale-verwaltung.de (Dashboard)",
        "dashboard-digitale-verwaltung",
        "Dashboard Digitale Verwaltung",
        "https://digitale-verwaltung.de",
        UNKNOWN,
        UNKNOWN,
    )),
    official(known(
        "digitale-verwaltung.de dashboard-node",
        "dashboard-node",
        "Dashboard Digitale Verwaltung (dashboard-node)",
        "https://digitale-verwaltung.de",
        UNKNOWN,
        UNKNOWN,
    )),
    known(
        "egovernment.de (Roadmap)",
        "egovernment-roadmap",
        "eGovernment (Roadmap)",
        "https://egovernment.de",
        UNKNOWN,
        UNKNOWN,
    ),
    known(
        "egovernment.de zur 48. Sitzung",
        "egovernment-48-sitzung",
        "eGovernment zur 48. Sitzung des IT-Planungsrats",
        "https://egovernment.de",
        UNKNOWN,
        UNKNOWN,
    ),
    official(known(
        "gesetze-im-internet.de/ozsv/__1.html",
        "ozsv-1",
        "OZSV § 1",
        "https://www.gesetze-im-internet.de/ozsv/__1.html",
        UNKNOWN,
        UNKNOWN,
    )),
    official(known(
        "git.fitko.de fit-connect/docs",
        "fit-connect-docs",
        "FIT-Connect, Dokumentation (git.fitko.de)",
        "https://git.fitko.de",
        "FITKO",
        UNKNOWN,
    )),
    official(known(
        "git.fitko.de fit-connect/docs (Vorgaben OAuth/X.509)",
        "fit-connect-docs-security",
        "FIT-Connect, Dokumentation, Vorgaben zu OAuth und X.509 (git.fitko.de)",
        "https://git.fitko.de",
        "FITKO",
        UNKNOWN,
    )),
    known(
        "github.com/SovereignCloudStack/docs standards/certification",
        "scs-certification",
        "Sovereign Cloud Stack, Zertifizierung",
        "https://github.com/SovereignCloudStack/docs",
        "Sovereign Cloud Stack",
        UNKNOWN,
    ),
    official(known(
        "gitlab.opencode.de/it-planungsrat/fit-ab/vorhaben issue 25",
        "fit-ab-issue-25",
        "Föderales IT-Architekturboard, Vorhaben, issue 25",
        "https://gitlab.opencode.de/it-planungsrat/fit-ab/vorhaben/-/issues/25",
        UNKNOWN,
        UNKNOWN,
    )),
    known(
        "heise 10332744",
        "heise-10332744",
        "heise 10332744",
        "https://heise.de/-10332744",
        "heise",
        UNKNOWN,
    ),
    known(
        "heise 11222752",
        "heise-11222752",
        "heise 11222752",
        "https://heise.de/-11222752",
        "heise",
        UNKNOWN,
    ),
    known(
        "heise 11225804",
        "heise-11225804",
        "heise 11225804",
        "https://heise.de/-11225804",
        "heise",
        UNKNOWN,
    ),
    known(
        "heise 11225804 Seite 2 (Spiegel r.udger.shop ...?seite=2)",
        "heise-11225804-2",
        "heise 11225804, Seite 2 (nach einem Spiegel)",
        "https://heise.de/-11225804",
        "heise",
        UNKNOWN,
    ),
    official(known(
        "it-planungsrat.de/produkte-standards/standards",
        "it-planungsrat-standards",
        "IT-Planungsrat, Standards",
        "https://www.it-planungsrat.de/produkte-standards/standards",
        "IT-Planungsrat",
        UNKNOWN,
    )),
    official(known(
        "opencode.de/en/knowledge/practical-use/badges-en",
        "opencode-badges",
        "openCode, Badges",
        "https://opencode.de/en/knowledge/practical-use/badges-en",
        "openCode",
        UNKNOWN,
    )),
    known(
        "sg.kele.xyz/shift/d-stack-notes DEUTSCHLAND-STACK.md",
        "d-stack-notes",
        "d-stack-notes, DEUTSCHLAND-STACK.md",
        "https://sg.kele.xyz/shift/d-stack-notes",
        UNKNOWN,
        UNKNOWN,
    ),
    known(
        "smartcountry.berlin (ZenDiS)",
        "smartcountry-zendis",
        "smartcountry.berlin (ZenDiS)",
        "https://smartcountry.berlin",
        UNKNOWN,
        UNKNOWN,
    ),
];

/// The sources that were named so far.
#[derive(Default)]
pub struct Sources(BTreeMap<String, Entry>);

impl Sources {
    /// The id of a source, and how sure a fact of it is. A text that names several is a source that consists of them.
    pub fn id(&mut self, text: &str) -> Result<(String, FactKind), String> {
        let parts: Vec<&Known> = text
            .split("; ")
            .map(|part| KNOWN.iter().find(|it| it.text == part).ok_or(format!("unknown source: {part}")))
            .collect::<Result<_, _>>()?;
        for it in &parts {
            self.add(entry(it));
        }
        let kind = |official| if official { FactKind::Official } else { FactKind::Statement };
        let kind = kind(parts.iter().all(|it| it.official));
        if let [one] = parts.as_slice() {
            return Ok((one.id.to_owned(), kind));
        }
        let ids: Vec<&str> = parts.iter().map(|it| it.id).collect();
        let mut both = Entry::new(ids.join("+"));
        both.set("title", parts.iter().map(|it| it.title).collect::<Vec<_>>().join("; "));
        both.set("parts", json!(ids));
        let id = both.id.clone();
        self.add(both);
        Ok((id, kind))
    }

    pub fn entries(self) -> impl Iterator<Item = Entry> {
        self.0.into_values()
    }

    fn add(&mut self, entry: Entry) {
        self.0.entry(entry.id.clone()).or_insert(entry);
    }
}

fn entry(known: &Known) -> Entry {
    let mut entry = Entry::new(known.id);
    let or_unknown = |it: &str| Value::from(if it.is_empty() { UNKNOWN } else { it });
    entry.set("title", known.title);
    entry.set("url", or_unknown(known.url));
    entry.set("publisher", or_unknown(known.publisher));
    entry.set("licence", or_unknown(known.licence));
    entry.set("date", or_unknown(known.date));
    entry
}
