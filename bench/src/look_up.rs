//! Who is competent: over HTTP beside a bare handler, and in the index beside a bare hash map.

use crate::{
    Outcome, Settings, machine, mention,
    node::{Process, Site},
    table::{Figure, Promise, Table},
};
use kernel::Clock;
use places::{Competences, Rule};
use regions::{Level, RegionKey};
use std::{
    collections::HashMap,
    hint::black_box,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const PATH: &str = "/api/v1/directory/competence?publicService=99115005104000&region=066110000000";
/// Connections that ask at the same time, each one question after the other.
const CONNECTIONS: usize = 32;
/// How often both sides take turns.
const TURNS: usize = 5;

/// Measures both.
pub async fn measure(settings: &Settings, table: &mut Table) -> Outcome {
    over_http(settings, table).await?;
    in_the_index(table)
}

async fn over_http(settings: &Settings, table: &mut Table) -> Outcome {
    mention("look-up: node and bare handler take turns");
    let site = Site::make(settings)?;
    let (node, _) = site.start().await?;
    let answer = ask_once(site.port()).await?;
    let (bare, bare_port) = start_bare(&site, &answer).await?;
    let time = settings.time() / 10;
    for (client, what) in [
        (Client::Usual, "look-up over HTTP (usual HTTP client)"),
        (Client::Socket, "look-up over HTTP (bytes pushed through sockets)"),
    ] {
        let (mut ours, mut limits) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            limits.push(per_second(client, bare_port, time).await?);
            ours.push(per_second(client, site.port(), time).await?);
        }
        table.figures.push(Figure {
            what: what.to_owned(),
            measured: machine::median(ours),
            unit: "/s",
            limit: machine::median(limits),
            limit_is: "bare axum handler, same bytes",
            promise: Promise::Share(80.0),
        });
    }
    drop((node, bare));
    Ok(())
}

/// Who asks. The client shares the cores with the node, so the dearer it is, the less the node's own work weighs.
#[derive(Debug, Clone, Copy)]
enum Client {
    /// The HTTP client of the SDK (reqwest), as a portal or a casework system would ask.
    Usual,
    /// The cheapest client there can be: it writes the same bytes again and again and counts those that come back.
    Socket,
}

/// A process of this program that gives the same answer without looking anything up.
pub async fn start_bare(site: &Site, answer: &[u8]) -> Outcome<(Process, u16)> {
    let file = site.data().join("answer");
    std::fs::write(&file, answer).map_err(|it| it.to_string())?;
    let port = machine::free_port()?;
    let (listen, file) = (format!("127.0.0.1:{port}"), file.display().to_string());
    let began = Instant::now();
    let mut bare = Process::of_ourselves(&["bare", "--listen", &listen, "--answer", &file], &site.data())?;
    bare.wait_for(port, "/health/ready", began).await?;
    Ok((bare, port))
}

/// The whole answer of the node, headers included.
pub async fn ask_once(port: u16) -> Outcome<Vec<u8>> {
    let mut wire = Wire::open(port).await?;
    wire.ask().await?;
    if !wire.answer.starts_with(b"HTTP/1.1 200") {
        return Err(format!("the look-up failed: {}", String::from_utf8_lossy(&wire.answer)));
    }
    Ok(wire.answer)
}

async fn per_second(client: Client, port: u16, time: Duration) -> Outcome<f64> {
    let http = reqwest::Client::builder().no_proxy().build().map_err(|it| it.to_string())?;
    let began = Instant::now();
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let http = http.clone();
            tokio::spawn(async move {
                match client {
                    Client::Usual => usual(&http, port, began, time).await,
                    Client::Socket => socket(port, began, time).await,
                }
            })
        })
        .collect();
    let mut count = 0;
    for task in tasks {
        count += task.await.map_err(|it| it.to_string())??;
    }
    Ok(f64::from(count) / began.elapsed().as_secs_f64())
}

async fn usual(http: &reqwest::Client, port: u16, began: Instant, time: Duration) -> Outcome<u32> {
    let address = format!("http://127.0.0.1:{port}{PATH}");
    let mut count = 0;
    while began.elapsed() < time {
        let response = http.get(&address).send().await.and_then(reqwest::Response::error_for_status);
        response.map_err(|it| it.to_string())?.bytes().await.map_err(|it| it.to_string())?;
        count += 1;
    }
    Ok(count)
}

