"""Readers that nobody here wrote, for what the catalogue gives away: feedparser (Atom), pandas (CSV).

Needs FACHWERK_URL and FACHWERK_DATA; run it with `cargo xtask with-node -- python catalogue.py`.
"""

import hashlib
import io
import json
import os
import pathlib
import urllib.parse
import urllib.request

import feedparser
import pandas

URL = os.environ["FACHWERK_URL"].rstrip("/")
TOKEN = (pathlib.Path(os.environ["FACHWERK_DATA"]) / "admin-token").read_text().strip()
MAP = """landkarte: 1
id: strangers
title: {{de: Karte <der> Fremden & Co., en: Map of strangers}}
publisher: Stadt Muster
elements:
  - {{id: box, name: Kasten, kind: {kind}}}
  - {{id: odd, name: 'Größe; "x"', kind: product}}
"""


def ask(path, data=None, method="GET"):
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept-Language": "en", "Content-Type": "application/octet-stream"}
    request = urllib.request.Request(URL + path, data=data, headers=headers, method=method)
    return urllib.request.urlopen(request).read()


def bring(kind, note, decision):
    query = urllib.parse.urlencode({"note": note, "decision": decision, "published": "true"})
    ask(f"/api/v1/catalogue/maps?{query}", MAP.format(kind=kind).encode(), "POST")


def feed():
    bring("product", "first", "")
    bring("service", 'second <b> & "so"', "B-2026/7 & more")
    before = feedparser.parse(ask("/catalogue/strangers/feed"))
    assert not before.bozo, before.get("bozo_exception")
    newest = before.entries[0]
    assert newest.title == 'Version 2: second <b> & "so"', newest.title
    assert "B-2026/7 & more" in newest.summary and "Kasten" in newest.summary, newest.summary
    assert newest.updated_parsed and newest.link.startswith("http"), newest
    assert before.feed.author and before.feed.id.startswith("tag:"), before.feed
    bring("platform", "third", "")
    after = feedparser.parse(ask("/catalogue/strangers/feed"))
    assert [it.id for it in after.entries][1:] == [it.id for it in before.entries], "ids stay"
    assert len({it.id for it in after.entries}) == 3


def snapshots():
    versions = json.loads(ask("/api/v1/catalogue/maps/strangers/versions"))["versions"]
    for version in versions:
        content = ask(f"/api/v1/catalogue/maps/strangers/snapshots/{version['sha256']}")
        assert hashlib.sha256(content).hexdigest() == version["sha256"]


def picture():
    path = "/api/v1/catalogue/overlay?map=strangers&map=deutschland-stack"
    everything = json.loads(ask(path))
    table = pandas.read_csv(io.BytesIO(ask(f"{path}&format=csv")))
    assert len(table) >= len(everything["clusters"]), (len(table), len(everything["clusters"]))
    assert table.astype(str).apply(lambda it: it.str.contains('Größe; "x"', regex=False)).any().any(), table.head()


feed()
snapshots()
picture()
print("catalogue: feedparser and pandas read it")
