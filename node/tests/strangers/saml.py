"""PyPI pysaml2, unmodified, as a SAML identity provider of a running demo node: people sign in, and tricks fail.

`saml.py prepare FOLDER` makes keys, metadata and the node's configuration; `saml.py run FOLDER` plays against FACHWERK_URL.
"""

import base64
import datetime
import functools
import html
import os
import pathlib
import re
import shutil
import sys
import urllib.parse

import requests
import saml2.entity
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_PERSISTENT
from saml2.samlp import NameIDPolicy
from saml2.server import Server
from saml2.sigver import SecurityContext
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

IDP = "https://stranger.example/idp"
SP = "https://node.example/saml"
SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"
CONNECTIONS = {"pysaml2": "post", "pysaml2-redirect": "redirect"}
AES = "http://www.w3.org/2009/xmlenc11#aes256-gcm"


def make_key(folder, name):
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=30)).sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / f"{name}.key").write_bytes(private)
    (folder / f"{name}.crt").write_bytes(certificate.public_bytes(pem))


def idp_config(folder, metadata):
    places = [(f"{IDP}/post", BINDING_HTTP_POST), (f"{IDP}/redirect", BINDING_HTTP_REDIRECT)]
    return IdPConfig().load({
        "entityid": IDP,
        "xmlsec_binary": shutil.which("xmlsec1"),
        "key_file": str(folder / "idp.key"),
        "cert_file": str(folder / "idp.crt"),
        "metadata": {"local": metadata},
        "service": {
            "idp": {
                "endpoints": {"single_sign_on_service": places},
                "want_authn_requests_signed": True,
                "name_id_format": [NAMEID_FORMAT_PERSISTENT],
                "policy": {"default": {"lifetime": {"minutes": 5}, "attribute_restrictions": None}},
            }
        },
    })


def prepare(folder):
    for name in ("idp", "sp", "sp-decryption"):
        make_key(folder, name)
    (folder / "idp.xml").write_text(str(entity_descriptor(idp_config(folder, []))))
    for number, (connection, binding) in enumerate(CONNECTIONS.items()):
        settings = f"""
[[adapters.samlsp.connections]]
id = "{connection}"
kind = "saml"
label = "Stranger {number}"
idp_metadata_file = "{folder}/idp.xml"
entity_id = "{SP}/{connection}"
signing_key_file = "{folder}/sp.key"
signing_certificate_file = "{folder}/sp.crt"
decryption_key_file = "{folder}/sp-decryption.key"
decryption_certificate_file = "{folder}/sp-decryption.crt"
binding = "{binding}"
sign_with = "rsa-sha256"
pkcs1_until = "2099-12-31"
cbc_until = "2099-12-31"
"""
        with open(folder / "fachwerk.toml", "a") as file:
            file.write(settings)


class Person:
    """Somebody with a browser: keeps cookies, follows links, posts forms."""

    def __init__(self, url, connection):
        self.url, self.connection = url, connection
        self.browser = requests.Session()
        self.browser.headers.update({"accept": "text/html", "accept-language": "en"})
        page = self.browser.get(f"{url}/sign-in").text
        found = re.search(rf'href="(/sign-in/saml/{connection}\?attempt=[^"]+)"', page)
        assert found, page
        self.start = html.unescape(found.group(1))

    def ask(self, idp):
        """Follows the way in; the request as pysaml2 reads it, its signature checked with xmlsec1."""
        answer = self.browser.get(self.url + self.start, allow_redirects=False)
        if answer.status_code == 303:
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer.headers["location"]).query))
            self.state = query["RelayState"]
            asked = idp.parse_authn_request(
                query["SAMLRequest"], BINDING_HTTP_REDIRECT, relay_state=self.state, sigalg=query["SigAlg"],
                signature=query["Signature"],
            )
        else:
            assert answer.status_code == 200, answer.text
            fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', answer.text))
            self.state = html.unescape(fields["RelayState"])
            asked = idp.parse_authn_request(html.unescape(fields["SAMLRequest"]), BINDING_HTTP_POST)
        return asked.message

    def answer(self, response):
        """Posts a response as a browser does that comes from another site: without cookies, and then with them."""
        encoded = base64.b64encode(str(response).encode()).decode()
        posted = requests.post(
            f"{self.url}/sign-in/saml/{self.connection}/acs", data={"SAMLResponse": encoded, "RelayState": self.state},
            headers={"sec-fetch-site": "cross-site", "origin": IDP}, allow_redirects=False,
        )
        if posted.status_code != 303:
            return posted.status_code, posted.json()["code"]
        landed = self.browser.get(self.url + posted.headers["location"], allow_redirects=False)
        assert landed.status_code == 303, landed.text
        return landed.status_code, landed.headers["set-cookie"]

    def is_signed_in(self):
        return self.browser.get(f"{self.url}/account", allow_redirects=False).status_code == 200


