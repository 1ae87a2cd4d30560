//! Every endpoint refuses nobody, strangers and another tenant's clerk, for real objects; what it lets through is listed
//! in `node/tests/open-endpoints.txt`, with the reason.

use crate::shop::{self, Shop};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Who asks.
const WHO: [&str; 4] = ["nobody", "strange sender", "strange subscriber", "strange clerk"];

#[tokio::test(flavor = "multi_thread")]
async fn every_endpoint_refuses_nobody_and_strangers() {
    let shop = shop::open().await;
    let objects = objects(&shop).await;
    let changeable = changeable(&shop, &objects).await;
    let other_clerk = shop.house.admin.for_tenant("demo-other");
    let tokens = [
        None,
        Some(shop.token("other-sender").await),
        Some(shop.token("other-subscriber").await),
        Some(other_clerk),
    ];
    let document = shop.ask(None, "GET", "/api/openapi.json", "", "").await.json();
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let method = method.to_uppercase();
            let (media, body) = body(operation);
            let concrete = concrete(path, if method == "GET" { &objects } else { &changeable });
            for (who, token) in WHO.iter().zip(&tokens) {
                let answer = shop.ask(token.as_deref(), &method, &concrete, media, &body).await;
                let status = answer.status.as_u16();
                if status >= 500 {
                    faults.push(format!("{method} {path}: {who} got {status}: {}", answer.body));
                }
                let refused = if token.is_none() { status == 401 } else { matches!(status, 401 | 403 | 404) };
                if !refused {
                    seen.insert(format!("{method} {path} {}", who.replace(' ', "-")));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let listed: BTreeSet<String> = include_str!("../open-endpoints.txt")
        .lines()
        .filter(|it| !it.is_empty() && !it.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let new: Vec<_> = seen.difference(&listed).cloned().collect();
    let gone: Vec<_> = listed.difference(&seen).cloned().collect();
    assert!(new.is_empty(), "not refused and not listed:\n{}", new.join("\n"));
    assert!(gone.is_empty(), "listed, but refused or gone:\n{}", gone.join("\n"));
}

/// Real objects of the demo tenant by the name of the parameter that takes them.
async fn objects(shop: &Shop) -> BTreeMap<&'static str, String> {
    let (submission, case, attachment) = shop.submission().await;
    let key: Value = serde_json::from_slice(
        &std::fs::read(shop.folder.path().join("demo/office/encryption.public.jwk")).unwrap(),
    )
    .unwrap();
    let kid = key["kid"].as_str().unwrap().to_owned();
    BTreeMap::from([
        ("submissionId", submission.clone()),
        ("submission_id", submission),
        ("caseId", case.clone()),
        ("case_id", case),
        ("attachmentId", attachment.clone()),
        ("attachment_id", attachment),
        ("destinationId", shop.destination()),
        ("destination_id", shop.destination()),
        ("keyId", kid.clone()),
        ("kid", kid),
        ("clientId", shop.client("sender").0),
        ("client_id", shop.client("sender").0),
        ("ars", "066110000000".to_owned()),
        ("key", "99115005104000".to_owned()),
        ("rules", "0d0e0000-0000-4000-8000-000000000003".to_owned()),
        ("offices", "0d0e0000-0000-4000-8000-000000000002".to_owned()),
        ("organisations", "0d0e0000-0000-4000-8000-000000000001".to_owned()),
        ("clients", shop.client("sender").0),
        ("destinations", shop.destination()),
        ("submissions", String::new()),
        ("map", "deutschland-stack".to_owned()),
        ("section", "elements".to_owned()),
        ("{section}", "basisdienst:datenaustausch".to_owned()),
        ("elements", "basisdienst:datenaustausch".to_owned()),
        ("number", "1".to_owned()),
        ("sets", "tr-03183-2".to_owned()),
        ("other", "ntia".to_owned()),
        ("requirements", "tr-03183-2.creator".to_owned()),
        ("evidence", evidence(shop).await),
    ])
}

/// The same, with a map and a set of requirements of the demo tenant where the others come with the program.
async fn changeable(shop: &Shop, objects: &BTreeMap<&'static str, String>) -> BTreeMap<&'static str, String> {
    let clerk = shop.house.admin.for_tenant("demo");
    let map =
        "landkarte: 1\nid: own\ntitle: {de: Eigene, en: Own}\nelements:\n  - {id: thing, name: Thing}\n";
    let post = async |path: &str, body: &str| {
        let answer = shop.ask(Some(&clerk), "POST", path, "application/octet-stream", body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.body);
        answer.json()
    };
    let made = post("/api/v1/catalogue/maps?name=own.yaml", map).await;
    let set = include_str!("check/own-set.yaml");
    post("/api/v1/conformance/sets", set).await;
    let mut all = objects.clone();
    all.insert("map", made["map"]["id"].as_str().unwrap().to_owned());
    all.insert("sets", "own".to_owned());
    all
}

/// Evidence of the demo tenant.
async fn evidence(shop: &Shop) -> String {
    let clerk = shop.house.admin.for_tenant("demo");
    let path =
        "/api/v1/conformance/evidence?map=deutschland-stack&element=basisdienst:datenaustausch&name=bom.json";
    let bill = include_str!("check/whole.cdx.json");
    let kept = shop.ask(Some(&clerk), "POST", path, "application/octet-stream", bill).await.json();
    kept["id"].as_str().unwrap().to_owned()
}

/// The path with real objects in place of its parameters; `{id}` is told by the word before it.
fn concrete(path: &str, objects: &BTreeMap<&'static str, String>) -> String {
    let mut before = "";
    path.split('/')
        .map(|part| {
            let name = part.trim_matches(|it| it == '{' || it == '}');
            let filled = if part.starts_with('{') {
                let known = objects.get(name).or_else(|| objects.get(before));
                known
                    .filter(|it| !it.is_empty())
                    .cloned()
                    .unwrap_or_else(|| "7c9e6679-7425-40de-944b-e07fc1f90ae7".to_owned())
            } else {
                part.to_owned()
            };
            before = part;
            filled
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// A body of the content type that the description names; never a good one, for refusal comes first.
fn body(operation: &Value) -> (&'static str, String) {
    let content = &operation["requestBody"]["content"];
    if content.get("application/jose").is_some() {
        ("application/jose", "a.b.c.d.e".to_owned())
    } else if content.get("application/x-www-form-urlencoded").is_some() {
        ("application/x-www-form-urlencoded", "a=b".to_owned())
    } else if content.get("application/octet-stream").is_some() {
        ("application/octet-stream", "x".to_owned())
    } else {
        ("application/json", "{}".to_owned())
    }
}
