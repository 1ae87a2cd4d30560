use super::{DESTINATION, OTHER, RESIDENCE, enter, node, tell};
use serde_json::json;

#[tokio::test]
async fn every_active_destination_is_a_route_at_once() {
    let node = node().await;
    tell(&node, DESTINATION, 1, "active", &["DE06", "DE03"]).await;
    for version in ["v1", "v2"] {
        for spot in ["ars=066110000000", "ags=06611000", "ars=06", "ags=066", "areaId=06633"] {
            let path = format!("/routing/{version}/routes?leikaKey={RESIDENCE}&{spot}");
            let answer = node.as_nobody().get(&path).await.expect(200).json();
            assert_eq!(
                (answer["count"].as_i64(), answer["totalCount"].as_i64(), answer["offset"].as_i64()),
                (Some(1), Some(1), Some(0)),
                "{spot}"
            );
            let route = &answer["routes"][0];
            assert_eq!(
                (route["destinationId"].as_str(), route["destinationName"].as_str()),
                (Some(DESTINATION), Some("Bürgeramt Musterstadt"))
            );
            let claims =
                node.frame.keys().verify("jwt", route["destinationSignature"].as_str().unwrap()).unwrap();
            assert_eq!(
                (claims["destinationId"].as_str(), claims["submissionHost"].as_str()),
                (Some(DESTINATION), Some("localhost:8080"))
            );
            assert_eq!(
                claims["services"][0]["leistungIDs"],
                json!([format!("urn:de:fim:leika:leistung:{RESIDENCE}")])
            );
            assert_eq!(
                claims["services"][0]["gebietIDs"],
                json!([
                    "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs:06",
                    "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs:03"
                ])
            );
        }
    }
    tell(&node, DESTINATION, 2, "decommissioned", &["DE06"]).await;
    let path = format!("/routing/v2/routes?leikaKey={RESIDENCE}&ars=06");
    assert_eq!(node.as_nobody().get(&path).await.expect(200).json()["totalCount"], 0);
}

#[tokio::test]
async fn all_equal_routes_are_given_and_the_longest_key_wins() {
    let node = node().await;
    tell(&node, DESTINATION, 1, "active", &["DE06"]).await;
    tell(&node, OTHER, 1, "active", &["DE06"]).await;
    let count = async |query: &str| {
        node.as_nobody()
            .get(&format!("/routing/v2/routes?leikaKey={RESIDENCE}&{query}"))
            .await
            .expect(200)
            .json()
    };
    assert_eq!(count("ars=06611").await["totalCount"], 2);
    let part = count("ars=06611&offset=1&limit=1").await;
    assert_eq!((part["count"].as_i64(), part["totalCount"].as_i64()), (Some(1), Some(2)));
    let office =
        enter(&node, "offices", &json!({"name": "Amt", "kind": "Bürgerbüro", "region": "06611"})).await;
    enter(
        &node,
        "rules",
        &json!({"publicService": RESIDENCE, "region": "06611", "office": office, "destination": OTHER}),
    )
    .await;
    let longest = count("ars=06611").await;
    assert_eq!(
        (longest["totalCount"].as_i64(), longest["routes"][0]["destinationName"].as_str()),
        (Some(1), Some("Amt"))
    );
}

#[tokio::test]
async fn queries_of_a_wrong_shape_are_refused_and_unknown_ones_are_empty() {
    let node = node().await;
    for query in [
        "ars=06",
        "leikaKey=1&ars=06",
        "leikaKey=99115005104000",
        "leikaKey=99115005104000&ars=06&ags=06",
        "leikaKey=99115005104000&ars=06&ars=07",
        "leikaKey=99115005104000&ars=0",
        "leikaKey=99115005104000&ars=",
        "leikaKey=99115005104000&ags=0661100",
        "leikaKey=99115005104000&ars=06&limit=501",
        "leikaKey=99115005104000&ars=06&limit=0",
        "leikaKey=99115005104000&ars=06&offset=-1",
        "leikaKey=%FF&ars=06",
    ] {
        let answer = node.as_nobody().get(&format!("/routing/v2/routes?{query}")).await.expect(400);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{query}");
    }
    for query in [
        "leikaKey=99999999999999&ars=06",
        "leikaKey=99115005104000&ars=069999999999",
        "leikaKey=99115005104000&areaId=nowhere",
    ] {
        assert_eq!(
            node.as_nobody().get(&format!("/routing/v2/routes?{query}")).await.expect(200).json()["routes"],
            json!([])
        );
    }
}

#[tokio::test]
async fn areas_are_found_by_every_expression() {
    let node = node().await;
    let find = async |query: &str| {
        node.as_nobody().get(&format!("/routing/v2/areas?{query}")).await.expect(200).json()
    };
    let kassel = find("areaSearchexpression=Kassel&areaSearchexpression=34117").await;
    assert!(kassel["areas"].as_array().unwrap().contains(
        &json!({"id": "066110000000", "name": "Kassel, documenta-Stadt", "type": "Kreisfreie Stadt"})
    ));
    assert_eq!(find("areaSearchexpression=Hess*&limit=2").await["count"], 2);
    assert_eq!(find("areaSearchexpression=nirgendwo").await["totalCount"], 0);
    for query in ["", "areaSearchexpression=", "areaSearchexpression=*", "areaSearchexpression=a&limit=x"] {
        node.as_nobody().get(&format!("/routing/v2/areas?{query}")).await.expect(400);
    }
    assert_eq!(
        node.as_nobody().get("/routing/v1/info").await.expect(200).json(),
        json!({"version": {"major": 2, "minor": 0, "patch": 0}})
    );
}
