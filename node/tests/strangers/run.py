"""Two public clients that nobody here wrote, unmodified, against a running demo node: full round trips.

Needs FACHWERK_URL and FACHWERK_DATA; run it with `cargo xtask with-node -- python run.py`.
"""

import json
import os
import pathlib
import sys
import tempfile
import time
import uuid

import office
from fitconnect import Environment, FITConnectClient
from fitconnect_client import Attachment
from fitconnect_client import Environment as OtherEnvironment
from fitconnect_client import FitconnectClient

URL = os.environ["FACHWERK_URL"]
CLIENTS = json.loads((pathlib.Path(os.environ["FACHWERK_DATA"]) / "demo" / "clients.json").read_text())
LEIKA = "urn:de:fim:leika:leistung:99010003001006"
PDF = b"%PDF-1.4 " + os.urandom(60_000) + b" %%EOF"


def credentials(role):
    found = next(it for it in CLIENTS["clients"] if it["role"] == role)
    return found["client_id"], found["client_secret"]


def client_a(role):
    client = FITConnectClient(Environment.TESTING, *credentials(role))
    client.token_url = f"{URL}/token"
    client.submission_api_url = f"{URL}/v1"
    return client


def client_b(role):
    client = FitconnectClient(OtherEnvironment.TESTING, *credentials(role))
    client.oauth_api_url = f"{URL}/token"
    client.submission_api_url = f"{URL}/v1"
    client.obtain_access_token()
    return client


def fitconnect_round_trip(destination):
    """PyPI fitconnect sends and fetches; the office accepts; the log holds three events."""
    data = {"$schema": "https://schema.example.org/bauantrag.json", "name": "Müller", "groesse": 7}
    sent = client_a("sender").submission(destination.id, LEIKA, data=data, attachments=[PDF])
    receiver = client_a("subscriber")
    waiting = receiver.available_submissions()
    assert any(it["submissionId"] == sent["submissionId"] for it in waiting), waiting
    got = receiver.retrieve_submission(sent["submissionId"], destination.decryption_key)
    assert got["data_json"] == data, got["data_json"]
    assert list(got["attachments"].values()) == [PDF]
    destination.accept(got["caseId"], got["submissionId"], got)
    assert destination.kinds(got["caseId"]) == ["create-submission", "submit-submission", "accept-submission"]
    assert not any(it["submissionId"] == sent["submissionId"] for it in receiver.available_submissions())


def several_attachments(destination):
    """The known bug of PyPI fitconnect (the same id announced twice) must be a clear answer, never a 500."""
    sender = client_a("sender")
    submission = sender.create_submission(destination.id, LEIKA, num_attachments=3)
    for it in submission["announcedAttachments"]:
        sender.upload_attachment(destination.id, submission["submissionId"], it, attachment=b"again")
    answer = sender.submit_submission(
        destination.id, submission["submissionId"], metadata={"contentStructure": {"attachments": []}}, data={"a": 1}
    )
    assert answer["submissionId"] == submission["submissionId"], answer


def fitconnect_client_round_trip(destination):
    """PyPI fitconnect-client sends metadata only, with an attachment; the office fetches and rejects."""
    sender = client_b("sender")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(PDF)
        file.flush()
        attachments = [Attachment(file.name, "Lageplan")]
        submission = sender.create_submission(destination.id, LEIKA, "Bauantrag", attachments)
        metadata = sender.create_metadata(
            "2026-11-21", "ref-1", "https://schema.example.org/bauantrag.json",
            "https://schema.fitko.de/fit-connect/metadata/1.0.0/metadata.schema.json", "a@example.org", attachments,
        )
        answer = sender.send_submission(submission, metadata)
    got = destination.get(f"/submissions/{answer['submissionId']}")
    assert got.get("encryptedData") is None, got
    assert json.loads(destination.decrypt(got["encryptedMetadata"])) == metadata
    attachment = destination.fetch(f"/submissions/{answer['submissionId']}/attachments/{attachments[0].id}")
    assert destination.decrypt(attachment) == PDF
    destination.reject(got["caseId"], got["submissionId"])
    assert destination.kinds(got["caseId"])[-1] == "reject-submission"


def strangers_stay_out(destination):
    """The other tenant's clients see nothing and may do nothing here."""
    sent = client_a("sender").create_submission(destination.id, LEIKA)
    other = client_a("other-subscriber")
    assert other.available_submissions() == []
    answer = other._authorized_get(f"/submissions/{sent['submissionId']}")
    assert answer.status_code in (403, 404), answer.status_code
    assert "detail" in answer.json()
    answer = client_a("other-sender")._authorized_put(f"/submissions/{sent['submissionId']}", json={"encryptedMetadata": "a"})
    assert answer.status_code in (403, 404), answer.status_code
    assert other._authorized_patch(f"/destinations/{destination.id}", json={"status": "inactive"}).status_code in (403, 404)


def wrong_secret():
    """A wrong secret is told as the client expects it."""
    client = client_a("sender")
    client.client_secret = "wrong"
    try:
        client.get_destination(str(uuid.uuid4()))
    except ValueError as error:
        assert "Missing or invalid client authentication" in str(error)
    else:
        raise AssertionError("a wrong secret was let in")


def main():
    destination = office.open_destination(URL, *credentials("subscriber"), LEIKA)
    steps = [
        lambda: fitconnect_round_trip(destination),
        lambda: several_attachments(destination),
        lambda: fitconnect_client_round_trip(destination),
        lambda: strangers_stay_out(destination),
        wrong_secret,
    ]
    for number, step in enumerate(steps, 1):
        began = time.time()
        step()
        print(f"ok {number} ({time.time() - began:.1f} s)")
    print(f"{len(steps)} passed, 0 failed")


if __name__ == "__main__":
    sys.exit(main())
