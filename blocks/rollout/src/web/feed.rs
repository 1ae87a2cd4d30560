//! The newest versions as an Atom feed (RFC 4287).

use super::{
    frame::{Asked, View},
    history::about,
};
use crate::operations::Rollout;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Result, http::Query};
use std::fmt::Write as _;
use ui::{Shell, format};

/// How many versions it names.
const MOST: usize = 100;

/// The feed.
pub(super) async fn show(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let view = View::new(&rollout, &ctx, &shell, asked).await?;
    let base = ctx.base_url();
    let tenant = &view.opened.ready.keeper.tenant;
    let address = |path: &str| escaped(&format!("{base}{path}"));
    let author = if tenant.is_empty() { base } else { tenant };
    let versions = &view.opened.ready.versions;
    let updated = versions.last().map_or(0, |it| it.made_at);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        shell.lang().tag(),
        address(&format!("/rollout/feed?tenant={}", super::frame::encode(tenant))),
        shell.t("Rollout: neue Fassungen", "Roll-out: new versions"),
        format::machine(updated),
        escaped(author),
        address(&view.path("/rollout/feed")),
        address(&view.path("/rollout/history")),
    );
    for it in versions.iter().rev().take(MOST) {
        let number = it.number.unwrap_or(0);
        let path = view.path(&format!("/rollout/history/differences?from={}&to={number}", number - 1));
        let summary: Vec<&str> =
            [it.note.as_str(), it.decision.as_str()].into_iter().filter(|it| !it.is_empty()).collect();
        // Writing into a string cannot fail.
        let _ = write!(
            text,
            "<entry>\n<id>urn:uuid:{}</id>\n<title>{} {number}: {}</title>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            it.id,
            shell.t("Fassung", "Version"),
            escaped(&about(&shell, it)),
            format::machine(it.made_at),
            address(&path),
            escaped(&summary.join(" – ")),
        );
    }
    text.push_str("</feed>\n");
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

/// A text that is no markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
