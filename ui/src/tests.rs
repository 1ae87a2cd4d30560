//! Every component as a snapshot, labels everywhere, the frame, the page for an error, and the served files.

use crate::*;
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
    routing::get,
};
use http_body_util::BodyExt;
use kernel::{Actor, Code, Issue, Kind, Lang, Nav, Role, Text, fault, http::RequestId};
use std::sync::Arc;
use tower::ServiceExt;
use uuid::Uuid;

fn site() -> Arc<Site> {
    let nav = vec![
        Nav { path: "/", label: Text { de: "Anträge", en: "Submissions" }, admin: false, also: &[] },
        Nav { path: "/mailbox", label: Text { de: "Postfach", en: "Mailbox" }, admin: false, also: &[] },
        Nav {
            path: "/admin",
            label: Text { de: "Verwaltung", en: "Administration" },
            admin: true,
            also: &[],
        },
    ];
    let (sign_in, sign_out) = (Some("/sign-in".to_owned()), Some("/sign-out".to_owned()));
    Arc::new(Site { nav, demo: true, version: "0.1.0".to_owned(), sign_in, sign_out, ..Site::default() })
}

fn shell(lang: Lang, path: &str) -> Shell {
    Shell::new(site(), lang, Actor::nobody(), path)
}

/// Markup with a line for every tag, so that a change shows where it is.
fn lines(markup: &Markup) -> String {
    markup.0.replace('<', "\n<").trim_start().to_owned()
}

#[test]
fn every_component_looks_as_it_did() {
    for lang in [Lang::De, Lang::En] {
        for (name, _, body) in gallery::parts(&shell(lang, "/ui?q=1&offset=80")) {
            insta::assert_snapshot!(format!("{name}.{}", lang.tag()), lines(&body));
        }
    }
}

/// The value of an attribute in a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next())
}

#[test]
fn every_control_has_a_label_and_every_reference_a_target() {
    let page = gallery(&shell(Lang::De, "/ui")).0;
    let tags: Vec<&str> = page.split('<').filter_map(|it| it.split('>').next()).collect();
    let ids: Vec<&str> = tags.iter().filter_map(|it| attribute(it, "id")).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "an id stands twice on the page");
    let labels: Vec<&str> =
        tags.iter().filter(|it| it.starts_with("label")).filter_map(|it| attribute(it, "for")).collect();
    let mut controls = 0;
    for tag in &tags {
        let control =
            ["input", "select", "textarea", "progress"].iter().any(|it| tag.starts_with(&format!("{it} ")));
        if control && attribute(tag, "type") != Some("hidden") {
            controls += 1;
            let id = attribute(tag, "id").unwrap_or_else(|| panic!("no id: {tag}"));
            assert!(labels.contains(&id), "no label: {tag}");
        }
        for reference in attribute(tag, "aria-describedby").unwrap_or_default().split_whitespace() {
            assert!(ids.contains(&reference), "describes by nothing: {tag}");
        }
        if let Some(target) = attribute(tag, "href").and_then(|it| it.strip_prefix('#')) {
            assert!(ids.contains(&target), "leads nowhere: {tag}");
        }
    }
    assert!(controls > 20, "the gallery shows all controls");
    assert!(
        !page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick"),
        "nothing inline"
    );
}

#[test]
fn nothing_from_outside_becomes_markup() {
    let evil = "\"><img src=x onerror=alert(1)>";
    let choices = [Choice::new(evil, evil).hint(evil)];
    let shell = shell(Lang::De, "/p?\"><script>");
    let table = Table::new(evil, [Column::new(evil).sortable(&shell, evil, evil)]).row([html! { (evil) }]);
    let page = shell.draw(evil).trail(evil, evil).main_id(evil).data("data-x", evil).script(evil).body(html! {
        (text_field(evil, evil).value(evil).hint(evil).error(Some(evil)).attribute("data-x", evil).wrapper(evil, evil))
        (textarea(evil, evil).value(evil).error(Some(evil)))
        (select(evil, evil, &choices).empty_choice(evil))
        (checkbox(evil, evil).value(evil))
        (radios(evil, evil, &choices).value(evil).error(Some(evil)))
        (date_parts(evil, evil, Lang::De).value(evil))
        (error_summary(Lang::De, &[(evil, evil)]))
        (Alert::new(Tone::Info, evil).text(evil)) (badge(Tone::Info, evil))
        (button(evil).sends(evil, evil)) (link_button(evil, evil).icon(evil)) (post_button(evil, &[(evil, evil)], button(evil)))
        (card(evil).text(evil).above(evil).link(evil)) (copy_field(Lang::De, evil, evil, evil)) (code(evil))
        (stepper(Lang::De, &[evil], 0)) (table) (pagination(&shell, Paging { offset: 0, limit: 1, total: 9 }))
        (hero(evil, evil, evil)) (section(evil, evil))
    });
    assert!(!page.0.contains("<img"), "{}", page.0);
    assert!(!page.0.contains("\"><script>"), "{}", page.0);
}

