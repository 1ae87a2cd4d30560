"""Readers that nobody here wrote, for what `fachwerk check`, `sbom repair` and `catalogue convert` write.

PyPI: cyclonedx-python-lib (official schemas of CycloneDX), spdx-tools (SPDX 2.3), jsonschema with the official schema of SARIF,
sarif-tools, junitparser, rdflib (JSON-LD). FACHWERK_BINARY names the program.
"""

import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from junitparser import JUnitXml
from rdflib import DCTERMS, Graph
from sarif import loader
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

PROGRAM = os.environ["FACHWERK_BINARY"]
ROOT = Path(__file__).resolve().parents[3]
WHOLE = ROOT / "node/tests/house/check/whole.cdx.json"
MAP = ROOT / "data/landkarte/deutschland-stack.yaml"
SPDX = """SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: thing
DocumentNamespace: https://town.example/spdx/thing
Creator: Organization: Town (it@town.example)
Created: 2026-11-28T09:00:00Z
PackageName: thing
SPDXID: SPDXRef-thing
PackageVersion: 1.0
PackageDownloadLocation: NOASSERTION
FilesAnalyzed: false
PackageLicenseConcluded: EUPL-1.2
PackageLicenseDeclared: EUPL-1.2
PackageCopyrightText: NOASSERTION
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-thing
"""


def run(*words, code=0):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False)
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def bills(folder):
    """A repaired bill fits the official schema of its version, whatever the version was before."""
    for version in ("1.2", "1.3", "1.4", "1.5"):
        bare = {"bomFormat": "CycloneDX", "specVersion": version, "version": 1, "components": [
            {"type": "library", "bom-ref": "a", "name": "thing", "version": "1", "purl": "pkg:cargo/thing@1.0.0"},
            {"type": "library", "bom-ref": "b", "name": "other", "version": "2", "licenses": [{"license": {"name": "own"}}]}]}
        (folder / "in.json").write_text(json.dumps(bare))
        run("sbom", "repair", str(folder / "in.json"), "-o", str(folder / "out.json"), "--creator", "Town",
            "--creator-email", "it@town.example", "--name", "product", "--product-version", "1")
        text = (folder / "out.json").read_text()
        fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
        assert json.loads(text)["specVersion"] == "1.6" and fault is None, f"{version}: {fault}"
    (folder / "in.spdx").write_text(SPDX)
    run("sbom", "repair", str(folder / "in.spdx"), "-o", str(folder / "out.spdx.json"))
    document = parse_file(str(folder / "out.spdx.json"))
    faults = validate_full_spdx_document(document)
    assert not faults and document.packages[0].name == "thing", faults
    print("bills: CycloneDX 1.2 to 1.5 repaired to valid 1.6; SPDX 2.3 stays valid")


def reports(folder):
    """SARIF and JUnit are read by their readers, with as many findings as the report has."""
    lacking = WHOLE.read_text().replace('"bsi:component:filename"', '"other:filename"')
    (folder / "bom.json").write_text(lacking)
    words = ("check", "--profile", "tr-03183-2", str(folder / "bom.json"), "--lang", "en")
    report = json.loads(run(*words, "--format", "json", code=1))
    unmet = {it["requirement"] for it in report["findings"] if it["result"] == "unmet"}
    assert unmet, report["summary"]
    (folder / "report.sarif").write_text(run(*words, "--format", "sarif", code=1))
    sarif = loader.load_sarif_file(str(folder / "report.sarif"))
    records = sarif.get_records()
    assert sarif.get_distinct_tool_names() == ["Fachwerk"], sarif.get_distinct_tool_names()
    assert unmet <= {it["Code"].split(" ")[0] for it in records}, records
    assert all(it["Location"].endswith("bom.json") and int(it["Line"]) > 0 for it in records if it["Severity"] == "error"), records
    (folder / "report.xml").write_text(run(*words, "--format", "junit", code=1))
    suites = JUnitXml.fromfile(str(folder / "report.xml"))
    failed = [case.name for suite in suites for case in suite if any(type(it).__name__ == "Failure" for it in case.result)]
    assert suites.failures == len(failed) >= len(unmet), (suites.failures, failed)
    print(f"reports: sarif-tools reads {len(records)} results, junitparser {suites.tests} cases with {suites.failures} failures")


ARCHIMATE = "{http://www.opengroup.org/xsd/archimate/3.0/}"
KIND = "{http://www.w3.org/2001/XMLSchema-instance}type"


def maps(folder):
    """JSON-LD is read as RDF; ArchiMate follows the rules of its structure."""
    graph = Graph().parse(data=run("catalogue", "convert", str(MAP), "--to", "jsonld"), format="json-ld")
    titles = list(graph.objects(None, DCTERMS.title))
    assert len(graph) > 1000 and len(titles) >= 173, (len(graph), len(titles))
    model = ElementTree.fromstring(run("catalogue", "convert", str(MAP), "--to", "archimate"))
    assert model.tag == f"{ARCHIMATE}model" and model.get("identifier"), model.tag
    order = [it.tag.removeprefix(ARCHIMATE) for it in model]
    known = ["name", "documentation", "metadata", "properties", "elements", "relationships", "organizations", "propertyDefinitions", "views"]
    assert order == sorted(order, key=known.index) and set(order) <= set(known), order
    elements = model.findall(f"{ARCHIMATE}elements/{ARCHIMATE}element")
    relations = model.findall(f"{ARCHIMATE}relationships/{ARCHIMATE}relationship")
    ids = [it.get("identifier") for it in [*elements, *relations]]
    assert len(ids) == len(set(ids)) and all(it[0].isalpha() and ":" not in it for it in ids)
    named = {it.get("identifier") for it in elements}
    assert all(it.get(KIND) and it.find(f"{ARCHIMATE}name").text for it in elements)
    assert all({it.get("source"), it.get("target")} <= named and it.get(KIND) for it in relations)
    defined = {it.get("identifier") for it in model.findall(f"{ARCHIMATE}propertyDefinitions/{ARCHIMATE}propertyDefinition")}
    used = {it.get("propertyDefinitionRef") for it in model.iter(f"{ARCHIMATE}property")}
    assert used <= defined, used - defined
    referred = {it.get("identifierRef") for it in model.iter(f"{ARCHIMATE}item") if it.get("identifierRef")}
    assert referred <= set(ids), referred - set(ids)
    print(f"maps: {len(graph)} statements of RDF; ArchiMate with {len(elements)} elements and {len(relations)} relationships")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for step in (bills, reports, maps):
            step(Path(place))
    sys.exit(0)
