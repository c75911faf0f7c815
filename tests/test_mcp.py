"""The server for agents, driven by the SDK's own client over standard input and output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("mcp")

import anyio
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent

FACTS = """\
title: Helmets
sources: [{key: lee2021}]
vocabulary:
  arm: {helmets: [bicycle helmets, helmets]}
  measure: {injury: [head injury, head injuries]}
facts:
  - id: injuries
    quote: Bicycle helmets lowered the risk of head injury by 48%.
    at: Results
  - id: price
    quote: A helmet costs 30 euros.
"""
WRONG = "µ 😀 Bicycle helmets lowered the risk of head injury by 84%.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    return tmp_path


def drive(folder: Path, story: Callable[[Client], Awaitable[None]], *arguments: str) -> None:
    async def play() -> None:
        command = ["-m", "evidencelint", "mcp", *arguments]
        server = StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ), cwd=folder)
        async with Client(stdio_client(server)) as client:
            with anyio.fail_after(120):
                await story(client)

    anyio.run(play)


def said(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_the_whole_conversation(folder: Path) -> None:
    async def story(client: Client) -> None:
        assert client.instructions is not None
        assert "check_text" in client.instructions
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert sorted(tools) == ["check_text", "explain", "search_facts"]
        for tool in tools.values():
            assert tool.description
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert all(field["description"] for field in tool.input_schema["properties"].values())
        assert tools["check_text"].input_schema["required"] == ["text"]

        await check_a_draft(client, folder)
        await ask_about_rules(client)
        await look_for_facts(client)

    drive(folder, story)


async def check_a_draft(client: Client, folder: Path) -> None:
    result = await client.call_tool("check_text", {"text": WRONG})
    assert not result.is_error
    report = result.structured_content
    assert report == json.loads(said(result))
    command = [sys.executable, "-m", "evidencelint", "check", "-", "--stdin-filename", "draft.md"]
    done = await anyio.run_process([*command, "--output-format", "json"], input=WRONG.encode(), check=False, cwd=folder)
    assert report == json.loads(done.stdout), "the same as on the command line"
    (found,) = report["diagnostics"]
    assert WRONG[found["offset"] : found["end_offset"]] == found["text"] == "84%"
    assert (found["name"], found["expected"], found["facts"][0]["id"]) == ("value-mismatch", "48%", "injuries")
    fix = found["fix"]
    mended = WRONG[: fix["offset"]] + fix["replacement"] + WRONG[fix["end_offset"] :]
    again = await client.call_tool("check_text", {"text": mended, "filename": "docs/page.md"})
    assert again.structured_content is not None
    assert again.structured_content["diagnostics"] == []
    assert again.structured_content["summary"]["supported"] == 1
    # the fact base is read anew when it has changed
    (folder / "facts.yaml").write_text(FACTS.replace("48%", "84%"), encoding="utf-8")
    changed = await client.call_tool("check_text", {"text": WRONG})
    assert changed.structured_content is not None
    assert changed.structured_content["diagnostics"] == []
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")

    for arguments, message in (
        ({"text": WRONG, "filename": "../elsewhere/a.md"}, "must be a path below"),
        ({"text": WRONG, "filename": "/etc/a.md"}, "must be a path below"),
        ({"text": "a\0b"}, "NUL"),
        ({"text": "x" * 1_000_001}, "over 1,000,000 characters"),
        ({}, "text"),
    ):
        refused = await client.call_tool("check_text", arguments)
        assert refused.is_error, arguments
        assert message in said(refused)


async def ask_about_rules(client: Client) -> None:
    page = said(await client.call_tool("explain", {"rule": "EL101"}))
    assert page.startswith("EL101 value-mismatch (mismatched, error)\n")
    assert "## Why it matters" in page
    assert said(await client.call_tool("explain", {"rule": "value-mismatch"})) == page
    assert "EL301 hedge-dropped: overstated" in said(await client.call_tool("explain", {}))
    unknown = await client.call_tool("explain", {"rule": "value-mismach"})
    assert unknown.is_error
    assert "did you mean value-mismatch?" in said(unknown)


async def look_for_facts(client: Client) -> None:
    async def found(query: str, **more: int) -> list[str]:
        result = await client.call_tool("search_facts", {"query": query, **more})
        assert result.structured_content is not None
        assert result.structured_content["title"] == "Helmets"
        return [fact["id"] for fact in result.structured_content["facts"]]

    assert await found("48%") == ["injuries"]
    assert await found("head injuries") == ["injuries"]
    assert await found("helmet") == ["price", "injuries"]
    assert await found("helmet", limit=1) == ["price"]
    assert await found("nothing of the kind") == []
    assert (await client.call_tool("search_facts", {"query": "helmet", "limit": 0})).is_error


def test_a_fact_base_that_cannot_be_used_is_told(folder: Path) -> None:
    (folder / "bad.yaml").write_text(FACTS.replace("id: price", "id: injuries"), encoding="utf-8")

    async def story(client: Client) -> None:
        for tool, arguments in (("check_text", {"text": WRONG}), ("search_facts", {"query": "helmet"})):
            result = await client.call_tool(tool, arguments)
            assert result.is_error
            assert "injuries is the id of line" in said(result)
            assert "bad.yaml:10" in said(result)

    drive(folder, story, "--facts", "bad.yaml")


def test_without_the_sdk_the_command_says_what_to_install(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom importlib import util\nfind = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'mcp' else find(name, *rest)\n"
        "from evidencelint.cli import main\nmain(['mcp'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("needs the package mcp; run: pip install 'evidencelint[mcp]'\n")
