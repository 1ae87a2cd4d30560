//! Decisions: what somebody's account says, and when it says no.

use crate::model::{Account, Part};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use saml::{
    ErrorCode, Level, Status, bundid,
    idp::{Received, Said, Statement},
    muk, names,
};

/// What the account says about somebody to the one who asks, or why it does not.
pub fn statement(account: Account, part: &Part, request: &Received) -> Result<Statement, Status> {
    if request.level.is_some_and(|it| part.level < it) {
        return Err(no(names::NO_AUTHN_CONTEXT, None));
    }
    let pseudonym = pseudonym(account, part, &request.issuer);
    let attributes = match account {
        Account::Bundid => person(part, &pseudonym, request)?,
        Account::Company => company(part, &pseudonym),
    };
    Ok(Statement { subject: format!("_{pseudonym}"), context: part.level.stork().to_owned(), attributes })
}

/// The status of a cancelled sign-in.
pub fn cancelled() -> Status {
    no(names::AUTHN_FAILED, None)
}

/// The status for a request whose extension is not right.
pub fn refused(code: ErrorCode) -> Status {
    Status { code: names::REQUESTER.to_owned(), ..no(names::REQUEST_DENIED, Some(code.code())) }
}

fn no(sub_code: &str, code: Option<&str>) -> Status {
    Status {
        code: names::RESPONDER.to_owned(),
        sub_code: Some(sub_code.to_owned()),
        message: None,
        detail: code.map(|it| serde_json::json!({ "code": it }).to_string()),
    }
}

/// One name for each person and provider: it depends on the host of the provider's entity id, and on nothing else of it.
pub fn pseudonym(account: Account, part: &Part, provider: &str) -> String {
    let host = url::Url::parse(provider).ok().and_then(|it| it.host_str().map(str::to_owned));
    let text = format!("{} {} {}", account.name(), part.id, host.unwrap_or_default());
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    let name = URL_SAFE_NO_PAD.encode(hash.as_ref());
    match account {
        Account::Bundid => name,
        Account::Company => format!("du-{name}"),
    }
}

type Attributes = Vec<(String, Said, Option<Level>)>;

/// Only what was asked for is given.
fn person(part: &Part, pseudonym: &str, request: &Received) -> Result<Attributes, Status> {
    let extension = request.extension.as_ref().map_err(|it| refused(*it))?;
    if !extension.methods.contains(&part.method) {
        return Err(no(names::NO_AUTHN_CONTEXT, None));
    }
    let known = |oid: &str| -> Option<String> {
        match oid {
            bundid::BPK2 => Some(pseudonym.to_owned()),
            bundid::LEVEL => Some(part.level.stork().to_owned()),
            bundid::PROVED_BY => Some(part.method.name().to_owned()),
            _ => {
                let name = bundid::ATTRIBUTES.iter().find(|(_, it)| *it == oid).map(|(name, _)| *name)?;
                part.values.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned())
            }
        }
    };
    let mut attributes = Attributes::new();
    for asked in &extension.attributes {
        match known(&asked.name) {
            Some(value) => attributes.push((asked.name.clone(), Said::Text(value), Some(part.level))),
            None if asked.required => {
                let code = ErrorCode::RequiredAttributesMissing.code();
                return Err(no(names::REQUEST_DENIED, Some(code)));
            }
            None => {}
        }
    }
    Ok(attributes)
}

fn company(part: &Part, pseudonym: &str) -> Attributes {
    let text = |name: &str, value: &str| (name.to_owned(), Said::Text(value.to_owned()), None);
    let value = |name: &str| part.values.iter().find(|(it, _)| *it == name).map(|(_, value)| *value);
    let level = if part.level == Level::High { "hoch" } else { "substanziell" };
    let mut attributes =
        vec![text(muk::PSEUDONYM, pseudonym), text(muk::LEVEL, level), text(muk::IDENTIFIED, level)];
    let plain = muk::ATTRIBUTES.iter().filter_map(|(ours, wire)| value(ours).map(|it| text(wire, it)));
    attributes.extend(plain);
    let address: Vec<(&'static str, String)> = ADDRESS
        .iter()
        .filter_map(|(ours, wire)| value(ours).map(|it| (*wire, it.to_owned())))
        .chain([("ekona:Typ", "Inland".to_owned())])
        .collect();
    attributes.push((muk::ADDRESS.to_owned(), Said::Parts(address), None));
    attributes
}

/// Parts of the address as they are written.
const ADDRESS: [(&str, &str); 5] = [
    ("street", "ekona:Strasse"),
    ("house_number", "ekona:Hausnummer"),
    ("postal_code", "ekona:PLZ"),
    ("locality", "ekona:Ort"),
    ("country", "ekona:Land"),
];
