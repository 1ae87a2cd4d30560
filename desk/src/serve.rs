//! Serving: the desk's pages and API, and its rounds.

use crate::{
    Broken, DeskConfig, api,
    entrance::{self, Door},
    handover::Targets,
    model::TENANT,
    names::{fault, may},
    office::{Delivery, Office, Schemas},
    operations::{Desk, Look},
    web,
};
use axum::{
    Extension, Router,
    extract::Request,
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use kernel::{
    Block, Check, Clock, Content, Ctx, Db, Error, Frame, FrameParts, Ids, Keys, Migration, Nav, Result, Role,
    Text,
    http::{Entrance, Reader, RequestId, enter},
};
use std::{
    io::Write as _,
    os::unix::fs::DirBuilderExt as _,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};
use ui::{CONTENT_SECURITY_POLICY, Shell, Site};

pub(crate) const MIGRATIONS: &[Migration] =
    &[Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") }];

/// Serves a desk until the process is told to stop.
///
/// # Errors
/// When a folder, a key or the address is of no use.
pub async fn serve(config: DeskConfig) -> std::result::Result<(), Broken> {
    let (desk, door) = open(&config).await?;
    let listener = tokio::net::TcpListener::bind(config.listen)
        .await
        .map_err(|it| Broken::file(Path::new(&config.listen.to_string()), it))?;
    // The token is for whoever started the desk; it never goes into a log.
    let link = if config.settings.open { String::new() } else { format!("sign-in?token={}", door.token()) };
    let _ = writeln!(std::io::stderr(), "desk: http://localhost:{}/{link}", config.listen.port());
    let rounds =
        tokio::spawn(rounds(Arc::clone(&desk), Duration::from_secs(config.settings.poll_seconds.max(1))));
    let router = compose(&desk, door, config.settings.allow_self_signed, &config.settings.base_url);
    kernel::http::serve(listener, router, kernel::http::make_room(), stopped()).await;
    rounds.abort();
    Ok(())
}

/// Opens database, content, keys and targets.
async fn open(config: &DeskConfig) -> std::result::Result<(Arc<Desk>, Door), Broken> {
    for folder in ["", "content", "drafts", "unpacking"] {
        let path = config.data.join(folder);
        // Decrypted content lies below: nobody but this user may even enter.
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&path);
        made.map_err(|it| Broken::file(&path, it))?;
    }
    // What an earlier desk was unpacking when it was killed.
    for entry in std::fs::read_dir(config.data.join("unpacking")).into_iter().flatten().flatten() {
        let _ = std::fs::remove_file(entry.path());
    }
    let base_url = format!("http://localhost:{}", config.listen.port());
    let frame = frame(&config.data, base_url, config.settings.allow_self_signed).await?;
    let settings = &config.settings;
    let schemas = Arc::new(Schemas::new(&frame, &settings.base_url, &config.office.join("schemas"))?);
    let office: Arc<dyn Office> = Arc::new(Delivery::new(config, Arc::clone(&schemas))?);
    let targets = Targets::new(config)?;
    let door = Door::load_or_make(&config.data, targets.tokens(), settings.open)?;
    let desk = Desk {
        frame,
        office,
        schemas: Some(schemas),
        targets,
        accept_after_handover: settings.accept_after_handover,
        drafts: config.data.join("drafts"),
        office_name: settings.office_name.clone().unwrap_or_else(|| "Zuständige Stelle".to_owned()),
        turn: tokio::sync::Mutex::default(),
        last: Mutex::new(Look::default()),
    };
    Ok((Arc::new(desk), door))
}

/// The desk's own frame, with tables brought up to date.
pub(crate) async fn frame(data: &Path, base_url: String, demo: bool) -> Result<Arc<Frame>> {
    let db = Db::open(&format!("sqlite:{}", data.join("desk.db").display())).await?;
    let mut block = Block::new("desk", Text { de: "Schreibtisch", en: "Desk" });
    block.migrations = MIGRATIONS;
    db.migrate(&block).await?;
    let parts = FrameParts {
        db,
        content: Content::folder(&data.join("content"))?,
        keys: Keys::load(Vec::new())?,
        clock: Clock::Real,
        ids: Ids::Random,
        base_url,
        demo,
    };
    block.grants = vec![(Role::Clerk, may::OF_CLERKS), (Role::Subscriber, may::OF_TARGETS)];
    Ok(Frame::new(parts, &[block]))
}

/// Everything the desk serves.
pub(crate) fn compose(desk: &Arc<Desk>, door: Door, demo: bool, node: &str) -> Router {
    let node = node.trim_end_matches('/');
    let site = Arc::new(Site {
        name: "Fachwerk Desk".to_owned(),
        line: Text { de: "Eingänge einer Stelle", en: "What an office receives" },
        nav: vec![Nav {
            path: "/",
            label: Text { de: "Eingänge", en: "Submissions" },
            admin: false,
            also: &[],
        }],
        demo,
        links: Site::legal(
            &format!("{node}/imprint"),
            &format!("{node}/privacy"),
            &format!("{node}/accessibility"),
        ),
        sign_in: (!door.is_open()).then(|| "/sign-in".to_owned()),
        sign_out: (!door.is_open()).then(|| "/sign-out".to_owned()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Site::default()
    });
    let pages = Arc::clone(&site);
    let page = move |error: &Error, reader: Reader| {
        let at = reader.uri.path_and_query().map_or("/", |it| it.as_str());
        let shell = Shell::new(Arc::clone(&pages), reader.lang, reader.actor, at)
            .with_request(RequestId(reader.request));
        ui::error_page(&shell, error).into_string()
    };
    let checks: Vec<Arc<dyn Check>> = vec![Arc::new(door.clone())];
    let entrance = Entrance {
        frame: Arc::clone(&desk.frame),
        checks,
        session: entrance::COOKIE,
        from_elsewhere: &[],
        page: Some(Arc::new(page)),
    };
    Router::new()
        .merge(web::router(Arc::clone(desk)))
        .merge(api::router(Arc::clone(desk)))
        .merge(entrance::router(door.clone()))
        .merge(ui::assets::router())
        .route("/health/live", get(|| async { "ok" }))
        .route("/health/ready", get(|| async { "ok" }))
        .fallback(|| async { Error::from(kernel::fault::NO_ADDRESS) })
        .method_not_allowed_fallback(|| async { Error::from(kernel::fault::NO_METHOD) })
        .layer(middleware::from_fn_with_state(Arc::new(entrance), enter))
        .layer(middleware::from_fn_with_state(door, entrance::welcome))
        .layer(middleware::from_fn(protect))
        .layer(Extension(site))
}

/// Headers that protect every answer; the page's language is remembered where it was chosen.
async fn protect(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let chosen = query.split('&').find_map(|it| it.strip_prefix("lang=")).and_then(kernel::Lang::parse);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        // Everything here is personal.
        ("cache-control", "no-store"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Some(lang) = chosen
        && let Ok(value) =
            HeaderValue::from_str(&format!("lang={}; Path=/; SameSite=Lax; Max-Age=31536000", lang.tag()))
    {
        headers.append(header::SET_COOKIE, value);
    }
    response
}

/// The desk's rounds, for as long as the process lives: report what was decided, send what was written, look for
/// something new, hand on, read logs again.
async fn rounds(desk: Arc<Desk>, every: Duration) {
    let mut count = 0_u64;
    loop {
        once(&desk, count).await;
        count += 1;
        tokio::time::sleep(every).await;
    }
}

/// One round; nothing in it keeps the rest from being done.
pub(crate) async fn once(desk: &Desk, count: u64) {
    let ctx = || Ctx::system(&desk.frame, TENANT);
    let told = |what: &str, outcome: Result<()>| match outcome {
        Err(error) if error.code() == fault::DELIVERY => tracing::warn!(what, %error, "the delivery service"),
        Err(error) => tracing::error!(what, ?error, "a round failed"),
        Ok(()) => {}
    };
    told("report", desk.report_all(&ctx()).await);
    told("send", desk.send_all(&ctx()).await);
    told("collect", desk.collect(&ctx()).await.map(drop));
    told("hand on", desk.hand_on(&ctx()).await);
    told("follow", desk.follow_all(&ctx()).await);
    if count.is_multiple_of(720) {
        told("sweep", desk.sweep(&ctx()).await);
    }
}

/// Ends when the process is told to stop (SIGINT or SIGTERM).
async fn stopped() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