async fn socket(port: u16, began: Instant, time: Duration) -> Outcome<u32> {
    let mut wire = Wire::open(port).await?;
    let mut count = 0;
    while began.elapsed() < time {
        wire.ask().await?;
        count += 1;
    }
    Ok(count)
}

/// A connection that asks the same question again and again, as cheaply as can be: the client shares the cores.
struct Wire {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Wire {
    async fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.map_err(|it| it.to_string())?;
        stream.set_nodelay(true).map_err(|it| it.to_string())?;
        Ok(Self { stream, answer: Vec::with_capacity(8192) })
    }

    async fn ask(&mut self) -> Outcome {
        let request = format!("GET {PATH} HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await.map_err(|it| it.to_string())?;
        self.answer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.answer).await.map_err(|it| it.to_string())?;
            if read == 0 {
                return Err("the connection was closed in the middle of an answer".to_owned());
            }
            if complete(&self.answer) {
                return Ok(());
            }
        }
    }
}

/// Whether head and body of an answer are there.
pub fn complete(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|it| it == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(answer.get(..end).unwrap_or_default());
    let length = head.lines().find_map(|it| it.strip_prefix("content-length: "));
    length.and_then(|it| it.parse::<usize>().ok()).is_some_and(|it| answer.len() >= end + 4 + it)
}

/// A rule for every municipality and fifty public services, and one for every state and two hundred others.
fn in_the_index(table: &mut Table) -> Outcome {
    let dataset = regions::shipped::dataset().map_err(|it| format!("{it:?}"))?;
    let municipalities: Vec<RegionKey> = dataset.of(Level::Municipality).map(|it| it.key).collect();
    let states: Vec<RegionKey> = dataset.of(Level::State).map(|it| it.key).collect();
    let key = |number: usize| format!("99{number:012}");
    let near = municipalities.iter().flat_map(|it| (0..50).map(move |number| (*it, number)));
    let far = states.iter().flat_map(|it| (50..250).map(move |number| (*it, number)));
    let rules: Vec<Rule> = near.chain(far).map(|(region, number)| rule(region, &key(number))).collect();
    let bare: HashMap<(RegionKey, u32), u32> =
        rules.iter().zip(0..).map(|(it, at)| ((it.region, at % 250), at)).collect();
    let count = rules.len();
    let competences = Competences::new(rules);
    let keys: Vec<String> = (0..250).map(key).collect();
    let questions: Vec<(&str, RegionKey)> =
        municipalities.iter().zip(keys.iter().cycle()).map(|(region, key)| (key.as_str(), *region)).collect();
    let now = Clock::Real.now();
    let measured = nanoseconds(&questions, |(public_service, region)| {
        black_box(competences.look_up(public_service, *region, now));
    });
    let limit = nanoseconds(&questions, |(_, region)| {
        black_box(bare.get(&(*region, 7)));
    });
    table.figures.push(Figure {
        what: format!("look-up in the index of {count} rules"),
        measured: measured / 1000.0,
        unit: "µs",
        limit: limit / 1000.0,
        limit_is: "one look into a hash map",
        promise: Promise::AtMost(2.0),
    });
    Ok(())
}

fn rule(region: RegionKey, public_service: &str) -> Rule {
    Rule {
        id: format!("{public_service}-{region}").into(),
        public_service: public_service.into(),
        region,
        target: "destination".into(),
        body: "office".into(),
        valid_from: None,
        valid_until: None,
    }
}

/// Nanoseconds for one question: the middle of several rounds over all of them.
fn nanoseconds<T>(questions: &[T], ask: impl Fn(&T)) -> f64 {
    let count = f64::from(u32::try_from(questions.len()).unwrap_or(1));
    let round = |_| {
        let began = Instant::now();
        questions.iter().for_each(&ask);
        began.elapsed().as_secs_f64() * 1e9 / count
    };
    machine::median((0..21).map(round).collect())
}