#[test]
fn a_secret_is_not_written_back() {
    assert!(!html! { (password_field("secret", "Kennwort").value("hunter2")) }.0.contains("hunter2"));
}

#[test]
fn the_frame_tells_where_one_is() {
    let page = shell(Lang::De, "/mailbox/case/7?a=1").page("Ihr Vorgang", html! {}).0;
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"de\">"));
    assert!(page.contains("<title>Ihr Vorgang – Fachwerk</title>"));
    assert!(page.contains("<a class=\"app-skip\" href=\"#main\">Zum Inhalt springen</a>"));
    assert!(page.contains("<a href=\"/mailbox\" aria-current=\"true\">Postfach</a>"));
    assert!(page.contains("<a href=\"/\">Anträge</a>"), "the start page is current only on itself");
    assert!(page.contains("href=\"/mailbox/case/7?a=1&amp;lang=en\" lang=\"en\" hreflang=\"en\""));
    assert!(page.contains("Demobetrieb."));
    assert!(page.contains("Erklärung zur Barrierefreiheit"));
    assert!(!page.contains("Offizielle Website"), "only the operator may say so");
    let mut quiet = (*site()).clone();
    quiet.demo = false;
    let page = Shell::new(Arc::new(quiet), Lang::En, Actor::nobody(), "/").page("Fachwerk", html! {}).0;
    assert!(page.contains("<title>Fachwerk</title>"), "the name does not stand twice");
    assert!(!page.contains("Demo mode"));
}

#[test]
fn only_clerks_see_the_administration() {
    let page = |actor: Actor| Shell::new(site(), Lang::En, actor, "/").page("x", html! {}).0;
    let nobody = page(Actor::nobody());
    assert!(!nobody.contains("/admin") && nobody.contains("/sign-in") && !nobody.contains("/sign-out"));
    for role in [Role::Clerk, Role::Admin] {
        let clerk = page(Actor::new("c", "t", role));
        assert!(clerk.contains("/admin") && !clerk.contains("/sign-in"));
        assert!(
            clerk.contains("<form action=\"/sign-out\" method=\"post\">"),
            "signing out changes something"
        );
    }
    assert!(!page(Actor::new("c", "t", Role::Sender)).contains("/admin"));
}

#[test]
fn the_record_is_shown_to_auditors_and_not_to_clerks() {
    let entry = |path| Nav { path, label: Text { de: "x", en: "x" }, admin: true, also: &[] };
    let of = |role| {
        let shell = Shell::new(site(), Lang::En, Actor::new("somebody", "", role), "/");
        [shell.leads_on(&entry("/record")), shell.leads_on(&entry("/forms/admin"))]
    };
    assert_eq!(of(Role::Auditor), [true, false]);
    assert_eq!(of(Role::Clerk), [false, true]);
    assert_eq!(of(Role::Admin), [true, true]);
    assert_eq!(of(Role::Person), [false, false]);
}

#[test]
fn pages_beside_an_entry_mark_it_and_not_the_one_above() {
    let mut site = (*site()).clone();
    site.nav = vec![
        Nav {
            path: "/admin",
            label: Text { de: "Verwaltung", en: "Administration" },
            admin: true,
            also: &[],
        },
        Nav {
            path: "/admin/people",
            label: Text { de: "Personen", en: "People" },
            admin: true,
            also: &["/admin/roles"],
        },
    ];
    let site = std::sync::Arc::new(site);
    let marked = |path: &str| {
        let shell =
            Shell::new(std::sync::Arc::clone(&site), Lang::En, Actor::new("c", "", Role::Admin), path);
        let page = shell.page("x", "").0;
        let work = page.split("Workspace").nth(1).unwrap().split("</nav>").next().unwrap().to_owned();
        let of = |label: &str| {
            work.split("<li>").any(|it| it.contains(&format!(">{label}<")) && it.contains("aria-current"))
        };
        (of("Administration"), of("People"))
    };
    assert_eq!(marked("/admin"), (true, false));
    assert_eq!(marked("/admin/people"), (false, true));
    assert_eq!(marked("/admin/roles"), (false, true));
    assert_eq!(marked("/admin/roles/desk"), (false, true));
    assert_eq!(marked("/admin/else"), (true, false));
}

#[test]
fn an_error_while_signing_in_leads_back_to_the_beginning_and_a_second_person_is_asked_for() {
    const fn code(code: &'static str) -> Code {
        let text = Text { de: "x", en: "x" };
        Code { code, kind: Kind::Forbidden, title: text, detail: text }
    }
    let site = Site { sign_in: Some("/sign-in".to_owned()), ..Site::default() };
    let site = std::sync::Arc::new(site);
    let page = |path: &str, error: kernel::Error| {
        let shell = Shell::new(std::sync::Arc::clone(&site), Lang::De, Actor::nobody(), path);
        error_page(&shell, &error).0
    };
    let declined = page("/sign-in/wallet/finish", code("wallet.declined").into());
    assert!(declined.contains("Anmeldung neu beginnen") && declined.contains("href=\"/sign-in\""));
    assert!(!declined.contains("wenden Sie sich"));
    let elsewhere = page("/mailbox", code("wallet.declined").into());
    assert!(!elsewhere.contains("Anmeldung neu beginnen") && elsewhere.contains("wenden Sie sich"));
    let second =
        page("/admin/roles", code("identity.second_person_needed").with("link", "/admin/approvals#1"));
    assert!(second.contains("zweite berechtigte Person") && second.contains("href=\"/admin/approvals#1\""));
    assert!(!second.contains("wenden Sie sich"));
}

