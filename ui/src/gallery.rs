//! A page with every component, so that eyes and accessibility checks find all of them in one place.

use crate::{
    Alert, Choice, Column, Paging, Shell, Table, Task, Tone, badge, button, card,
    chart::{Chart, Span, Unit},
    check_list, checkbox, checkboxes, code, copy_field, date_field, date_parts, description_list, details,
    email_field, empty_state, error_summary, fieldset, file_field, format,
    germany::{Area, Germany, Outlines},
    grid, heading, hero, link, link_button, needs_script, note, number_field, pagination, paragraph,
    password_field, post_button, progress, radios, row, search_field, search_form, section, select, stepper,
    subheading, task_list, telephone_field, text_field, textarea, timeline,
};
use maud::{Markup, html};

/// 3 March 2026, 13:05 UTC.
const SOME_TIME: i64 = 1_772_543_100_000_000;

/// The page with every component; the node serves it in demo mode only.
pub fn gallery(shell: &Shell) -> Markup {
    let title = shell.t("Bausteine", "Components");
    shell.draw(title).script("copy").trail(shell.t("Startseite", "Start page"), "/").wide().body(html! {
        (hero(
            title,
            shell.t(
                "Alle Bausteine der Oberfläche auf einer Seite, so wie jede Fachseite sie zeigt.",
                "All components of the pages in one place, just as every page shows them.",
            ),
            search_form(
                "/ui",
                search_field("q", shell.t("Suche", "Search")),
                button(shell.t("Suchen", "Search")).icon("search"),
                html! {},
            ),
        ))
        @for (_, title, body) in parts(shell) { (section(title, body)) }
    })
}

/// The parts of the gallery: a name for the snapshot, the title, the components.
pub(crate) fn parts(shell: &Shell) -> Vec<(&'static str, &'static str, Markup)> {
    let t = |de, en| shell.lang().pick(de, en);
    vec![
        ("texts", t("Texte", "Texts"), texts(shell)),
        ("notices", t("Hinweise", "Notices"), notices(shell)),
        ("buttons", t("Schaltflächen", "Buttons"), buttons(shell)),
        ("cards", t("Karten", "Cards"), cards(shell)),
        ("fields", t("Felder", "Fields"), fields(shell)),
        ("groups", t("Feldgruppen", "Groups of fields"), groups(shell)),
        ("faults", t("Fehler in Feldern", "Faults in fields"), faults(shell)),
        ("lists", t("Listen", "Lists"), lists(shell)),
        ("tables", t("Tabellen", "Tables"), tables(shell)),
        ("steps", t("Schritte", "Steps"), steps(shell)),
        ("charts", t("Schaubilder", "Charts"), charts(shell)),
        ("germany", t("Karte von Deutschland", "Map of Germany"), map_of_germany(shell)),
    ]
}

fn texts(shell: &Shell) -> Markup {
    html! {
        (heading(shell.t("Überschrift", "Heading")))
        (paragraph(html! {
            (shell.t("Ein Absatz mit ", "A paragraph with ")) (link("#main", shell.t("einem Verweis", "a link"))) "."
        }))
        (subheading(shell.t("Kleinere Überschrift", "Smaller heading")))
        (note(shell.t("Eine kleine, leise Zeile.", "A small, quiet line.")))
        p.kern-body { (code("urn:de:fim:leika:leistung:99115005012000")) }
    }
}

fn notices(shell: &Shell) -> Markup {
    let text =
        shell.t("Ein Satz dazu, und was jetzt zu tun ist.", "A sentence about it, and what to do now.");
    html! {
            (Alert::new(Tone::Info, shell.t("Gut zu wissen", "Good to know")).text(text))
            (Alert::new(Tone::Success, shell.t("Gespeichert", "Stored")).text(text))
            (Alert::new(Tone::Warning, shell.t("Bitte beachten", "Take care")).text(text))
            (Alert::new(Tone::Danger, shell.t("Nicht gesendet", "Not sent")).text(text))
            div.app-row {
                (badge(Tone::Info, shell.t("Eingegangen", "Received")))
                (badge(Tone::Success, shell.t("Angenommen", "Accepted")))
                (badge(Tone::Warning, shell.t("Unterlagen fehlen", "Evidence missing")))
                (badge(Tone::Danger, shell.t("Abgelehnt", "Rejected")))
            }
            (needs_script(shell.lang(), text))
            (empty_state(
                shell.t("Noch kein Vorgang", "No case yet"),
                shell.t("Sobald ein Antrag eingeht, steht er hier.", "As soon as a submission arrives, it stands here."),
                Some(link_button("/", shell.t("Antrag stellen", "Make a submission"))),
            ))
            (progress("gallery-progress", shell.t("Anlagen werden verschlüsselt", "Attachments are being encrypted"), Some((3, 5))))
    }
}

