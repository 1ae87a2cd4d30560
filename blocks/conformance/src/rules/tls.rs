//! What a TLS connection agreed on, as a cryptographic bill of materials (`CycloneDX` 1.6) that the engine can judge.

use serde_json::{Value, json};

/// The bill of one connection. `version` as in `1.3`, `suite` and `group` by their registered names.
pub(crate) fn bill(
    host: &str,
    version: &str,
    suite: &str,
    group: Option<&str>,
    serial: &str,
    at: &str,
) -> Value {
    let mut properties = vec![json!({ "name": "fachwerk:probe:host", "value": host })];
    properties
        .extend(group.map(|it| json!({ "name": format!("fachwerk:tls-group:{it}"), "value": "agreed" })));
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{serial}"),
        "version": 1,
        "metadata": { "timestamp": at, "component": { "type": "application", "bom-ref": "host", "name": host } },
        "components": [{
            "type": "cryptographic-asset",
            "bom-ref": "protocol/tls",
            "name": format!("TLS {version}"),
            "cryptoProperties": {
                "assetType": "protocol",
                "protocolProperties": {
                    "type": "tls",
                    "version": version,
                    "cipherSuites": [{ "name": suite }],
                },
            },
            "properties": properties,
        }],
        "dependencies": [{ "ref": "host", "provides": ["protocol/tls"] }],
    })
}