#[test]
fn an_error_says_what_to_do_next() {
    const BAD: Code = Code {
        code: "test.bad_place",
        kind: Kind::Unprocessable,
        title: Text { de: "Ort fehlt", en: "Place missing" },
        detail: Text { de: "Nennen Sie einen Ort in {state}.", en: "Name a place in {state}." },
    };
    let request = RequestId(Uuid::nil());
    let issue = Issue { pointer: "/place".to_owned(), detail: "<leer>".to_owned() };
    let error = BAD.with("state", "Hessen").at("/place").listing(vec![issue]).because("a secret cause");
    let page = error_page(&shell(Lang::De, "/x").with_request(request), &error).0;
    for part in [
        "Ort fehlt",
        "Nennen Sie einen Ort in Hessen.",
        "/place",
        "&lt;leer&gt;",
        "test.bad_place",
        "berichtigen",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("00000000-0000-0000-0000-000000000000"));
    assert!(!page.contains("secret cause"));
}

#[test]
fn pages_of_a_list() {
    let check = |offset, total, expected: &str| {
        let shown = pagination(&shell(Lang::De, "/l?q=a&offset=1"), Paging { offset, limit: 10, total }).0;
        let words: Vec<&str> =
            shown.split('>').filter_map(|it| it.split('<').next()).filter(|it| !it.is_empty()).collect();
        assert_eq!(words.join(" "), expected);
    };
    check(0, 0, "");
    check(0, 10, "");
    check(0, 11, "1 2 Weiter");
    check(10, 11, "Zurück 1 2");
    check(50, 1000, "Zurück 1 … 5 6 7 … 100 Weiter");
    check(99_999, 1000, "Zurück 1 … 99 100");
    let shown = pagination(&shell(Lang::De, "/l?q=a&offset=1"), Paging { offset: 0, limit: 10, total: 20 }).0;
    assert!(shown.contains("href=\"/l?q=a&amp;offset=10&amp;limit=10\""), "{shown}");
}

async fn fetch(path: &str, headers: &[(header::HeaderName, &str)]) -> Response<Body> {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let router: Router = assets::router();
    router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn files_are_kept_by_their_version() {
    let url = assets::url("mark.svg");
    let response = fetch(&url, &[]).await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(response.headers()[header::CONTENT_TYPE], "image/svg+xml");
    assert!(response.headers().get(header::CONTENT_ENCODING).is_none());
    let tag = response.headers()[header::ETAG].to_str().unwrap().to_owned();
    let plain = response.into_body().collect().await.unwrap().to_bytes();

    let unversioned = fetch("/static/mark.svg?v=other", &[]).await;
    assert_eq!(unversioned.headers()[header::CACHE_CONTROL], "no-cache");
    let known = fetch("/static/mark.svg", &[(header::IF_NONE_MATCH, &format!("\"x\", W/{tag}"))]).await;
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);

    let packed = fetch(&url, &[(header::ACCEPT_ENCODING, "br, gzip;q=0.5")]).await;
    assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
    let packed = packed.into_body().collect().await.unwrap().to_bytes();
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut unpacked).unwrap();
    assert_eq!(unpacked, plain);
    let refused = fetch(&url, &[(header::ACCEPT_ENCODING, "gzip;q=0")]).await;
    assert!(refused.headers().get(header::CONTENT_ENCODING).is_none());
}

#[tokio::test]
async fn what_is_not_there_is_said_so() {
    for path in ["/static/none.css", "/static/../Cargo.toml", "/static/%2e%2e/package.json", "/static/app"] {
        assert_eq!(fetch(path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_page_needs_the_site_in_the_request() {
    let router: Router =
        Router::new().route("/p", get(|shell: Shell| async move { shell.page("x", html! {}) }));
    let plain = Request::get("/p").body(Body::empty()).unwrap();
    let response = router.clone().oneshot(plain).await.unwrap();
    assert_eq!(response.status().as_u16(), fault::INTERNAL.kind.status());
    let request = Request::get("/p").extension(site()).extension(Lang::En).body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
}

/// Writes the gallery and an error page where `GALLERY` says, for people who change styles.
#[test]
fn pages_to_look_at() {
    let Some(folder) = option_env!("GALLERY") else { return };
    for lang in [Lang::De, Lang::En] {
        let shell = shell(lang, "/mailbox").with_request(RequestId(Uuid::nil()));
        std::fs::write(format!("{folder}/{}.html", lang.tag()), gallery(&shell).0).unwrap();
        let error = fault::NO_ADDRESS.into();
        std::fs::write(format!("{folder}/error-{}.html", lang.tag()), error_page(&shell, &error).0).unwrap();
    }
}
