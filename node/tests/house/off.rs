//! With each block off, with all off and with all external the node starts, or refuses and names the line to change.

use node::{Config, House};
use tempfile::TempDir;

const BLOCKS: [&str; 9] = [
    "identity",
    "directory",
    "delivery",
    "mailbox",
    "forms",
    "record",
    "catalogue",
    "conformance",
    "rollout",
];

fn read(text: &str) -> Result<Config, String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    Config::read(Some(file.path())).map_err(|it| it.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_without_blocks_starts_and_has_none_of_their_addresses() {
    let text: String = BLOCKS.iter().map(|it| format!("[blocks.{it}]\nmode = \"off\"\n")).collect();
    let folder = TempDir::with_prefix("fachwerk-off-").unwrap();
    let house = House::open(read(&text).unwrap(), folder.path(), true).await.unwrap();
    let ask = |path: &'static str| {
        let router = house.router.clone();
        async move {
            let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
            tower::ServiceExt::oneshot(router, request).await.unwrap().status().as_u16()
        }
    };
    assert_eq!(ask("/health/ready").await, 200);
    for path in [
        "/",
        "/v1/info",
        "/token",
        "/api/v1/directory/places?q=Kassel",
        "/forms",
        "/mailbox",
        "/record",
        "/catalogue",
        "/conformance",
        "/rollout",
        "/mcp",
    ] {
        assert_eq!(ask(path).await, 404, "{path}");
    }
    assert_eq!(ask("/api/openapi.json").await, 200);
}

#[test]
fn each_block_off_is_fine_or_named() {
    for block in BLOCKS {
        let outcome = read(&format!("[blocks.{block}]\nmode = \"off\"\n"));
        match (block, outcome) {
            ("forms" | "record" | "catalogue" | "conformance" | "rollout", outcome) => {
                assert!(outcome.is_ok(), "{outcome:?}");
            }
            (_, Ok(_)) => panic!("{block} off leaves a block without what it asks"),
            (_, Err(fault)) => {
                assert!(fault.contains(&format!("[blocks.{block}] mode = \"off\"")), "{fault}");
            }
        }
    }
}

#[test]
fn external_is_refused_with_the_reason() {
    for block in BLOCKS {
        let fault = read(&format!("[blocks.{block}]\nmode = \"external\"\n")).unwrap_err();
        assert!(fault.contains("adapter") && fault.contains("off"), "{fault}");
    }
}
