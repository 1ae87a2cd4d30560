"""The record of a running node, computed again without any of its code: standard library, and `cryptography` for ES256.

Needs FACHWERK_URL and FACHWERK_DATA; run it with `cargo xtask with-node -- python record.py`.
"""

import base64
import hashlib
import json
import os
import pathlib
import subprocess
import time
import urllib.error
import urllib.request

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

URL = os.environ["FACHWERK_URL"]
DATA = pathlib.Path(os.environ["FACHWERK_DATA"])
TOKEN = (DATA / "admin-token").read_text().strip()
BINARY = pathlib.Path(__file__).parents[3] / "target/debug/fachwerk"


def get(path, token=None):
    request = urllib.request.Request(URL + path, headers={"Authorization": f"Bearer {token}"} if token else {})
    return json.load(urllib.request.urlopen(request))


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2, written down from the text."""
    number, last, seen = index, size - 1, leaf
    for step in path:
        assert last > 0
        if number % 2 == 1 or number == last:
            seen = node(step, seen)
            while number % 2 == 0 and number != 0:
                number, last = number >> 1, last >> 1
        else:
            seen = node(seen, step)
        number, last = number >> 1, last >> 1
    assert last == 0
    return seen


def grew(first, first_root, second, second_root, path):
    """RFC 9162, section 2.1.4.2."""
    if first == second:
        return not path and first_root == second_root
    path = list(path) if first & (first - 1) else [first_root, *path]
    number, last = first - 1, second - 1
    while number % 2 == 1:
        number, last = number >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if number % 2 == 1 or number == last:
            old, new = node(step, old), node(step, new)
            while number % 2 == 0 and number != 0:
                number, last = number >> 1, last >> 1
        else:
            new = node(new, step)
        number, last = number >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def opened(token, keys):
    """The claims of a checkpoint whose ES256 signature fits."""
    head, body, made = token.split(".")
    header = json.loads(unpadded(head))
    assert header["alg"] == "ES256" and header["typ"] == "fachwerk-checkpoint+jwt", header
    key = next(it for it in keys["keys"] if it["kid"] == header["kid"])
    point = [int.from_bytes(unpadded(key[it]), "big") for it in ("x", "y")]
    public = ec.EllipticCurvePublicNumbers(*point, ec.SECP256R1()).public_key()
    made = unpadded(made)
    halves = [int.from_bytes(it, "big") for it in (made[:32], made[32:])]
    public.verify(encode_dss_signature(*halves), f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(unpadded(body))


def checkpoint():
    for _ in range(100):
        try:
            return get("/api/v1/record/checkpoint")
        except urllib.error.HTTPError as fault:
            assert fault.code == 404, fault
            time.sleep(0.1)
    raise AssertionError("nothing is sealed")


keys = get("/api/v1/record/keys")
before = checkpoint()
assert opened(before["checkpoint"], keys)["root"] == before["root"]
rows = [json.loads(it) for it in urllib.request.urlopen(
    urllib.request.Request(f"{URL}/api/v1/record/export?format=jsonl&sort=time", headers={"Authorization": f"Bearer {TOKEN}"})
)]
assert [it["seq"] for it in rows] == list(range(len(rows))), "every number once, in order"
for _ in range(100):
    # The export itself leaves a row.
    after = checkpoint()
    if after["size"] > before["size"]:
        break
    time.sleep(0.1)
assert after["size"] > before["size"] and after["origin"] == before["origin"]

for row in rows[:50]:
    proof = get(f"/api/v1/record/proofs/{row['id']}", TOKEN)
    fields = json.loads(proof["leaf"])
    assert fields[:6] == ["fachwerk.record.v1", row["id"], row["at"], row["tenant"], row["event"], row["request"]], fields
    leaf = hashlib.sha256(b"\x00" + proof["leaf"].encode()).digest()
    path = [base64.b64decode(it) for it in proof["path"]]
    claims = opened(proof["checkpoint"]["checkpoint"], keys)
    assert root_of(leaf, proof["seq"], claims["size"], path) == base64.b64decode(claims["root"]), row

proof = get(f"/api/v1/record/consistency?first={before['size']}&second={after['size']}")
steps = [base64.b64decode(it) for it in proof["path"]]
roots = [base64.b64decode(it["root"]) for it in (before, after)]
assert grew(before["size"], roots[0], after["size"], roots[1], steps)
assert not grew(before["size"], roots[1], after["size"], roots[1], steps)

told = subprocess.run([BINARY, "audit", "verify", "--json", "--data", DATA], capture_output=True, text=True)
report = json.loads(told.stdout)
assert told.returncode == 0 and report["ok"] and report["size"] >= after["size"], (told.stdout, told.stderr)
print(f"record: {len(rows)} rows, {min(len(rows), 50)} proofs and the growth of the log computed again")
