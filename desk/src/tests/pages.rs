//! The pages, in both languages.

use super::fake::Bench;
use crate::{handover::Targets, model::State, serve::once};

#[tokio::test]
async fn the_list_says_what_is_there_and_what_is_not() {
    let bench = Bench::new().await;
    let empty = bench.get("/").await;
    assert!(empty.text.contains("Noch keine Eingänge"), "{}", empty.text);
    let id = bench.submit("Müller <script>", true);
    bench.submit("other", false);
    assert_eq!(bench.post("/collect", "").await.status, 303);
    let all = bench.get("/?lang=en").await.text;
    assert!(all.contains(&format!("/submissions/{id}")) && all.contains("faulty"));
    let found = bench.get("/?q=MUELLER").await.text;
    assert!(found.contains(&id) && !found.contains("fehlerhaft</span>"));
    assert!(bench.get("/?q=%25").await.text.contains("Nichts gefunden"));
    assert!(bench.get("/?state=rejected").await.text.contains("Nichts gefunden"));
    for query in ["sort=name", "sort=-name", "sort=at", "limit=1&offset=1", "state=nonsense"] {
        assert_eq!(bench.get(&format!("/?{query}")).await.status, 200, "{query}");
    }
}

#[tokio::test]
async fn a_submission_is_shown_escaped_with_its_checks() {
    let bench = Bench::new().await;
    let id = bench.submit("<script>alert(1)</script>", true);
    let faulty = bench.submit("x", false);
    once(&bench.desk, 1).await;
    let page = bench.get(&format!("/submissions/{id}")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("&lt;script&gt;alert(1)") && !page.text.contains("<script>alert(1)"));
    assert!(page.text.contains("Vertrag.pdf") && !page.text.contains("../Vertrag.pdf"));
    assert!(page.text.contains("Entschlüsselung, Hashwert"));
    assert_eq!(page.header("cache-control"), "no-store");
    let page = bench.get(&format!("/submissions/{faulty}?lang=en")).await.text;
    assert!(
        page.contains("A hash does not agree") && !page.contains(&format!("/submissions/{faulty}/accept"))
    );
    assert_eq!(bench.get(&format!("/submissions/{id}/print")).await.status, 200);
    assert_eq!(bench.get("/submissions/nothing").await.status, 404);
}

