//! `fachwerk doctor` and `fachwerk config check`.

use super::{Global, Outcome, Trouble, say};
use crate::House;
use kernel::Ctx;
use serde_json::json;
use std::{os::unix::fs::PermissionsExt, path::Path, sync::Arc};

struct Finding {
    what: String,
    fault: Option<String>,
}

/// Reads the configuration and says what is wrong with it.
pub(crate) fn check_config(global: &Global) -> Outcome {
    let config = global.read_config()?;
    let blocks = [
        ("identity", config.blocks.identity.mode),
        ("directory", config.blocks.directory.mode),
        ("delivery", config.blocks.delivery.mode),
        ("mailbox", config.blocks.mailbox.mode),
        ("forms", config.blocks.forms.mode),
        ("record", config.blocks.record.mode),
    ];
    if global.json {
        let blocks: serde_json::Map<_, _> =
            blocks.iter().map(|(name, mode)| ((*name).to_owned(), json!(mode))).collect();
        return say(&json!({
            "ok": true, "listen": config.listen, "baseUrl": config.base_url(), "blocks": blocks,
        })
        .to_string());
    }
    say("the configuration is in order")?;
    say(&format!("  listens on {}, reached as {}", config.listen, config.base_url()))?;
    for (name, mode) in blocks {
        say(&format!("  {name}: {}", format!("{mode:?}").to_lowercase()))?;
    }
    Ok(())
}

/// Looks whether everything is in order.
pub(crate) async fn examine(global: &Global) -> Outcome {
    let mut findings = Vec::new();
    let config = match global.read_config() {
        Ok(it) => {
            findings.push(fine("configuration"));
            it
        }
        Err(fault) => {
            findings.push(wrong("configuration", &fault.to_string()));
            return report(global, &findings);
        }
    };
    findings.push(secrets(&global.data));
    findings.push(if ui::assets::present() {
        fine("design system")
    } else {
        wrong("design system", "the binary was built without it; run `make build`")
    });
    match House::open(config, &global.data, false).await {
        Ok(house) => inside(&house, &mut findings).await,
        Err(fault) => findings.push(wrong("node", &fault.to_string())),
    }
    if let Some(url) = &global.url {
        findings.push(match super::api::get(global, url, "/health/ready").await {
            Ok(_) => fine(&format!("node at {url}")),
            Err(fault) => wrong(&format!("node at {url}"), &fault.to_string()),
        });
    }
    report(global, &findings)
}

async fn inside(house: &House, findings: &mut Vec<Finding>) {
    findings.push(fine(&format!("database ({})", house.frame.db().engine())));
    let now = house.frame.clock().now();
    findings.push(fine(&format!("crypto policy ({})", house.keyring.keys.policy().origin())));
    for notice in house.crypto.notices(now) {
        findings.push(if notice.refused {
            wrong("crypto policy", &notice.message)
        } else {
            fine(&format!("crypto policy, ends soon: {}", notice.message))
        });
    }
    let name = format!("doctor/{}", house.frame.ids().uuid());
    let content = house.frame.content();
    let tried = async {
        content.put(&name, "hello".into()).await?;
        let back = content.get(&name).await?;
        content.delete(&name).await?;
        kernel::Result::Ok(back.is_some())
    };
    findings.push(match tried.await {
        Ok(true) => fine("content store"),
        Ok(false) => wrong("content store", "what was written could not be read back"),
        Err(fault) => wrong("content store", &format!("{fault:?}")),
    });
    for block in &house.blocks {
        let Some(check) = &block.health else { continue };
        let ctx = Arc::new(Ctx::system(&house.frame, ""));
        findings.push(match check(ctx).await {
            Ok(None) => fine(block.id),
            Ok(Some(it)) => wrong(block.id, it.en),
            Err(fault) => wrong(block.id, &format!("{fault:?}")),
        });
    }
}

fn secrets(data: &Path) -> Finding {
    for name in ["admin-token", "identity-secret", "keys", "unlock-key"] {
        let path = data.join(name);
        if let Ok(it) = std::fs::metadata(&path)
            && it.permissions().mode() & 0o077 != 0
        {
            return wrong(
                "secrets",
                &format!("{0} can be read by others; run `chmod go-rwx {0}`", path.display()),
            );
        }
    }
    fine("secrets")
}

fn fine(what: &str) -> Finding {
    Finding { what: what.to_owned(), fault: None }
}

fn wrong(what: &str, fault: &str) -> Finding {
    Finding { what: what.to_owned(), fault: Some(fault.to_owned()) }
}

fn report(global: &Global, findings: &[Finding]) -> Outcome {
    let faults = findings.iter().filter(|it| it.fault.is_some()).count();
    if global.json {
        let list: Vec<_> = findings
            .iter()
            .map(|it| json!({ "what": it.what, "ok": it.fault.is_none(), "fault": it.fault }))
            .collect();
        say(&json!({ "ok": faults == 0, "findings": list }).to_string())?;
    } else {
        for it in findings {
            match &it.fault {
                None => say(&format!("ok     {}", it.what))?,
                Some(fault) => say(&format!("FAULT  {}: {fault}", it.what))?,
            }
        }
    }
    if faults == 0 {
        Ok(())
    } else {
        Err(Trouble::Said(format!("{faults} of {} are not in order", findings.len())))
    }
}
