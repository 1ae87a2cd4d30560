//! The way in: request id, language and actor of every request.

use super::{
    patience::Patience,
    problem::{Failed, TypePrefix, problem_response},
};
use crate::{Actor, Check, Error, Frame, Kind, Lang, Result, Shown, fault};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;
use uuid::Uuid;

/// The id of a request; ours, never the caller's, so that it can be trusted in the log.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(pub Uuid);

/// How the caller showed who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    /// Not at all.
    None,
    /// By a header, which no other site can make a browser send.
    Header,
    /// By a cookie, which a browser sends by itself: changes need proof that the request comes from our own page.
    Cookie,
}

/// The mark by which a browser is known again while somebody signs in.
#[derive(Debug, Clone)]
pub(crate) struct Browser(pub Arc<str>);

/// The cookie that carries it.
pub const BROWSER: &str = "fachwerk_browser";

/// What the way in needs to know.
pub struct Entrance {
    /// What all operations share.
    pub frame: Arc<Frame>,
    /// Who recognises credentials, in order.
    pub checks: Vec<Arc<dyn Check>>,
    /// The cookie that carries a session; what it holds is shown to the checks under the scheme `Session`.
    pub session: &'static str,
    /// Beginnings of paths to which other sites may post; the session is not looked at then.
    pub from_elsewhere: &'static [&'static str],
    /// Draws an error as a page, for readers with a browser.
    pub page: Option<ErrorPage>,
}

/// Draws an error as a page.
pub type ErrorPage = Arc<dyn Fn(&Error, Reader) -> String + Send + Sync>;

/// For whom an error page is drawn.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The language.
    pub lang: Lang,
    /// Who is signed in.
    pub actor: Actor,
    /// The path and query of the request.
    pub uri: Uri,
    /// The id of the request.
    pub request: Uuid,
}

/// Gives every request its id, language and actor.
pub async fn enter(State(entrance): State<Arc<Entrance>>, request: Request, next: Next) -> Response {
    let id = RequestId(entrance.frame.ids().uuid());
    let lang = language(request.uri().query(), request.headers());
    let mut reader = Reader { lang, actor: Actor::nobody(), uri: request.uri().clone(), request: id.0 };
    let wants_page = wants_page(request.headers());
    let patience = request.extensions().get::<Patience>().copied().unwrap_or_default();
    let (mut parts, body) = request.map(|it| patience.pace(it)).into_parts();
    let recognised = match clean(&parts.uri) {
        Ok(()) => recognise(&entrance, &parts).await,
        Err(error) => Err(error),
    };
    let response = match recognised {
        Ok((actor, credentials)) => {
            reader.actor = actor.clone();
            if let Some(mark) = cookie(&parts.headers, BROWSER) {
                let mark = Browser(mark.into());
                parts.extensions.insert(mark);
            }
            parts.extensions.insert(Arc::clone(&entrance.frame));
            parts.extensions.insert(id);
            parts.extensions.insert(lang);
            parts.extensions.insert(actor);
            parts.extensions.insert(credentials);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(error) => error.into_response(),
    };
    let mut response = tell(&entrance, response, reader, wants_page);
    if let Ok(value) = HeaderValue::from_str(&id.0.to_string()) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// Tells an error in the reader's language, as a page where a browser asks; its cause goes to the log only.
fn tell(entrance: &Entrance, response: Response, reader: Reader, wants_page: bool) -> Response {
    let Some(Failed(error)) = response.extensions().get::<Failed>().cloned() else {
        return response;
    };
    let request = reader.request.to_string();
    if error.code().kind == Kind::Internal {
        tracing::error!(request, ?error, "an operation failed");
    }
    let prefix = response.extensions().get::<TypePrefix>().copied();
    let mut told = problem_response(&error, reader.lang, Some(&request), prefix);
    if let (Some(page), true) = (&entrance.page, wants_page) {
        *told.body_mut() = page(&error, reader).into();
        told.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    }
    for (name, value) in response.headers() {
        if !told.headers().contains_key(name) && name != header::CONTENT_LENGTH {
            told.headers_mut().insert(name.clone(), value.clone());
        }
    }
    told
}

/// Refuses what no path and no parameter may contain, whichever part of the node would read it.
fn clean(uri: &Uri) -> Result<()> {
    if uri.path_and_query().is_some_and(|it| it.as_str().contains("%00")) {
        return Err(Error::from(fault::BAD_PARAMETER).worded("reason", fault::NUL.de, fault::NUL.en));
    }
    Ok(())
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).is_some_and(|it| it.contains("text/html"))
}

/// Who asks: by the header first, then by the session's cookie, so that the secret of a case and an account can be shown at once.
async fn recognise(entrance: &Entrance, request: &Parts) -> Result<(Actor, Credentials)> {
    let headers = &request.headers;
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let authorization = value.to_str().map_err(|_| Error::from(fault::BAD_CREDENTIALS))?;
        let shown = Shown { authorization, by: Credentials::Header, request };
        for check in &entrance.checks {
            if let Some(actor) = check.check(&entrance.frame, &shown).await? {
                return Ok((actor, Credentials::Header));
            }
        }
        if shown.under("Bearer").is_some() || shown.under("DPoP").is_some() {
            return Err(fault::BAD_CREDENTIALS.into());
        }
        // Another scheme belongs to a handler (the secret of a case, for example).
    }
    let Some(session) = cookie(headers, entrance.session) else {
        return Ok((Actor::nobody(), Credentials::None));
    };
    let authorization = format!("Session {session}");
    let shown = Shown { authorization: &authorization, by: Credentials::Cookie, request };
    for check in &entrance.checks {
        match check.check(&entrance.frame, &shown).await {
            Ok(Some(actor)) => return by_cookie(entrance, request, actor),
            Ok(None) => {}
            // A cookie that has grown old is no error: the reader is simply not signed in any more.
            Err(error) if error.code().kind == Kind::Internal => return Err(error),
            Err(_) => break,
        }
    }
    Ok((Actor::nobody(), Credentials::None))
}

