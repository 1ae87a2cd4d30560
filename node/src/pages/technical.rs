//! Health, metrics, the interface and the errors explained.

use super::Known;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Actor, Code, Ctx, Kind, Lang, Result, Role, fault, http::Path};
use serde_json::json;
use std::sync::Arc;
use ui::{Cell, Column, Markup, Shell, Table, html};

/// The process runs.
pub async fn live() -> Response {
    axum::Json(json!({ "status": "up" })).into_response()
}

/// Everything that is needed for work is there.
pub async fn ready(State(known): State<Known>, ctx: Ctx) -> Response {
    let mut faults = Vec::new();
    for (title, check) in known.health.iter() {
        let system = Arc::new(ctx.acting(Actor::system("")));
        match check(system).await {
            Ok(None) => {}
            Ok(Some(sentence)) => faults.push((title, sentence.get(ctx.lang()).to_owned())),
            Err(error) => faults.push((title, error.detail(ctx.lang()))),
        }
    }
    let (status, word) =
        if faults.is_empty() { (StatusCode::OK, "up") } else { (StatusCode::SERVICE_UNAVAILABLE, "down") };
    let faults: Vec<_> =
        faults.iter().map(|(title, it)| json!({ "block": title.get(ctx.lang()), "detail": it })).collect();
    (status, axum::Json(json!({ "status": word, "faults": faults }))).into_response()
}

/// Metrics, for the operator.
pub async fn metrics(State(known): State<Known>, ctx: Ctx) -> Result<Response> {
    operator_only(&ctx)?;
    let media = [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    Ok((media, known.metrics.text()).into_response())
}

/// Refuses whoever is not the operator.
pub fn operator_only(ctx: &Ctx) -> Result<()> {
    if ctx.actor().is(Role::Admin) {
        Ok(())
    } else if ctx.actor().is_nobody() {
        Err(fault::UNAUTHENTICATED.into())
    } else {
        Err(fault::FORBIDDEN.with("permission", "node.operate"))
    }
}

/// The description of the interface.
pub async fn document(State(known): State<Known>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], known.document.as_str().to_owned()).into_response()
}

/// The page to try the interface out.
pub async fn try_out(shell: Shell) -> Markup {
    let title = shell.t("Schnittstellen ausprobieren", "Try the interfaces");
    shell.draw(title).script("try").main_id("try-app").data("data-openapi-url", "/api/openapi.json").body(html! {
        (ui::title(title))
        p class="kern-body" {
            (shell.t(
                "Alle Schnittstellen dieses Knotens, aus dem Programm selbst auf Englisch beschrieben. Anfragen gehen an diesen Knoten und wirken wirklich.",
                "All interfaces of this node, described by the program itself. Requests go to this node and take effect."))
            " "
            a class="kern-link" href="/api/openapi.json" { (shell.t("Beschreibung als OpenAPI-Datei", "Description as an OpenAPI file")) }
        }
        (ui::needs_script(shell.lang(), shell.t(
            "Zum Ausprobieren braucht diese Seite JavaScript. Die OpenAPI-Datei geht auch ohne.",
            "To try things out this page needs JavaScript. The OpenAPI file works without.")))
        div data-try {}
    })
}

/// All errors, with what they mean.
pub async fn problems(State(known): State<Known>, shell: Shell) -> Markup {
    let title = shell.t("Fehlermeldungen", "Error messages");
    let columns = [
        Column::new(shell.t("Kennung", "Code")),
        Column::new(shell.t("Bedeutung", "Meaning")),
        Column::new(shell.t("HTTP-Status", "HTTP status")).numeric(),
    ];
    let rows = known.faults.iter().map(|it| {
        let path = format!("/problems/{}", it.code);
        vec![
            Cell::from(html! { a class="kern-link" href=(path) { (ui::code(it.code)) } }),
            Cell::from(html! { (it.title.get(shell.lang())) }),
            Cell::from(html! { (it.kind.status()) }),
        ]
    });
    shell.page(
        title,
        html! {
            (ui::title(title))
            p class="kern-body" { (shell.t(
                "Jede Fehlermeldung hat eine feste Kennung. Sie steht in der Antwort im Feld „code“ und führt hierher.",
                "Every error message has a fixed code. It stands in the answer in the field “code” and leads here.")) }
            (Table::new(title, columns).rows(rows))
        },
    )
}

/// One error explained.
pub async fn problem(
    State(known): State<Known>,
    shell: Shell,
    ctx: Ctx,
    Path(code): Path<String>,
) -> Result<Markup> {
    let it = known.faults.iter().find(|it| it.code == code).ok_or(fault::NO_ADDRESS)?;
    let title = it.title.get(ctx.lang());
    Ok(shell.draw(title).trail(shell.t("Fehlermeldungen", "Error messages"), "/problems").body(html! {
        (ui::title(title))
        p class="kern-body" { (without_values(it.detail.get(ctx.lang()))) }
        (ui::description_list(&[
            (shell.t("Kennung", "Code"), html! { (ui::code(it.code)) }),
            (shell.t("HTTP-Status", "HTTP status"), html! { (it.kind.status()) }),
            (shell.t("Was zu tun ist", "What to do"), html! { (advice(it, ctx.lang())) }),
        ]))
    }))
}

/// The sentence of an error; an ellipsis stands for what each answer fills in.
fn without_values(detail: &str) -> String {
    let mut parts = detail.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push('…');
        text.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    text
}

fn advice(code: &Code, lang: Lang) -> &'static str {
    match code.kind {
        Kind::Internal | Kind::Unavailable => lang.pick(
            "Später erneut versuchen. Bleibt der Fehler, hilft dem Betrieb die Anfragenummer aus der Antwort.",
            "Try again later. If the error stays, the request id of the answer helps the operator.",
        ),
        Kind::Unauthenticated => {
            lang.pick("Ein gültiges Zugangstoken holen und mitsenden.", "Fetch a valid access token and send it along.")
        }
        Kind::Forbidden => lang.pick(
            "Beim Betreiber die genannte Berechtigung erbitten.",
            "Ask the operator for the permission that is named.",
        ),
        Kind::TooMany | Kind::Timeout => {
            lang.pick("Kurz warten und die Anfrage wiederholen.", "Wait a moment and repeat the request.")
        }
        Kind::Conflict => lang.pick(
            "Den heutigen Stand abrufen und neu entscheiden; dieselbe Anfrage zu wiederholen hilft nicht.",
            "Fetch the current state and decide anew; repeating the same request does not help.",
        ),
        _ => lang.pick(
            "Die Anfrage berichtigen: Das Feld „pointer“ oder „issues“ der Antwort nennt die Stelle.",
            "Correct the request: the field “pointer” or “issues” of the answer names the place.",
        ),
    }
}