#[tokio::test]
async fn foreign_types_are_saved_and_never_shown() {
    let bench = Bench::new().await;
    let id = bench.submit("x", true);
    once(&bench.desk, 1).await;
    let all = bench.desk.detail(&bench.ctx(), &id).await.unwrap().attachments;
    let pdf = bench.get(&format!("/submissions/{id}/attachments/{}", all[0].id)).await;
    assert!(pdf.header("content-disposition").starts_with("inline"));
    assert_eq!(pdf.header("content-type"), "application/pdf");
    let html = bench.get(&format!("/submissions/{id}/attachments/{}", all[1].id)).await;
    assert!(html.header("content-disposition").starts_with("attachment"));
    assert_eq!(html.header("content-type"), "application/octet-stream");
    assert_eq!(html.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn decisions_are_asked_and_made() {
    let bench = Bench::new().await;
    let (one, two) = (bench.submit("a", true), bench.submit("b", true));
    once(&bench.desk, 1).await;
    assert!(bench.get(&format!("/submissions/{one}/accept")).await.text.contains("annehmen?"));
    assert_eq!(bench.post(&format!("/submissions/{one}/accept"), "").await.status, 303);
    assert_eq!(bench.state(&one).await, State::Accepted);
    let empty = bench.post(&format!("/submissions/{two}/reject"), "detail=nein").await;
    assert_eq!(empty.status, 422);
    assert!(empty.text.contains("mindestens einen Grund") && empty.text.contains("nein"));
    let done = bench
        .post(&format!("/submissions/{two}/reject"), "problem=missing-data&problem=bogus&detail=x")
        .await;
    assert_eq!(done.status, 303);
    let rejected = bench.office().rejected.clone();
    assert_eq!(rejected.len(), 1);
    assert_eq!(
        rejected[0].1.iter().filter_map(fitconnect::event::Problem::name).collect::<Vec<_>>(),
        ["missing-data"]
    );
}

async fn reply(bench: &Bench, id: &str, parts: &[(&str, &str)]) -> super::fake::Answer {
    let mut body = String::new();
    for (name, value) in parts {
        let file = if *name == "file" { "; filename=\"n.pdf\"\r\nContent-Type: application/pdf" } else { "" };
        body.push_str(&format!(
            "--XX\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--XX--\r\n");
    let token = format!("Bearer {}", bench.door.token());
    let headers = [("authorization", token.as_str()), ("content-type", "multipart/form-data; boundary=XX")];
    bench.ask("POST", &format!("/submissions/{id}/reply"), &headers, &body).await
}

#[tokio::test]
async fn replies_are_written_and_refused_with_a_reason() {
    let bench = Bench::new().await;
    let id = bench.submit("a", true);
    once(&bench.desk, 1).await;
    assert!(bench.get(&format!("/submissions/{id}/reply")).await.text.contains("multipart/form-data"));
    let check = async |parts: &[(&str, &str)], status: u16, says: &str| {
        let answer = reply(&bench, &id, parts).await;
        assert_eq!(answer.status, status, "{parts:?} {}", answer.text);
        assert!(answer.text.contains(says), "{parts:?}");
    };
    check(&[("subject", ""), ("text", "kept"), ("document", "none")], 422, "kept").await;
    check(&[("subject", "s"), ("text", "t"), ("document", "file"), ("file", "GIF89a")], 422, "ist kein PDF")
        .await;
    check(&[("subject", "s"), ("text", "t"), ("document", "file")], 422, "ist kein PDF").await;
    check(&[("subject", "s"), ("text", "t"), ("document", "file"), ("file", "%PDF-1.7 x")], 303, "").await;
    check(&[("subject", "s"), ("text", "t"), ("document", "none")], 303, "").await;
    let sent = bench.office().replies.clone();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].attachment, Some(("n.pdf".to_owned(), b"%PDF-1.7 x".to_vec())));
    let broken = bench.post(&format!("/submissions/{id}/reply"), "x").await;
    assert!(broken.status.is_client_error(), "{}", broken.status);
}

#[tokio::test]
async fn nobody_gets_in_without_the_token() {
    let bench = Bench::new().await;
    let id = bench.submit("a", true);
    once(&bench.desk, 1).await;
    assert_eq!(bench.ask("GET", "/", &[], "").await.header("location"), "/sign-in");
    for path in
        [format!("/submissions/{id}"), format!("/submissions/{id}/print"), format!("/submissions/{id}/reply")]
    {
        assert_eq!(bench.ask("GET", &path, &[], "").await.status, 401, "{path}");
    }
    for path in
        ["/collect".to_owned(), format!("/submissions/{id}/accept"), format!("/submissions/{id}/reject")]
    {
        assert_eq!(bench.ask("POST", &path, &[], "").await.status, 401, "{path}");
    }
    assert_eq!(bench.ask("GET", "/sign-in?token=wrong", &[], "").await.status, 403);
    let entered = bench.ask("GET", &format!("/sign-in?token={}", bench.door.token()), &[], "").await;
    let cookie = entered.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(bench.ask("GET", "/", &[("cookie", &cookie)], "").await.status, 200);
    let accept = format!("/submissions/{id}/accept");
    let foreign = [("cookie", cookie.as_str()), ("sec-fetch-site", "cross-site")];
    assert_eq!(bench.ask("POST", &accept, &foreign, "").await.status, 403);
    assert_eq!(bench.state(&id).await, State::Received);
    let own = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
    assert_eq!(bench.ask("POST", &accept, &own, "").await.status, 303);
}

#[tokio::test]
async fn an_open_desk_is_open_to_this_computer_only() {
    let bench = Bench::with(Targets::default(), true).await;
    let here = ("host", "localhost:8090");
    assert_eq!(bench.ask("GET", "/", &[here], "").await.status, 200);
    assert_eq!(bench.ask("GET", "/", &[("host", "evil.example")], "").await.status, 403);
    assert_eq!(bench.ask("POST", "/collect", &[here], "").await.status, 403);
    assert_eq!(
        bench.ask("POST", "/collect", &[here, ("sec-fetch-site", "cross-site")], "").await.status,
        403
    );
    assert_eq!(
        bench.ask("POST", "/collect", &[here, ("origin", "http://evil.example")], "").await.status,
        403
    );
    assert_eq!(
        bench.ask("POST", "/collect", &[here, ("sec-fetch-site", "same-origin")], "").await.status,
        303
    );
    assert_eq!(
        bench.ask("POST", "/collect", &[here, ("origin", "http://localhost:8090")], "").await.status,
        303
    );
}
