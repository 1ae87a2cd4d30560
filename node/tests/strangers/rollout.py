"""Readers that nobody here wrote, for what the roll-out gives away: pandas (CSV), pyarrow (Parquet), feedparser (Atom).

Needs FACHWERK_URL, FACHWERK_DATA and FACHWERK_BINARY; run it with `cargo xtask with-node -- python rollout.py`.
"""

import csv
import datetime
import hashlib
import io
import json
import os
import pathlib
import subprocess
import tempfile
import urllib.request

import feedparser
import pandas
import pyarrow.parquet

URL = os.environ["FACHWERK_URL"].rstrip("/")
TOKEN = (pathlib.Path(os.environ["FACHWERK_DATA"]) / "admin-token").read_text().strip()
BINARY = os.environ["FACHWERK_BINARY"]
REGIONS = pathlib.Path(__file__).resolve().parents[3] / "data/regions/regions.csv"
KEY = "99115005104000"


def get(path):
    request = urllib.request.Request(URL + path, headers={"Authorization": f"Bearer {TOKEN}", "Accept-Language": "en"})
    return urllib.request.urlopen(request).read()


def run(*words, code=0):
    done = subprocess.run([BINARY, "--url", URL, "--token", TOKEN, *words], capture_output=True, text=True, check=False)
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def municipalities():
    """Key and population of the municipalities of Hessen, from the shipped file, without our reader."""
    with REGIONS.open(encoding="utf-8") as file:
        rows = [it for it in csv.DictReader(file) if it["level"] == "municipality" and it["kind"] not in ("65", "66")]
    return {it["ars"]: int(it["population"]) for it in rows}


def bring(folder, everybody):
    """Every third municipality of Hessen by itself, all of Bremen by its state."""
    connected = [it for it in everybody if it.startswith("06")][::3]
    text = "public_service;authority;state;since;connection;source;note\n"
    for number, key in enumerate(connected):
        text += f"{KEY};{key};connected;2025-{number % 12 + 1:02}-01;own;Meldung des Landes; Größe: ü, „x“\n"
    text += f"{KEY};04;connected;2025-06-15;state;\"=Land; Bremen\";\n"
    file = folder / "rollout.csv"
    file.write_text(text, encoding="utf-8-sig")
    made = json.loads(run("rollout", "import", str(file), "--decision", "Beschluss & Co. <7>", "--json"))
    assert made["publicServices"][0]["added"] == len(connected) + 1, made
    bad = folder / "bad.csv"
    bad.write_bytes(text.encode("latin-1", "replace"))
    run("rollout", "import", str(bad), code=1)
    return connected, made


def main():
    everybody = municipalities()
    assert len(everybody) == 10751
    with tempfile.TemporaryDirectory() as place:
        connected, made = bring(pathlib.Path(place), everybody)

    # The rate, computed again from the register.
    inherited = [it for it in everybody if it.startswith("04")]
    share = sum(everybody[it] for it in [*connected, *inherited]) / sum(everybody.values())
    told = json.loads(run("rollout", "rates", "--service", KEY, "--base", "population", "--json"))
    rate = told["publicServices"][0]
    assert abs(rate["rate"]["percent"] - share * 100) < 0.0051, (rate["rate"], share)
    assert rate["tally"]["own"]["authorities"] == len(connected), rate["tally"]
    assert rate["tally"]["inherited"]["authorities"] == len(inherited), rate["tally"]

    table = pandas.read_csv(io.BytesIO(get(f"/api/v1/rollout/export?format=csv&service={KEY}")), dtype=str, keep_default_na=False)
    parquet = pyarrow.parquet.read_table(io.BytesIO(get(f"/api/v1/rollout/export?format=parquet&service={KEY}")))
    frame = parquet.to_pandas()
    assert list(table.columns) == list(frame.columns) and len(table) == len(frame) == len(connected) + 1
    assert list(table.authority) == list(frame.authority) and list(table.since) == [str(it) for it in frame.since]
    assert isinstance(frame.since.iloc[0], datetime.date) and str(parquet.schema.field("version").type) == "int64"
    assert "Größe: ü, „x“" in set(frame.note) and "'=Land; Bremen" in set(table.source)
    rates = pyarrow.parquet.read_table(io.BytesIO(get(f"/api/v1/rollout/export?format=parquet&what=rates&service={KEY}"))).to_pandas()
    assert len(rates) == 24 and rates.own.iloc[-1] == len(connected) and rates.percent.is_monotonic_increasing

    feed = feedparser.parse(get("/rollout/feed"))
    assert feed.version == "atom10" and not feed.bozo, feed.get("bozo_exception")
    entry = feed.entries[0]
    assert entry.id.startswith("urn:uuid:") and entry.updated_parsed and feed.feed.author
    assert entry.summary == "Beschluss & Co. <7>", entry.summary
    assert feed.entries[0].id == feedparser.parse(get("/rollout/feed")).entries[0].id

    snapshot = get(f"/api/v1/rollout/snapshots/{made['snapshot']}")
    assert hashlib.sha256(snapshot).hexdigest() == made["snapshot"]
    for line in snapshot.decode().splitlines()[5:]:
        part = line.split(" ")[-1]
        assert hashlib.sha256(get(f"/api/v1/rollout/snapshots/{part}")).hexdigest() == part, line

    maps = feedparser.parse(get("/catalogue/deutschland-stack/feed"))
    assert maps.version == "atom10" and not maps.bozo and maps.feed.id, maps.get("bozo_exception")
    print(f"roll-out: pandas and pyarrow read {len(frame)} changes, feedparser {len(feed.entries)} versions, hashes hold")


if __name__ == "__main__":
    main()