fn buttons(shell: &Shell) -> Markup {
    html! {
            div.app-row {
                (button(shell.t("Weiter", "Continue")).attribute("type", "button"))
                (link_button("#main", shell.t("Herunterladen", "Download")).icon("download"))
                (link_button("#main", shell.t("Abbrechen", "Cancel")).tertiary())
                (post_button("/ui", &[("id", "1")], button(shell.t("Zurückziehen", "Withdraw")).secondary().icon("delete")))
            }
            (copy_field(shell.lang(), "gallery-copy", shell.t("Kennung des Zustellpunkts", "Destination id"), "0f8c1f8e-4a54-4c3a-9b7e-0d6c6a1e2b3c"))
    }
}

fn cards(shell: &Shell) -> Markup {
    html! {
            (grid(html! {
                (card(shell.t("Wohnsitz anmelden", "Register a residence"))
                    .above(shell.t("Meldewesen", "Registration"))
                    .text(shell.t("Nach dem Einzug, innerhalb von zwei Wochen.", "After moving in, within two weeks."))
                    .link("#main"))
                (card(shell.t("Hund anmelden", "Register a dog"))
                    .above(shell.t("Steuern", "Taxes"))
                    .text(shell.t("Für die Hundesteuer Ihrer Gemeinde.", "For the dog tax of your municipality."))
                    .link("#main"))
                (card(shell.t("Betriebszustand", "State of operation"))
                    .text(shell.t("Alle Prüfungen bestanden.", "All checks passed."))
                    .foot(link_button("#main", shell.t("Ansehen", "Look at it"))))
            }))
    }
}

fn fields(shell: &Shell) -> Markup {
    let states =
        [Choice::new("HE", "Hessen"), Choice::new("NI", "Niedersachsen"), Choice::new("TH", "Thüringen")];
    html! {
        form.app-form action="/ui" method="get" {
            (text_field("givenName", shell.t("Vorname", "Given name")).autocomplete("given-name"))
            (text_field("doctor", shell.t("Doktorgrad", "Doctorate")).optional())
            (email_field("email", "E-Mail").hint(shell.t("Für Rückfragen", "For questions")).autocomplete("email").optional())
            (telephone_field("telephone", shell.t("Telefon", "Telephone")).autocomplete("tel").optional())
            (password_field("secret", shell.t("Kennwort", "Password")).autocomplete("current-password"))
            (number_field("rooms", shell.t("Anzahl der Räume", "Number of rooms")).narrow(2))
            (date_field("moved", shell.t("Tag des Einzugs", "Day of moving in")))
            (select("state", shell.t("Bundesland", "State"), &states).empty_choice(shell.t("Bitte wählen", "Please choose")))
            (textarea("remark", shell.t("Bemerkung", "Remark")).optional())
            (file_field("evidence", shell.t("Wohnungsgeberbestätigung", "Landlord’s confirmation"))
                .hint(shell.t("PDF, höchstens 20 MB", "PDF, at most 20 MB"))
                .attribute("accept", "application/pdf,.pdf"))
            (checkbox("agreed", shell.t("Ich habe die Hinweise zum Datenschutz gelesen.", "I have read the privacy notice.")))
            (row(button(shell.t("Absenden", "Send"))))
        }
    }
}

fn groups(shell: &Shell) -> Markup {
    let kinds = [
        Choice::new("main", shell.t("Hauptwohnung", "Main residence")),
        Choice::new("second", shell.t("Nebenwohnung", "Second residence")),
    ];
    let ways = [
        Choice::new("mailbox", shell.t("Postfach", "Mailbox"))
            .hint(shell.t("Schnell und verschlüsselt", "Fast and encrypted")),
        Choice::new("letter", shell.t("Brief", "Letter")),
    ];
    let yes_no = [Choice::new("yes", shell.t("Ja", "Yes")), Choice::new("no", shell.t("Nein", "No"))];
    html! {
        form.app-form action="/ui" method="get" {
            (radios("kind", shell.t("Art der Wohnung", "Kind of residence"), &kinds).value("main"))
            (radios("pets", shell.t("Halten Sie einen Hund?", "Do you keep a dog?"), &yes_no).horizontal())
            (checkboxes("ways", shell.t("Antwort auf welchem Weg?", "How shall we answer?"), &ways).values(&["mailbox"]))
            (date_parts("born", shell.t("Geburtsdatum", "Date of birth"), shell.lang())
                .hint(shell.t("Zum Beispiel 24 12 1990", "For example 24 12 1990")))
            (fieldset("address", shell.t("Neue Anschrift", "New address"), html! {
                (text_field("street", shell.t("Straße und Hausnummer", "Street and number")))
                (text_field("postcode", shell.t("Postleitzahl", "Postcode")).narrow(4).attribute("inputmode", "numeric"))
            }))
        }
    }
}

