"""The official Python SDK, unmodified, as an assistant of a running node: handshake, every tool, provenance, resources.

Needs FACHWERK_URL and `pip install mcp==2.3.0`; run it with `cargo xtask with-node -- python mcp.py`.
"""

import sys

# This file has the name of the package that it uses, and Python looks beside it first.
sys.path.pop(0)

import asyncio
import json
import os

from mcp import Client
from mcp.shared.exceptions import MCPError

URL = os.environ["FACHWERK_URL"].rstrip("/") + "/mcp"
TOOLS = [
    "catalogue.maps",
    "catalogue.search",
    "catalogue.entry",
    "conformance.element",
    "conformance.sets",
    "conformance.set",
    "conformance.requirement",
]
KEYS = {"source", "url", "publisher", "licence", "date", "kind", "sha256", "retrieved_at"}
KINDS = {"official", "statement", "checked", "derived", None}


class Wrong(Exception):
    """What is not as it should be."""


def check(fits, what):
    if not fits:
        raise Wrong(what)


def check_provenance(record, place):
    """The record and every record in it says where it comes from."""
    check(set(record.get("provenance") or {}) == KEYS, f"{place}: provenance is {record.get('provenance')}")
    check(record["provenance"]["kind"] in KINDS, f"{place}: kind is {record['provenance']['kind']}")
    for key, value in record.items():
        inner = value.get("records") if isinstance(value, dict) else value
        if isinstance(inner, list) and key != "value":
            for number, it in enumerate(inner):
                if isinstance(it, dict):
                    check_provenance(it, f"{place}/{key}/{number}")


def records_of(told):
    if "records" in told:
        return told["records"]
    if "provenance" in told:
        return [told]
    return [told["set"], *told["requirements"]["records"]]


async def call(client, tool, **arguments):
    """Calls a tool; the SDK itself holds the answer against the tool's output schema."""
    result = await client.call_tool(tool, arguments)
    check(not result.is_error, f"{tool} {arguments}: {result.content}")
    told = result.structured_content
    check(json.loads(result.content[0].text) == told, f"{tool}: the text is not the structured content")
    links = [it for it in result.content if it.type == "resource_link"]
    check(len(links) <= 50, f"{tool}: {len(links)} links")
    records = records_of(told)
    check(records, f"{tool} {arguments}: no records")
    check(links, f"{tool} {arguments}: no links")
    for number, record in enumerate(records):
        check_provenance(record, f"{tool}/{number}")
    return told, links


async def read(client, uri):
    contents = (await client.read_resource(uri)).contents
    check(len(contents) == 1 and contents[0].mime_type == "application/json", f"{uri}: {contents}")
    return json.loads(contents[0].text)


async def tools(client):
    listed = (await client.list_tools()).tools
    check([it.name for it in listed] == TOOLS, f"the tools are {[it.name for it in listed]}")
    for it in listed:
        hints = it.annotations
        check(hints.read_only_hint and not hints.destructive_hint, f"{it.name}: {hints}")
        check(it.input_schema.get("additionalProperties") is False, f"{it.name}: anything may be asked")
        check(it.output_schema, f"{it.name}: no output schema")


async def catalogue(client):
    maps, _ = await call(client, "catalogue.maps")
    shipped = next(it for it in maps["records"] if it["shipped"])["id"]
    first, links = await call(client, "catalogue.search", map=shipped, limit=5)
    check(len(first["records"]) == 5 and first["next_offset"] == 5, f"the first page is {first}")
    check(len(links) == 5, "not one link a hit")
    second, _ = await call(client, "catalogue.search", map=shipped, limit=5, offset=5)
    check(first["records"][0]["id"] != second["records"][0]["id"], "the second page is the first")
    element = first["records"][0]
    entry, links = await call(client, "catalogue.entry", map=shipped, id=element["id"])
    check(entry["facts"], f"{element['id']} has no facts")
    check(await read(client, links[0].uri) == entry, "the resource is not the record of the tool")
    judged, _ = await call(client, "conformance.element", map=shipped, id=element["id"])
    check(sum(judged["counts"].values()) == judged["findings"]["total"], f"counts: {judged['counts']}")


async def conformance(client):
    sets, _ = await call(client, "conformance.sets")
    largest = max(sets["records"], key=lambda it: it["requirements"])
    told, _ = await call(client, "conformance.set", id=largest["id"], limit=3)
    requirement = told["requirements"]["records"][0]
    alone, links = await call(client, "conformance.requirement", id=requirement["id"])
    check(alone["text"] == requirement["text"], f"{alone} is not {requirement}")
    check(await read(client, links[0].uri) == alone, "the resource is not the record of the tool")
    only, _ = await call(client, "conformance.set", id=largest["id"], level=requirement["level"])
    check({it["level"] for it in only["requirements"]["records"]} == {requirement["level"]}, "other levels")


async def resources(client):
    listed = (await client.list_resources()).resources
    check(listed, "no resources")
    for it in listed:
        told = await read(client, it.uri)
        check_provenance(told.get("set", told), it.uri)
    check((await client.list_resource_templates()).resource_templates, "no templates")


async def faults(client):
    for arguments in [{}, {"map": "none"}, {"map": "x", "limit": 51}, {"map": "x", "unknown": 1}]:
        result = await client.call_tool("catalogue.search", arguments)
        check(result.is_error and json.loads(result.content[0].text)["code"], f"{arguments}: {result}")
    for refused in [client.call_tool("catalogue.delete", {}), client.read_resource("file:///etc/passwd")]:
        try:
            result = await refused
        except MCPError:
            continue
        check(False, f"not refused: {result}")


async def main():
    for mode, version in [("auto", "2026-07-28"), ("legacy", "2025-11-25")]:
        async with Client(URL, mode=mode) as client:
            check(client.protocol_version == version, f"{mode}: speaks {client.protocol_version}")
            check(client.server_info.name == "fachwerk", f"{mode}: {client.server_info}")
            for part in [tools, catalogue, conformance, resources, faults]:
                await part(client)
                print(f"{version}: {part.__name__}")


def reasons(cause):
    """The SDK wraps what goes wrong in groups."""
    if isinstance(cause, BaseExceptionGroup):
        return [reason for it in cause.exceptions for reason in reasons(it)]
    return [f"{type(cause).__name__}: {cause}"]


try:
    asyncio.run(main())
except Exception as cause:
    sys.exit("mcp: " + "; ".join(reasons(cause)))
