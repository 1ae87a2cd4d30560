//! The one address: what a request must show before the protocol is spoken.

use crate::{Mcp, api::Server};
use axum::{Router, extract::Request, http::header, middleware};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
};
use std::sync::Arc;
use url::Url;

/// The largest request in bytes; the arguments of a tool are a few words.
pub(crate) const LARGEST_REQUEST: usize = 64 * 1024;

pub(crate) fn router(mcp: &Mcp) -> Router {
    let server = Server::new(mcp);
    let make = move || Ok(server.clone());
    let transport = settings(mcp.addresses().base());
    let service = StreamableHttpService::new(make, Arc::new(NeverSessionManager::default()), transport);
    Router::new().route_service("/mcp", service).layer(middleware::map_request(forget_credentials))
}

/// Takes the credentials out of the headers: the kernel has read them, and nothing behind needs them or may log them.
async fn forget_credentials(mut request: Request) -> Request {
    for name in [header::AUTHORIZATION, header::COOKIE, header::PROXY_AUTHORIZATION] {
        request.headers_mut().remove(name);
    }
    request
}

/// No sessions, plain JSON, and no request that another site's page or another name for this machine brought here
/// (MCP 2026-07-28, Streamable HTTP, security).
fn settings(base_url: &str) -> StreamableHttpServerConfig {
    let mut settings = StreamableHttpServerConfig::default();
    settings.legacy_session_mode = false;
    settings.json_response = true;
    settings.max_request_body_bytes = LARGEST_REQUEST;
    let mut hosts = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
    let mut origins = Vec::new();
    if let Ok(base) = Url::parse(base_url)
        && let (Some(host), Some(port)) = (base.host_str(), base.port_or_known_default())
    {
        hosts.push(host.to_owned());
        origins.push(format!("{}://{host}:{port}", base.scheme()));
    }
    settings.with_allowed_hosts(hosts).with_allowed_origins(origins).enforce_origin_validation()
}
