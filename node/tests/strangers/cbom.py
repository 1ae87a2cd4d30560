"""The cryptographic bill of materials against the official CycloneDX 1.6 schema, by a library nobody here wrote.

Needs FACHWERK_BINARY; makes a node of its own in a temporary folder.
"""

import json
import os
import subprocess
import tempfile

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

with tempfile.TemporaryDirectory() as data:
    told = subprocess.run([os.environ["FACHWERK_BINARY"], "cbom", "--data", data], check=True, capture_output=True, text=True)

fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(told.stdout)
assert fault is None, fault

bill = json.loads(told.stdout)
kinds = {it["cryptoProperties"]["assetType"] for it in bill["components"]}
assert kinds == {"algorithm", "protocol", "related-crypto-material", "certificate"}, kinds
known = {it["bom-ref"] for it in bill["components"]}
provided = set(bill["dependencies"][0]["provides"])
assert provided <= known, provided - known
for it in bill["components"]:
    material = it["cryptoProperties"].get("relatedCryptoMaterialProperties", {})
    assert "value" not in material, "a secret in the bill"
    for name in (material.get("algorithmRef"), material.get("securedBy", {}).get("algorithmRef")):
        assert name is None or name in known, name
    verdicts = {it["name"]: it["value"] for it in it["properties"]}
    assert verdicts["fachwerk:policy"] in {"allowed", "ends-soon"}, verdicts
print(f"cbom: {len(bill['components'])} components fit CycloneDX 1.6")
