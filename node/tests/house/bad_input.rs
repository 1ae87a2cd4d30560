//! Whatever a client sends: never a 5xx, always a problem that says what, where and how to mend it, in the language asked
//! for. Slow and huge bodies come over a real connection.

use crate::shop::{self, Shop};
use axum::{Extension, Router, body::Body, http::Request};
use kernel::http::Patience;
use serde_json::Value;
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tower::ServiceExt;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const JOSE: &str = "application/jose";
const NOBODY: &str = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

/// Who, method, path, content type, body; status and code that are expected.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static [u8], u16, &'static str);

const CASES: &[Case] = &[
    ("", "GET", "/nowhere", "", b"", 404, "kernel.no_address"),
    ("", "GET", "/..%2f..%2fetc/passwd", "", b"", 404, "kernel.no_address"),
    ("", "GET", "/assets/..%2f..%2fCargo.toml", "", b"", 404, "kernel.no_address"),
    ("", "GET", "/%00", "", b"", 400, "kernel.bad_parameter"),
    ("", "GET", "/?q=%00", "", b"", 400, "kernel.bad_parameter"),
    ("", "GET", "/forms/..%2f..%2fetc%2fpasswd", "", b"", 404, "forms.no_form"),
    ("", "GET", "/forms/x%0d%0aSet-Cookie:a=b", "", b"", 404, "forms.no_form"),
    ("", "GET", "/problems/%ff", "", b"", 400, "kernel.bad_parameter"),
    ("", "DELETE", "/v1/info", "", b"", 405, "kernel.no_method"),
    ("", "NONSENSE", "/v1/info", "", b"", 405, "kernel.no_method"),
    ("", "GET", "/api/v1/directory/places?q=a&limit=-1", "", b"", 400, "kernel.bad_parameter"),
    (
        "",
        "GET",
        "/routing/v2/routes?leikaKey=99115005104000&ars=06&limit=501",
        "",
        b"",
        400,
        "directory.bad_route",
    ),
    ("", "POST", "/sign-in/recovery", JSON, b"{}", 415, "kernel.bad_media_type"),
    ("", "POST", "/sign-in/recovery", FORM, b"attempt=a&code=a%00b", 400, "kernel.bad_parameter"),
    ("", "POST", "/sign-in/recovery", FORM, b"attempt=a&code=a&code=b", 400, "kernel.bad_parameter"),
    ("", "POST", "/v1/submissions", JSON, b"{}", 401, "kernel.unauthenticated"),
    ("subscriber", "GET", "/v1/submissions?limit=0", "", b"", 400, "delivery.bad_window"),
    ("subscriber", "GET", "/v1/submissions?limit=501", "", b"", 400, "delivery.bad_window"),
    ("subscriber", "GET", "/v1/submissions?offset=-1", "", b"", 400, "delivery.bad_window"),
    (
        "subscriber",
        "GET",
        "/v1/submissions?offset=1000000000000000000000000000000",
        "",
        b"",
        400,
        "kernel.bad_parameter",
    ),
    ("subscriber", "GET", "/v1/submissions/..%2f..", "", b"", 400, "kernel.bad_parameter"),
    ("sender", "POST", "/v1/submissions", JSON, b"", 400, "kernel.bad_json"),
    ("sender", "POST", "/v1/submissions", JSON, b"{", 400, "kernel.bad_json"),
    ("sender", "POST", "/v1/submissions", JSON, b"{} x", 400, "kernel.bad_json"),
    ("sender", "POST", "/v1/submissions", JSON, b"[1]", 400, "kernel.bad_json"),
    ("sender", "POST", "/v1/submissions", JSON, b"\xff\xfe", 400, "kernel.bad_json"),
    ("sender", "POST", "/v1/submissions", JSON, br#"{"destinationId":"\u0000"}"#, 400, "kernel.bad_json"),
    ("sender", "POST", "/v1/submissions", JSON, br#"{"destinationId":1e999}"#, 400, "kernel.bad_json"),
    ("sender", "POST", "/v1/submissions", "text/plain", b"{}", 415, "kernel.bad_media_type"),
];

/// An answer of the router: status, content type and body.
async fn ask(router: &Router, request: Request<Body>) -> (u16, String, String) {
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let media = response.headers().get("content-type").map(|it| it.to_str().unwrap().to_owned());
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, media.unwrap_or_default(), String::from_utf8_lossy(&body).into_owned())
}

fn request(
    token: Option<&str>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    for (name, value) in headers.iter().filter(|it| !it.1.is_empty()) {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_vec())).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_says_what_is_wrong_in_the_readers_language() {
    let shop = shop::open().await;
    let (sender, subscriber) = (shop.token("sender").await, shop.token("subscriber").await);
    for (who, method, path, media, body, expected, code) in CASES.iter().copied() {
        let token = match who {
            "sender" => Some(sender.as_str()),
            "subscriber" => Some(subscriber.as_str()),
            _ => None,
        };
        let told = format!("{method} {path} {:?}", String::from_utf8_lossy(body));
        let mut details = Vec::new();
        for lang in ["de", "en"] {
            let headers = [("content-type", media), ("accept-language", lang)];
            let (status, kind, text) = ask(&shop.router, request(token, method, path, &headers, body)).await;
            assert_eq!((status, kind.as_str()), (expected, "application/problem+json"), "{told}: {text}");
            let problem: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(problem["code"], code, "{told}: {text}");
            details.push(problem["detail"].as_str().unwrap().to_owned());
        }
        assert!(!details[0].contains('{') || details[0].contains("{\""), "{told}: {details:?}");
        assert_ne!(details[0], details[1], "{told}: the same text in both languages");
        let headers = [("content-type", media), ("accept", "text/html")];
        let (status, kind, text) = ask(&shop.router, request(token, method, path, &headers, body)).await;
        assert_eq!(status, expected, "{told}");
        assert!(kind.starts_with("text/html") && text.contains("<h1"), "{told}: {kind}");
    }
    nothing_broken_is_a_fault_of_ours(&shop, &sender).await;
}

/// Every address of the interface with broken parameters and bodies, as operator and as sender.
async fn nothing_broken_is_a_fault_of_ours(shop: &Shop, sender: &str) {
    let admin = shop.house.admin.as_str().to_owned();
    let (_, _, document) = ask(&shop.router, request(None, "GET", "/api/openapi.json", &[], b"")).await;
    let document: Value = serde_json::from_str(&document).unwrap();
    let mut faults = Vec::new();
    let mut asked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let method = method.to_uppercase();
            let media = operation["requestBody"]["content"].as_object();
            let media = media.and_then(|it| it.keys().next()).map_or("", String::as_str);
            let requests = ["%00", "%ff", "..%2f..", "-1", "%3Cb%3E"]
                .into_iter()
                .filter(|_| path.contains('{'))
                .map(|it| (filled(path, it), b"{}".to_vec()))
                .chain(bodies(media).into_iter().map(|it| (filled(path, NOBODY), it)));
            for (path, body) in requests {
                for token in [&admin, sender] {
                    let headers = [("content-type", media)];
                    let wanted = request(Some(token), &method, &path, &headers, &body);
                    let (status, kind, text) = ask(&shop.router, wanted).await;
                    asked += 1;
                    let problem = kind == "application/problem+json" || text.contains("error_description");
                    if status >= 500 || (status >= 400 && !problem) {
                        faults.push(format!("{method} {path}: {status} {kind} {text}"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(asked > 500, "only {asked} requests");
}

fn filled(path: &str, value: &str) -> String {
    path.split('/').map(|it| if it.starts_with('{') { value } else { it }).collect::<Vec<_>>().join("/")
}

/// Bodies that no address understands.
fn bodies(media: &str) -> Vec<Vec<u8>> {
    if media.is_empty() {
        return Vec::new();
    }
    let deep = "[".repeat(10_000).into_bytes();
    let mut bodies = vec![b"{".to_vec(), b"null".to_vec(), b"\xff\x00".to_vec(), deep, b"a.b.c.d".to_vec()];
    bodies.push(br#"{"name":"\u0000"}"#.to_vec());
    bodies
}

/// A real listener in front of a node, with little patience.
async fn listen(shop: &Shop) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let little = Patience { pause: Duration::from_millis(300), bytes_per_second: 1024 * 1024 };
    let router = shop.router.clone().layer(Extension(little));
    tokio::spawn(kernel::http::serve(listener, router, 8, std::future::pending()));
    address
}

/// Everything that is answered until the node closes the connection.
async fn answer(mut stream: TcpStream) -> String {
    let mut told = Vec::new();
    stream.read_to_end(&mut told).await.unwrap();
    String::from_utf8_lossy(&told).into_owned()
}

async fn send(address: SocketAddr, head: &str, body: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn huge_and_slow_bodies_are_refused_and_the_connection_ends() {
    let shop = shop::open().await;
    let address = listen(&shop).await;
    let token = shop.token("sender").await;
    let head = |method: &str, path: &str, media: &str, length: u64| {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: {media}\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    let two_gigabytes = 2 << 30;

    // Who announces too much is refused although nothing has been sent yet.
    for (method, path, media) in [
        ("POST", "/v1/submissions", JSON),
        ("POST", "/api/v1/forms/submissions", JSON),
        ("POST", "/sign-in/recovery", FORM),
    ] {
        let told = answer(send(address, &head(method, path, media, two_gigabytes), b"").await).await;
        assert!(told.starts_with("HTTP/1.1 413 ") && told.contains("kernel.too_large"), "{path}: {told}");
    }

    // Who pauses, or sends a byte now and then, is refused; whoever reads the body.
    for (path, media) in [("/v1/submissions", JSON), ("/sign-in/recovery", FORM)] {
        let told = answer(send(address, &head("POST", path, media, 5000), b"{").await).await;
        assert!(told.starts_with("HTTP/1.1 408 ") && told.contains("kernel.too_slow"), "{path}: {told}");
        let (reader, mut writer) = send(address, &head("POST", path, media, 5000), b"{").await.into_split();
        let drip = tokio::spawn(async move {
            while writer.write_all(b" ").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        let mut told = Vec::new();
        // The node may reset the connection, since what drips on is no longer read.
        let _ = tokio::io::BufReader::new(reader).read_to_end(&mut told).await;
        assert!(told.starts_with(b"HTTP/1.1 408 "), "{path}: {}", String::from_utf8_lossy(&told));
        drip.await.unwrap();
    }

    // Who is refused before the body was read still gets the answer after having sent it.
    let body = vec![b'['; 3 << 20];
    let told = answer(
        send(
            address,
            &head("PUT", &format!("/v1/submissions/{NOBODY}/attachments/{NOBODY}"), JOSE, 3 << 20),
            &body,
        )
        .await,
    )
    .await;
    assert!(told.starts_with("HTTP/1.1 404 ") && told.contains("delivery.submission_not_found"), "{told}");

    // What is no HTTP ends the connection, and nobody else notices.
    let told = answer(send(address, "\u{16}\u{3}\u{1}\r\n\r\n", b"").await).await;
    assert!(told.starts_with("HTTP/1.1 400 "), "{told}");
    let told =
        answer(send(address, "GET /v1/info HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"").await)
            .await;
    assert!(told.starts_with("HTTP/1.1 200 "), "{told}");
}