/// A browser sends its cookies by itself, so changes need proof that one of our own pages asks. Without it a page may
/// still be shown, to nobody in particular (another site's form that ends here, as in SAML, carries its own proof).
fn by_cookie(entrance: &Entrance, request: &Parts, actor: Actor) -> Result<(Actor, Credentials)> {
    if !changes(&request.method) || from_here(&entrance.frame, &request.headers) {
        return Ok((actor, Credentials::Cookie));
    }
    if entrance.from_elsewhere.iter().any(|it| request.uri.path().starts_with(it)) {
        return Ok((Actor::nobody(), Credentials::None));
    }
    Err(fault::CROSS_SITE.into())
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a browser sent this from a page of ours (Fetch metadata; `Origin` for older browsers).
fn from_here(frame: &Frame, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match headers.get(header::ORIGIN).and_then(|it| it.to_str().ok()) {
        Some(origin) => {
            let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
            origin == frame.base_url() || origin.split_once("://").is_some_and(|(_, it)| it == host)
        }
        None => false,
    }
}

/// The value of a cookie.
fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// The reader's language: chosen in the query, remembered in a cookie, preferred by the browser; German otherwise.
fn language(query: Option<&str>, headers: &HeaderMap) -> Lang {
    let chosen = query
        .unwrap_or_default()
        .split('&')
        .find_map(|it| it.strip_prefix("lang="))
        .and_then(Lang::parse)
        .or_else(|| cookie(headers, "lang").and_then(Lang::parse));
    chosen.unwrap_or_else(|| {
        headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default()
            .split(',')
            .find_map(|it| Lang::parse(it.trim()))
            .unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(query: Option<&str>, headers: &[(&'static str, &'static str)]) -> Lang {
        let headers: HeaderMap = headers
            .iter()
            .map(|(key, value)| {
                let key: header::HeaderName = key.parse().unwrap();
                (key, HeaderValue::from_static(value))
            })
            .collect();
        language(query, &headers)
    }

    #[test]
    fn the_language_is_chosen_then_remembered_then_preferred() {
        assert_eq!(lang(None, &[]), Lang::De);
        assert_eq!(lang(None, &[("accept-language", "fr, en;q=0.8")]), Lang::En);
        assert_eq!(lang(None, &[("cookie", "a=b; lang=de"), ("accept-language", "en")]), Lang::De);
        assert_eq!(lang(Some("q=x&lang=en"), &[("cookie", "lang=de")]), Lang::En);
    }
}