fn faults(shell: &Shell) -> Markup {
    let missing = shell.t("Geben Sie den Familiennamen an.", "Enter the family name.");
    let choose = shell.t("Wählen Sie die Art der Wohnung.", "Choose the kind of residence.");
    let state = shell.t("Wählen Sie das Bundesland.", "Choose the state.");
    let agree = shell.t("Bestätigen Sie die Richtigkeit.", "Confirm that the entries are right.");
    let kinds = [
        Choice::new("main", shell.t("Hauptwohnung", "Main residence")),
        Choice::new("second", shell.t("Nebenwohnung", "Second residence")),
    ];
    html! {
            (error_summary(shell.lang(), &[("bad-name", missing), ("bad-kind", choose), ("bad-state", state), ("bad-right", agree)]))
            form.app-form action="/ui" method="get" {
                (text_field("bad-name", shell.t("Familienname", "Family name")).error(Some(missing)))
                (radios("bad-kind", shell.t("Art der Wohnung", "Kind of residence"), &kinds).error(Some(choose)))
                (select("bad-state", shell.t("Bundesland", "State"), &[Choice::new("HE", "Hessen")]).empty_choice("–").error(Some(state)))
                (checkbox("bad-right", shell.t("Alle Angaben sind richtig.", "All entries are right.")).error(Some(agree)))
            }
    }
}

fn lists(shell: &Shell) -> Markup {
    let lang = shell.lang();
    html! {
            (description_list(&[
                (shell.t("Zuständige Stelle", "Office"), html! { "Bürgeramt Kassel" }),
                (shell.t("Eingegangen", "Received"), format::time(lang, SOME_TIME)),
                (shell.t("Größe", "Size"), html! { (format::size(lang, 1_234_567)) }),
                (shell.t("Gebühr", "Fee"), html! { (format::euros(lang, 1_250)) }),
                (shell.t("Regionalschlüssel", "Region key"), code("066110000000")),
            ]))
            (task_list(shell.t("Vor dem Absenden", "Before sending"), &[
                Task { title: shell.t("Personen", "Persons"), path: Some("#main"), status: (Tone::Success, shell.t("Fertig", "Done")) },
                Task { title: shell.t("Unterlagen", "Evidence"), path: Some("#main"), status: (Tone::Warning, shell.t("Unvollständig", "Incomplete")) },
                Task { title: shell.t("Prüfen und absenden", "Check and send"), path: None, status: (Tone::Info, shell.t("Noch nicht möglich", "Not yet possible")) },
            ]))
            (timeline(lang, &[
                (SOME_TIME, shell.t("Antrag gesendet", "Submission sent"), Tone::Info, html! {}),
                (SOME_TIME + 3_600_000_000, shell.t("Antrag angenommen", "Submission accepted"), Tone::Success, html! { p.kern-body { "Bürgeramt Kassel" } }),
            ]))
            (check_list(lang, &[
                (Tone::Success, shell.t("Unterschrift des Zustelldienstes gültig", "Signature of the delivery service valid")),
                (Tone::Warning, shell.t("Zertifikat selbstsigniert", "Certificate self-signed")),
                (Tone::Danger, shell.t("Prüfsumme einer Anlage stimmt nicht", "Checksum of an attachment does not match")),
            ]))
            div.app-reading {
                (details(shell.t("Wer ist zuständig?", "Who is responsible?"), html! {
                    p.kern-body { (shell.t("Die Gemeinde, in der die neue Wohnung liegt.", "The municipality of the new residence.")) }
                }))
                (details(shell.t("Was kostet das?", "What does it cost?"), html! {
                    p.kern-body { (shell.t("Die Anmeldung ist gebührenfrei.", "Registration is free of charge.")) }
                }))
            }
    }
}

