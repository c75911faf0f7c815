"""Where a comment that leaves a finding alone may stand: the document must read the same with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.documents.markdown import read_markdown
from evidencelint.model import Span
from evidencelint.policy.suppress import insertion
from evidencelint.source import Source

ABOVE = "<!-- evidencelint-disable-next-line value-mismatch -->\n"
BESIDE = " <!-- evidencelint-disable-line value-mismatch -->"


def placed(text: str, piece: str = "84%", path: str = "a.md") -> str:
    start = text.index(piece)
    place = insertion(Source(path, text), Span(start, start + len(piece)), "value-mismatch")
    assert place is not None
    return text[: place.offset] + place.text + text[place.offset :]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is 84%.\n", f"{ABOVE}It is 84%.\n"),
        ("It is 84%.", f"{ABOVE}It is 84%."),
        ("# It is 84%\n", f"{ABOVE}# It is 84%\n"),
        ("# It is 84% {#here}\n", f"{ABOVE}# It is 84% {{#here}}\n"),
        ("Before.\n\nIt is\n84%.\n", f"Before.\n\nIt is\n84%.{BESIDE}\n"),
        ("It is 84%,\nafter all.\n", f"{ABOVE}It is 84%,\nafter all.\n"),
        ("And\nit is 84%  \nindeed.\n", f"And\nit is 84%{BESIDE}  \nindeed.\n"),
        ("And\nit is 84%\\\nindeed.\n", f"And\nit is 84%{BESIDE}\\\nindeed.\n"),
        ("- one\n- it is 84%\n  so\n", f"- one\n- it is 84%{BESIDE}\n  so\n"),
        ("> It is 84%.\n> So.\n", f"> It is 84%.{BESIDE}\n> So.\n"),
        ("| a | b |\n|---|---|\n| it is 84% | c |\n", f"| a | b |\n|---|---|\n| it is 84%{BESIDE} | c |\n"),
        ("So `a\nb` is 84% `c\nd`.\n", f"So `a\nb` is 84%{BESIDE} `c\nd`.\n"),
        ("---\nt: x\n---\nIt is 84%.\n", f"---\nt: x\n---\n{ABOVE}It is 84%.\n"),
        ("\ufeffIt is 84%.\n", f"\ufeff{ABOVE}It is 84%.\n"),
        ("A.\r\n\r\nIt is 84%.\r\n", "A.\r\n\r\n" + ABOVE.replace("\n", "\r\n") + "It is 84%.\r\n"),
        ("[^1]: It is 84%.\n\nA[^1].\n", f"[^1]: It is 84%.{BESIDE}\n\nA[^1].\n"),
        ("It is **84%** so.\nYes.\n", f"{ABOVE}It is **84%** so.\nYes.\n"),
    ],
)
def test_places(text: str, expected: str) -> None:
    assert placed(text) == expected


def test_mdx_has_comments_of_its_own() -> None:
    assert placed("It is 84%.\n", path="a.mdx") == (
        "{/* evidencelint-disable-next-line value-mismatch */}\nIt is 84%.\n"
    )


_BLOCKS = r"""It is 84% so.|- it is 84%\n- b|> it is 84%|# It is 84%|`84%`|**it is 84%|a\nb 84%\nc|1. x\n\n   84% y
84%\n===|Term\n: 84%|::: note\n84%\n:::|<div>84%</div>|a[^1]\n\n[^1]: 84%|[84%](x 'y')|a `b\n84%` c
84% `b\nc`|<!-- 84%\n-->"""
BLOCKS = st.sampled_from(
    [*(each.replace("\\n", "\n") for line in _BLOCKS.split("\n") for each in line.split("|")), "| a |\n|---|\n| 84% |"]
)


@given(blocks=st.lists(BLOCKS, min_size=1, max_size=5), end=st.sampled_from(["\n", "\r\n"]), which=st.integers(0, 9))
def test_the_document_reads_the_same_or_is_left_alone(blocks: list[str], end: str, which: int) -> None:
    text = "\n\n".join(blocks).replace("\n", end)
    starts = [at for at in range(len(text)) if text.startswith("84%", at)]
    start = starts[which % len(starts)]
    place = insertion(Source("a.md", text), Span(start, start + 3), "value-mismatch")
    if place is not None:
        changed = text[: place.offset] + place.text + text[place.offset :]
        assert prose(changed) == prose(text)
        assert "84%" in changed[start : start + len(place.text) + 3]


def prose(text: str) -> list[tuple[str, str]]:
    return [(passage.kind, " ".join(passage.text.split())) for passage in read_markdown(Source("a.md", text)).passages]
