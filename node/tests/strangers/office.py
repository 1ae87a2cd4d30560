"""The receiving side in plain Python (jwcrypto, requests): keys, a destination, event tokens."""

import base64
import datetime
import json
import time
import uuid

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from jwcrypto import jwe, jwk, jws

EVENTS = "https://schema.fitko.de/fit-connect/events/"
SCHEMA = "https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json"


def make_key(use, algorithm, operation):
    """A private JWK and its public half with a self-signed certificate (RSASSA-PSS, SHA-512)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=4096)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stranger's office")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=30))
        .sign(key, hashes.SHA512(), rsa_padding=padding.PSS(padding.MGF1(hashes.SHA512()), 64))
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    private = json.loads(jwk.JWK.from_pem(pem).export_private())
    private |= {"kid": f"{uuid.uuid4()}-{use}", "alg": algorithm, "key_ops": ["unwrapKey" if use == "wrapKey" else "sign"]}
    der = certificate.public_bytes(serialization.Encoding.DER)
    public = {
        "kty": "RSA", "n": private["n"], "e": private["e"], "kid": private["kid"], "alg": algorithm,
        "key_ops": [operation], "x5c": [base64.b64encode(der).decode()],
    }
    return private, public


def open_destination(url, client_id, client_secret, leika):
    encryption, encryption_public = make_key("wrapKey", "RSA-OAEP-256", "wrapKey")
    signing, signing_public = make_key("verify", "PS512", "verify")
    destination = Destination(url, client_id, client_secret, encryption, signing)
    answer = requests.post(
        f"{url}/v1/destinations",
        headers=destination.headers(),
        json={
            "contactInformation": {"legalName": "Amt", "address": "Weg 1", "phone": "+49 1", "email": "amt@example.org"},
            "services": [{
                "identifier": leika, "regions": ["DE06"],
                "submissionSchemas": [{"schemaUri": "https://schema.example.org/bauantrag.json", "mimeType": "application/json"}],
            }],
            "encryptionKid": encryption["kid"], "encryptionPublicKey": encryption_public,
            "signingPublicKey": signing_public, "metadataVersions": ["1.0.0"],
        },
    )
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"], answer.headers
    destination.id = answer.json()["destinationId"]
    answer = requests.patch(f"{url}/v1/destinations/{destination.id}", headers=destination.headers(), json={"status": "active"})
    assert answer.status_code == 200 and answer.json()["status"] == "active", answer.text
    key = requests.get(f"{url}/v1/destinations/{destination.id}/keys/{encryption['kid']}")
    assert key.status_code == 200 and key.json()["n"] == encryption["n"], key.text
    return destination


class Destination:
    def __init__(self, url, client_id, client_secret, decryption_key, signing_key):
        self.id = None
        self.url = url
        self.credentials = (client_id, client_secret)
        self.decryption_key = decryption_key
        self.signing_key = signing_key

    def headers(self):
        client_id, client_secret = self.credentials
        answer = requests.post(
            f"{self.url}/token",
            data={"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret},
        )
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def get(self, path):
        return json.loads(self.fetch(path))

    def fetch(self, path):
        answer = requests.get(f"{self.url}/v1{path}", headers=self.headers())
        assert answer.status_code == 200, answer.text
        return answer.text

    def decrypt(self, token):
        message = jwe.JWE()
        message.deserialize(token, key=jwk.JWK(**self.decryption_key))
        return message.payload

    def accept(self, case, submission, fetched):
        tags = {
            "metadata": fetched["encryptedMetadata"].split(".")[4],
            "data": fetched["encryptedData"].split(".")[4],
            "attachments": {
                it: self.fetch(f"/submissions/{submission}/attachments/{it}").split(".")[4] for it in fetched["attachments"]
            },
        }
        self.say(case, submission, "accept-submission", {"authenticationTags": tags})

    def reject(self, case, submission):
        problem = {
            "type": "https://schema.fitko.de/fit-connect/events/problems/missing-data",
            "title": "Fachdaten fehlen", "detail": "Es wurden keine Fachdaten gesendet.", "instance": "data",
        }
        self.say(case, submission, "reject-submission", {"problems": [problem]})

    def say(self, case, submission, event, payload):
        claims = {
            "$schema": SCHEMA, "jti": str(uuid.uuid4()), "iss": self.id, "iat": int(time.time()),
            "sub": f"submission:{submission}", "txn": f"case:{case}", "events": {f"{EVENTS}{event}": payload},
        }
        token = jws.JWS(json.dumps(claims))
        header = {"typ": "secevent+jwt", "alg": "PS512", "kid": self.signing_key["kid"]}
        token.add_signature(jwk.JWK(**self.signing_key), None, json.dumps(header), None)
        self.said = token.serialize(compact=True)
        answer = requests.post(
            f"{self.url}/v1/cases/{case}/events", data=self.said, headers=self.headers() | {"Content-Type": "application/jose"}
        )
        assert answer.status_code == 204, answer.text
        again = requests.post(
            f"{self.url}/v1/cases/{case}/events", data=self.said, headers=self.headers() | {"Content-Type": "application/jose"}
        )
        assert again.status_code in (409, 422), again.text

    def kinds(self, case):
        """The events of a case, each signature checked against the keys that are published for its issuer."""
        published = requests.get(f"{self.url}/.well-known/jwks.json").json()["keys"]
        names = []
        for token in self.get(f"/cases/{case}/events")["eventLog"]:
            header = json.loads(_decode(token.split(".")[0]))
            claims = json.loads(_decode(token.split(".")[1]))
            if claims["iss"].startswith("http"):
                key = next(it for it in published if it["kid"] == header["kid"])
            else:
                key = requests.get(f"{self.url}/v1/destinations/{claims['iss']}/keys/{header['kid']}").json()
                assert token == self.said, "what the office signed comes back byte for byte"
            message = jws.JWS()
            message.deserialize(token)
            message.verify(jwk.JWK(**key), alg="PS512")
            names.append(next(iter(claims["events"])).removeprefix(EVENTS))
        return names


def _decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