fn tables(shell: &Shell) -> Markup {
    let lang = shell.lang();
    let number = |value| html! { (format::number(lang, value)) };
    html! {
            (Table::new(shell.t("Gemeinden", "Municipalities"), [
                Column::new("Name").sortable(shell, "name", "name"),
                Column::new(shell.t("Regionalschlüssel", "Region key")),
                Column::new(shell.t("Einwohner", "Population")).numeric().sortable(shell, "population", "name"),
                Column::new(shell.t("Zustand", "State")),
            ])
            .row([html! { "Göttingen" }, code("031590016016"), number(118_000), badge(Tone::Success, shell.t("angebunden", "connected"))])
            .row([html! { "Kassel" }, code("066110000000"), number(201_585), badge(Tone::Success, shell.t("angebunden", "connected"))])
            .row([html! { "Witzenhausen" }, code("066360016016"), number(15_200), badge(Tone::Info, shell.t("geplant", "planned"))]))
            (pagination(shell, Paging { offset: 80, limit: 20, total: 10_955 }))
    }
}

fn steps(shell: &Shell) -> Markup {
    let titles = [
        shell.t("Personen", "Persons"),
        shell.t("Wohnung", "Residence"),
        shell.t("Unterlagen", "Evidence"),
        shell.t("Prüfen", "Check"),
    ];
    stepper(shell.lang(), &titles, 1)
}

fn charts(shell: &Shell) -> Markup {
    let (old, new) = (
        shell.t("Altes Verfahren behalten", "Keep the old system"),
        shell.t("Gemeinsames Verfahren", "Shared system"),
    );
    let lines = Chart::lines(
        shell,
        "gallery-lines",
        shell.t("Kosten über die Jahre, aufgelaufen", "Costs over the years, cumulated"),
        Unit::Euros,
    )
    .summary(shell.t(
        "Beispielzahlen: Ab 2029 ist das gemeinsame Verfahren günstiger.",
        "Example figures: from 2029 on the shared system is cheaper.",
    ))
    .labels(shell.t("Jahr", "Year"), ["2026", "2027", "2028", "2029", "2030"])
    .series(old, [4, 8, 12, 17, 22].map(|it| Some(Span::between(it * 1_000_000, it * 1_150_000))))
    .series(
        new,
        [9, 11, 13, 14, 16].map(|it| {
            Some(if it < 14 {
                Span::between(it * 900_000, it * 1_000_000)
            } else {
                Span::at_least(it * 1_000_000)
            })
        }),
    )
    .mark(3, shell.t("ab hier günstiger", "cheaper from here on"));
    let bars = Chart::bars(shell, "gallery-bars", shell.t("Kosten nach Art", "Costs by kind"), Unit::Euros)
        .labels(
            shell.t("Art", "Kind"),
            [
                shell.t("Betrieb", "Operation"),
                shell.t("Umstellung", "Migration"),
                shell.t("Schulung", "Training"),
            ],
        )
        .series(old, [Some(Span::between(8_000_000, 10_000_000)), Some(Span::exactly(0)), None])
        .series(
            new,
            [
                Some(Span::exactly(5_500_000)),
                Some(Span::at_least(3_000_000)),
                Some(Span::between(200_000, 900_000)),
            ],
        );
    html! { (lines) (bars) }
}

fn map_of_germany(shell: &Shell) -> Markup {
    let labels = [
        shell.t("unter 2 Millionen", "below 2 million"),
        shell.t("2 bis unter 5 Millionen", "2 to below 5 million"),
        shell.t("5 Millionen und mehr", "5 million and more"),
    ];
    // Rounded, and one left out on purpose.
    let millions = [30, 19, 80, 7, 180, 63, 41, 112, 132, 10, 37, 25, 16, 40, 21];
    let areas = Outlines::States.keys().zip(millions).map(|((key, _), tenths)| Area {
        key: key.into(),
        class: Some(usize::from(tenths >= 20) + usize::from(tenths >= 50)),
        value: format!("{} {}", format::decimal(shell.lang(), tenths, 1), shell.t("Millionen", "million"))
            .into(),
        path: Some("#main".into()),
    });
    html! {
        (Germany::new(shell, "gallery-germany", shell.t("Menschen in den Ländern", "People in the states"), Outlines::States)
            .summary(paragraph(shell.t("Gerundete Zahlen als Beispiel; Thüringen fehlt mit Absicht.", "Rounded figures as an example; Thuringia is left out on purpose.")))
            .classes(labels)
            .areas(areas))
    }
}
