//! What is asked of each operation: described, identified, secured, with errors in one form.

use super::{operations, references::resolve, says};
use crate::{Observation, Read, Said, Subject};
use std::{collections::HashMap, sync::Arc};
use tree::Node;

const PROBLEM: &str = "application/problem+json";

pub(super) fn look(read: &Read<'_>, root: Node<'_>, to: &mut Vec<Observation>) {
    title(read, root, to);
    let all = operations(root);
    let mut seen: HashMap<&str, String> = HashMap::new();
    for (path, method, item, operation) in all {
        let name = format!("{} {path}", method.to_uppercase());
        let subject = read.subject(operation.pointer(), name.as_str(), Some(operation.key_place()));
        to.push(described(&subject, item, operation));
        to.push(identified(&subject, operation, &name, &mut seen));
        to.push(secured(&subject, root, operation));
        to.push(errors(&subject, root, operation));
    }
}

/// The description of the whole.
fn title(read: &Read<'_>, root: Node<'_>, to: &mut Vec<Observation>) {
    const CHECK: &str = "openapi.described";
    let info = root.get("info").unwrap_or(root);
    let subject = read.node(info, "info");
    let lacking: Vec<&str> = ["title", "description"].into_iter().filter(|it| !says(info, it)).collect();
    to.push(if lacking.is_empty() {
        Observation::met(
            CHECK,
            &subject,
            Said::Fixed(&("Titel und Beschreibung sind vorhanden.", "Title and description are there.")),
        )
    } else {
        let keys = lacking.iter().map(|it| format!("info/{it}")).collect::<Vec<_>>().join(", ");
        let reason = Said::made(format!("{keys} fehlt."), format!("{keys} is missing."));
        Observation::absent(CHECK, &subject, reason, Said::made(keys.clone(), keys))
    });
}

fn described(subject: &Arc<Subject>, item: Node<'_>, operation: Node<'_>) -> Observation {
    const CHECK: &str = "openapi.described";
    if ["summary", "description"].iter().any(|it| says(operation, it) || says(item, it)) {
        return Observation::met(
            CHECK,
            subject,
            Said::Fixed(&("Die Operation ist beschrieben.", "The operation is described.")),
        );
    }
    Observation::absent(
        CHECK,
        subject,
        Said::Fixed(&(
            "Die Operation hat weder summary noch description.",
            "The operation has neither summary nor description.",
        )),
        Said::Fixed(&("summary oder description", "summary or description")),
    )
}

fn identified<'a>(
    subject: &Arc<Subject>,
    operation: Node<'a>,
    name: &str,
    seen: &mut HashMap<&'a str, String>,
) -> Observation {
    const CHECK: &str = "openapi.operation_ids";
    let Some(id) = operation.get("operationId").and_then(Node::scalar).filter(|it| !it.is_empty()) else {
        return Observation::absent(
            CHECK,
            subject,
            Said::Fixed(&("Die Operation hat keine operationId.", "The operation has no operationId.")),
            Said::Fixed(&("eine eindeutige operationId", "a unique operationId")),
        );
    };
    if let Some(other) = seen.get(id) {
        let reason =
            Said::made(format!("„{id}“ heißt auch {other}."), format!("{other} is called \"{id}\" too."));
        return Observation::unmet(CHECK, subject, reason);
    }
    seen.insert(id, name.to_owned());
    Observation::met(
        CHECK,
        subject,
        Said::Fixed(&("Die operationId ist eindeutig.", "The operationId is unique.")),
    )
}

/// Whether it says who may call; that nobody has to prove anything counts, where it is said.
fn secured(subject: &Arc<Subject>, root: Node<'_>, operation: Node<'_>) -> Observation {
    const CHECK: &str = "openapi.security";
    let Some(security) = operation.get("security").or_else(|| root.get("security")) else {
        return Observation::absent(
            CHECK,
            subject,
            Said::Fixed(&(
                "Weder die Operation noch die Beschreibung sagt, wie man sich ausweist.",
                "Neither the operation nor the description says how a caller proves who it is.",
            )),
            Said::Fixed(&("security (leer, wenn keine nötig ist)", "security (empty where none is needed)")),
        );
    };
    let schemes = root.get("components").and_then(|it| it.get("securitySchemes"));
    let named = security.items().flat_map(Node::entries).map(|it| it.0);
    for name in named {
        if schemes.and_then(|it| it.get(name)).is_none() {
            let reason = Said::made(
                format!("Das Verfahren „{name}“ fehlt unter components/securitySchemes."),
                format!("The scheme \"{name}\" is missing in components/securitySchemes."),
            );
            return Observation::unmet(CHECK, subject, reason);
        }
    }
    Observation::met(
        CHECK,
        subject,
        Said::Fixed(&("Wie man sich ausweist, ist angegeben.", "How a caller proves who it is is given.")),
    )
}

/// Whether it describes errors, and all of them as problem details (RFC 9457).
fn errors(subject: &Arc<Subject>, root: Node<'_>, operation: Node<'_>) -> Observation {
    const CHECK: &str = "openapi.problem_json";
    let responses = operation.get("responses").map(|it| it.entries().collect::<Vec<_>>()).unwrap_or_default();
    let failing: Vec<(&str, Node<'_>)> = responses
        .into_iter()
        .filter(|(code, _)| code.starts_with(['4', '5']) || *code == "default")
        .collect();
    if failing.is_empty() {
        return Observation::absent(
            CHECK,
            subject,
            Said::Fixed(&("Fehler sind nicht beschrieben.", "Errors are not described.")),
            Said::Fixed(&("Antworten 4xx und 5xx oder default", "responses 4xx and 5xx or default")),
        );
    }
    let has_problem = |it: &Node<'_>| {
        resolve(root, *it).and_then(|it| it.get("content")).is_some_and(|it| {
            it.entries().any(|(kind, _)| kind.split(';').next().map(str::trim) == Some(PROBLEM))
        })
    };
    let other: Vec<&str> = failing.iter().filter(|(_, it)| !has_problem(it)).map(|it| it.0).collect();
    if other.is_empty() {
        return Observation::met(
            CHECK,
            subject,
            Said::Fixed(&(
                "Alle Fehler kommen als application/problem+json.",
                "All errors come as application/problem+json.",
            )),
        );
    }
    let codes = other.join(", ");
    Observation::unmet(
        CHECK,
        subject,
        Said::made(
            format!("Nicht als application/problem+json beschrieben: {codes}."),
            format!("Not described as application/problem+json: {codes}."),
        ),
    )
}
