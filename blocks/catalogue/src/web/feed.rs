//! The changes of a map as a feed (Atom, RFC 4287).

use crate::{
    model::{Changes, Version},
    operations::{Catalogue, Opened},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Lang, Result, http::Path};
use std::fmt::Write as _;
use ui::format;

/// How many versions a feed tells of, the newest ones.
const MOST: usize = 30;

/// The feed. Ids depend on the node's name, the map and the number only, so a reader shows each version once.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<Response> {
    let opened = catalogue.open(&ctx, &map).await?;
    let versions = catalogue.versions(&ctx, &opened).await?;
    let text = feed(&ctx, &opened, &versions);
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

fn feed(ctx: &Ctx, opened: &Opened, versions: &[Version]) -> String {
    let (lang, base) = (ctx.lang(), ctx.base_url());
    let index = opened.index();
    let title = index.map.head.title(lang == Lang::De);
    let host = base.split_once("://").map_or(base, |it| it.1).split(['/', ':']).next().unwrap_or_default();
    let id = format!("tag:{host},2026:{}", opened.path(""));
    let newest = versions.first().map_or(0, |it| it.made_at);
    let updated = updated(opened, newest);
    let author = index.face.publisher.as_deref().unwrap_or(title);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    // Writing into a string cannot fail.
    let _ = write!(
        text,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n<title>{} – {}</title>\n\
         <updated>{updated}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        lang.tag(),
        escaped(&id),
        escaped(title),
        lang.pick("Fassungen", "versions"),
        escaped(author),
        escaped(&format!("{base}{}", opened.path("/feed"))),
        escaped(&format!("{base}{}", opened.path("/versions"))),
    );
    let before = versions.iter().skip(1).map(Some).chain(std::iter::once(None));
    for (version, before) in versions.iter().zip(before).take(MOST) {
        text.push_str(&entry(ctx, opened, &id, version, before.map(|it| it.number)));
    }
    text.push_str("</feed>\n");
    text
}

fn entry(ctx: &Ctx, opened: &Opened, feed: &str, version: &Version, before: Option<i64>) -> String {
    let lang = ctx.lang();
    let mut title = format!("{} {}", lang.pick("Fassung", "Version"), version.number);
    if !version.reason.note.is_empty() {
        title.push_str(": ");
        title.push_str(&version.reason.note);
    }
    let path = match before {
        Some(before) => opened.path(&format!("/versions/{before}/{}", version.number)),
        None => opened.path("/versions"),
    };
    let maker = if version.made_by.is_empty() {
        String::new()
    } else {
        format!("<author><name>{}</name></author>\n", escaped(&version.made_by))
    };
    format!(
        "<entry>\n<id>{}/versions/{}</id>\n<title>{}</title>\n<updated>{}</updated>\n{maker}\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
        escaped(feed),
        version.number,
        escaped(&title),
        updated(opened, version.made_at),
        escaped(&format!("{}{path}", ctx.base_url())),
        escaped(&summary(lang, version, before)),
    )
}

/// On which decision, and the first sentences of what changed.
fn summary(lang: Lang, version: &Version, before: Option<i64>) -> String {
    let mut said = Vec::new();
    if !version.reason.decision.is_empty() {
        said.push(format!("{}: {}.", lang.pick("Beschluss", "Decision"), version.reason.decision));
    }
    match &version.changes {
        Some(changes) => said.extend(sentences(lang, changes)),
        None if before.is_none() => {
            said.push(lang.pick("Die älteste Fassung hier.", "The oldest version here.").to_owned());
        }
        None => said.push(
            lang.pick("Was sich änderte, ist nicht vermerkt.", "What changed is not recorded.").to_owned(),
        ),
    }
    said.join(" ")
}

fn sentences(lang: Lang, changes: &Changes) -> Vec<String> {
    let mut said: Vec<String> = changes.first.iter().map(|(de, en)| lang.pick(de, en).to_owned()).collect();
    let more = changes.count.saturating_sub(changes.first.len());
    if more > 0 {
        said.push(format!("{}: {more}.", lang.pick("Weitere Unterschiede", "Further differences")));
    }
    if said.is_empty() {
        said.push(lang.pick("Kein Unterschied.", "No difference.").to_owned());
    }
    said
}

/// When a version was made; the shipped one as of the day that it states.
fn updated(opened: &Opened, made_at: i64) -> String {
    let stated = opened.index().face.as_of.as_deref();
    let day = stated.filter(|it| made_at == 0 && it.len() == 10 && it.parse::<jiff::civil::Date>().is_ok());
    day.map_or_else(|| format::machine(made_at), |it| format!("{it}T00:00:00Z"))
}

/// Text for XML 1.0: marks escaped, characters that it does not know left out.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, it| {
        match it {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(it),
            it if it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}') => {}
            it => escaped.push(it),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_breaks_the_feed() {
        assert_eq!(super::escaped("a<b>&\"\u{0}\u{b}\u{ffff}ä"), "a&lt;b&gt;&amp;&quot;ä");
    }
}