def respond(idp, asked, user, **more):
    """What pysaml2 says of somebody; `more` changes it."""
    told = {
        "in_response_to": asked.id,
        "destination": asked.assertion_consumer_service_url,
        "sp_entity_id": asked.issuer.text,
        "name_id_policy": NameIDPolicy(format=NAMEID_FORMAT_PERSISTENT),
        "userid": user,
        "authn": {"class_ref": SUBSTANTIAL},
        "sign_assertion": True,
        "sign_response": False,
        "sign_alg": SIG_RSA_SHA256,
        "digest_alg": DIGEST_SHA256,
    }
    identity = {"givenName": "Jürgen", "sn": "Müller & Söhne", "mail": "juergen@example.org"}
    return str(idp.create_authn_response(identity, **(told | more)))


def people_sign_in(url, idp):
    for connection in CONNECTIONS:
        kinds = [
            {},
            {"sign_assertion": False, "sign_response": True},
            {"sign_response": True},
            {"sign_response": True, "encrypt_assertion": True},
            {"encrypt_assertion": True, "encrypt_assertion_self_contained": False},
        ]
        for number, kind in enumerate(kinds):
            person = Person(url, connection)
            response = respond(idp, person.ask(idp), f"user-{number}", **kind)
            assert ("EncryptedAssertion" in response) == ("encrypt_assertion" in kind), response
            status, cookie = person.answer(response)
            assert status == 303 and "fachwerk_account=" in cookie, (kind, status, cookie)
            assert person.is_signed_in(), kind
            print(f"signed in by {connection} {kind}")


def tricks_fail(url, idp):
    def same(text):
        return text

    def refused(change, code, **more):
        person = Person(url, "pysaml2")
        asked = person.ask(idp)
        response = respond(idp, asked, "user-x", **more)
        changed = change(response)
        assert change is same or changed != response, "the trick changes nothing"
        result = person.answer(changed)
        assert result[1] == code, (code, result)
        assert not person.is_signed_in()
        print(f"refused: {code} {more}")

    distrusted = "samlsp.not_trusted"
    refused(same, distrusted, sp_entity_id=f"{SP}/pysaml2-redirect")
    refused(same, distrusted, destination=f"{url}/sign-in/saml/pysaml2-redirect/acs")
    refused(same, distrusted, sign_assertion=False)
    refused(same, "samlsp.no_request", in_response_to="_other")
    refused(same, distrusted, sign_alg="http://www.w3.org/2000/09/xmldsig#rsa-sha1")
    refused(lambda it: it.replace("juergen@", "jochen@"), distrusted)
    # The signature stays right with a comment in the name, since canonicalization leaves it out; it must not be taken.
    refused(lambda it: re.sub(r"(<[^<>]*NameID [^<>]*>...)", r"\1<!-- -->", it), "samlsp.unreadable")
    refused(lambda it: "<!DOCTYPE x [<!ENTITY y 'z'>]>" + it[it.index("?>") + 2:], "samlsp.unreadable")
    # A second, unsigned assertion in front of the signed one.
    assertion = r"(<(\w+:)?Assertion .*</(\w+:)?Assertion>)"

    def forged(text):
        bare = re.sub(r"<(\w+):Signature .*?</\1:Signature>", "", text, flags=re.S)
        return bare.replace(' ID="', ' ID="x').replace("juergen@", "jochen@")

    refused(lambda it: re.sub(assertion, lambda found: forged(found.group(1)) + found.group(1), it, flags=re.S), distrusted)

    person = Person(url, "pysaml2")
    response = respond(idp, person.ask(idp), "user-r")
    assert person.answer(response)[0] == 303
    assert person.answer(response) == (400, "samlsp.no_request"), "a response works once"
    other = Person(url, "pysaml2")
    other.ask(idp)
    assert other.answer(response) == (400, "samlsp.no_request"), "nor in another browser"
    print("refused: replay")


def forged_requests_are_noticed(url, idp):
    """pysaml2 refuses our request once it was changed, so it did check the signature before."""
    person = Person(url, "pysaml2")
    page = person.browser.get(person.url + person.start).text
    field = html.unescape(re.search(r'name="SAMLRequest" value="([^"]*)"', page).group(1))
    changed = base64.b64decode(field).replace(b"node.example", b"n0de.example", 1)
    try:
        idp.parse_authn_request(base64.b64encode(changed).decode(), BINDING_HTTP_POST)
    except Exception as why:  # pylint: disable=broad-except; pysaml2 has several for this
        print(f"a changed request is refused: {type(why).__name__}")
        return
    raise AssertionError("a changed request was taken")


def run(folder):
    url = os.environ["FACHWERK_URL"]
    metadata = []
    for connection in CONNECTIONS:
        path = folder / f"{connection}.xml"
        path.write_text(requests.get(f"{url}/sign-in/saml/{connection}/metadata").text)
        metadata.append(str(path))
    # pysaml2 encrypts with Triple DES unless told otherwise; nobody may.
    saml2.entity.pre_encryption_part = functools.partial(saml2.entity.pre_encryption_part, msg_enc=AES)
    SecurityContext.encrypt_assertion = functools.partialmethod(SecurityContext.encrypt_assertion, key_type="aes-256")
    idp = Server(config=idp_config(folder, metadata))
    people_sign_in(url, idp)
    tricks_fail(url, idp)
    forged_requests_are_noticed(url, idp)


if __name__ == "__main__":
    {"prepare": prepare, "run": run}[sys.argv[1]](pathlib.Path(sys.argv[2]))
