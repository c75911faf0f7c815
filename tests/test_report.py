"""The report: what stands on its pages, that nothing of a draft can act on them, and what is written where."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.configuration.settings import Overrides
from evidencelint.model import Diagnostic, Span
from evidencelint.project import Project
from evidencelint.session import Session
from evidencelint.site import Surveyed, build, write_site
from evidencelint.site.rendering import render_document
from evidencelint.site.survey import Item, Shade
from evidencelint.source import Source
from tests import helmets

ROOT = Path(__file__).resolve().parents[1]
FACTS = """\
title: Helmets & <heads>
sources: [{key: lee2021}]
vocabulary:
  arm: {helmets: [bicycle helmets, helmets]}
  measure: {injury: [head injury, head injuries]}
facts:
  - id: injuries
    quote: Bicycle helmets lowered the risk of head injury by 48%.
  - id: price
    quote: A helmet costs <b>30</b> euros.
"""
AWKWARD = (
    "\ufeff---\r\ntitle: x\r\n---\r\n\r\n# µ – 😀 &amp; co\r\n\r\nTabs\tand \\* "
    "**bicycle helmets lowered\r\nthe risk** of head injury\r\nby *84%* [see](https://example.org/a?b=1).\r\n\r\n"
    "| Arm | Risk of head injury |\r\n|:--|--:|\r\n"
    "| helmets | 48% lower |\r\n\r\n<div onclick='x'>raw</div>\r\n\r\n- [x] done<br>and\r\n\r\n[^n]: A note.\r\n"
)
VOID = frozenset({"meta", "br", "hr", "input"})
_TAGS = """
html head meta title style body a header nav main section h1 h2 h3 h4 h5 h6 p div span ul ol li table thead tbody tr th
td code pre blockquote em strong del sup sub b small br hr dl dt dd details summary figure figcaption aside article
label input kbd footer script svg rect
"""
TAGS = frozenset(_TAGS.split())


class Page(HTMLParser):
    """Reads a page as a browser would see its tags, and complains of whatever is not as we write it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts = 0
        self.links: list[str] = []
        self.ids: list[str] = []
        self.marked: dict[str, str] = {}
        self.text = ""
        self._number = ""
        self.feed(text)
        self.close()
        assert self.open == [], "every tag is closed"
        assert len(set(self.ids)) == len(self.ids), "ids are unique"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        values = {name: value or "" for name, value in attrs}
        assert not [name for name in values if name.startswith("on") or name in {"src", "style", "srcset", "action"}]
        self.scripts += tag == "script"
        if "href" in values:
            assert re.fullmatch(r"[\w.-]*\.html(#[\w-]+)?|#[\w-]+", values["href"]), values["href"]
            self.links.append(values["href"])
        if "id" in values:
            self.ids.append(values["id"])
        if values.get("class", "").startswith("c ") and tag == "a":
            self._number = values["data-n"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "a":
            self._number = ""

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["script"]):
            self.text += data
        if self._number:
            self.marked[self._number] = self.marked.get(self._number, "") + data


def prepare(folder: Path) -> Path:
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / "docs").mkdir()
    (folder / "docs" / "a.md").write_bytes(AWKWARD.encode())
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepare(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report on one document."""
    folder = prepare(tmp_path_factory.mktemp("made"))
    done = run(folder, "docs", "-o", "site")
    assert (done.returncode, done.stderr) == (0, "site/index.html: 1 document\n")
    return folder / "site"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = helmets.run(folder, "report", *arguments)
    assert done.stdout == "", "the report is in the files"
    return done


def pages(folder: Path) -> dict[str, Page]:
    return {path.name: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*"))}


def test_the_site_of_one_awkward_document(made: Path) -> None:
    site = pages(made)
    assert sorted(site) == ["docs-a.html", "facts.html", "index.html"]
    draft = site["docs-a.html"]
    assert draft.scripts == 1
    claim = next(number for number, text in draft.marked.items() if "84%" in text)
    assert " ".join(draft.marked[claim].split()) == (
        "Tabs and * bicycle helmets lowered the risk of head injury by 84% see."
    )
    assert "µ – 😀 & co" in draft.text
    assert "raw</div>" in draft.text, "HTML is shown, not obeyed"
    assert "says 84%, fact injuries has 48%" in draft.text.replace("`", "")
    assert "“Bicycle helmets lowered the risk of head injury by 48%.”" in draft.text
    assert {"facts.html#f0-injuries", f"#t{claim}", f"#c{claim}"} <= set(draft.links)
    assert {f"t{claim}", f"c{claim}"} <= set(draft.ids)


def test_every_link_leads_somewhere(made: Path) -> None:
    site = pages(made)
    for name, page in site.items():
        for link in page.links:
            file, _, anchor = link.partition("#")
            target = site[file or name]
            assert not anchor or anchor in target.ids, f"{name}: {link}"


def test_index_counts_what_the_pages_mark(made: Path) -> None:
    site = pages(made)
    marked = len(site["docs-a.html"].marked)
    assert re.search(rf"\b{marked} claims in 1 document\b", site["index.html"].text)
    text = (made / "index.html").read_text(encoding="utf-8")
    row = r'<th scope="row"><span class="chip \w+">(\w+)</span></th>.*?<td class="right">(\d+)</td>'
    counted = re.findall(row, text)
    assert sum(int(number) for _, number in counted) == marked
    assert dict(counted)["mismatched"] == "1"


def test_what_is_not_rendered_is_listed_below_the_draft(folder: Path) -> None:
    text = "Helmets lowered the risk of head injury by 48%.\n\n<!-- evidencelint-disable-next-line value-mismatch -->\n"
    (folder / "docs" / "a.md").write_text(text, encoding="utf-8")
    run(folder, "docs", "-o", "site")
    page = pages(folder / "site")["docs-a.html"]
    assert "Line 3: <!-- evidencelint-disable-next-line value-mismatch -->" in page.marked.values()


def test_facts_lead_to_documents_and_back(made: Path) -> None:
    facts = pages(made)["facts.html"]
    told = [link for link in facts.links if link.startswith("docs-a.html#c")]
    assert len(told) >= 2
    assert "#f0-injuries" in facts.links, "the way back from the document"
    assert "1 that no page uses" in facts.text
    assert facts.text.index("price") > facts.text.index("Facts that no page uses")
    assert "“A helmet costs <b>30</b> euros.”" in facts.text, "quotes are text"


def test_pages_stand_alone_and_are_the_same_each_time(folder: Path) -> None:
    run(folder, "docs", "-o", "one", "--title", "Ours <now>")
    run(folder, "docs", "-o", "two", "--title", "Ours <now>")
    for path in (folder / "one").iterdir():
        text = path.read_text(encoding="utf-8")
        assert text == (folder / "two" / path.name).read_text(encoding="utf-8")
        assert "default-src 'none'" in text
        assert "://" not in re.sub(r'title="https://example.org[^"]*"', "", text), (
            "nothing is fetched, nothing links out"
        )
    assert "Ours <now>" in pages(folder / "one")["index.html"].text


def test_what_the_document_takes_back_is_told_but_not_counted(folder: Path) -> None:
    directive = '<!-- evidencelint-disable-next-line value-mismatch reason="as the <press> wrote" -->'
    text = f"{directive}\nBicycle helmets lowered the risk of head injury by 84%.\n"
    (folder / "docs" / "a.md").write_text(text, encoding="utf-8")
    run(folder, "docs", "-o", "site")
    site = pages(folder / "site")
    assert "Left alone in the document: value-mismatch, says 84%" in site["docs-a.html"].text
    assert "(as the <press> wrote)" in site["docs-a.html"].text
    assert 'class="c open"' in (folder / "site" / "docs-a.html").read_text(encoding="utf-8")


def test_settings_name_the_documents_and_a_baseline_hides_nothing(folder: Path) -> None:
    (folder / "evidencelint.yaml").write_text(
        "paths: [docs]\nexclude: [b.md]\nbaseline: known.json\n", encoding="utf-8"
    )
    (folder / "docs" / "b.md").write_text("Text.\n", encoding="utf-8")
    (folder / "known.json").write_text('{"schema_version": 1, "findings": []}\n', encoding="utf-8")
    done = run(folder, "-o", "site")
    assert (done.returncode, done.stderr) == (0, "site/index.html: 1 document\n")
    assert "says 84%" in pages(folder / "site")["docs-a.html"].text


def test_what_is_not_ours_is_left_alone(folder: Path) -> None:
    site = folder / "site"
    site.mkdir()
    (site / "logo.txt").write_text("mine", encoding="utf-8")
    (site / "other.html").write_text("<p>mine</p>", encoding="utf-8")
    run(folder, "docs", "-o", "site")
    assert (site / "logo.txt").read_text(encoding="utf-8") == "mine"
    assert (site / "other.html").read_text(encoding="utf-8") == "<p>mine</p>"
    (folder / "docs" / "a.md").rename(folder / "docs" / "renamed.md")
    run(folder, "docs", "-o", "site")
    assert sorted(path.name for path in site.iterdir()) == [
        "docs-renamed.html", "facts.html", "index.html", "logo.txt", "other.html",
    ]  # fmt: skip
    (site / "index.html").write_text("<p>mine</p>", encoding="utf-8")
    done = run(folder, "docs", "-o", "site")
    assert done.returncode == 2
    assert "did not write" in done.stderr
    assert (site / "index.html").read_text(encoding="utf-8") == "<p>mine</p>"


def test_a_document_that_cannot_be_checked_is_told_and_fails_the_run(folder: Path) -> None:
    (folder / "docs" / "bad.md").write_bytes(b"caf\xe9\n")
    done = run(folder, "docs", "-o", "site")
    assert done.returncode == 2
    assert "docs/bad.md:1:4" in done.stderr
    site = pages(folder / "site")
    assert "not checked: docs/bad.md:1:4" in site["index.html"].text
    assert "Not checked" in site["docs-bad.html"].text
    assert "says 84%" in site["docs-a.html"].text, "the others are still there"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["nothing.md"], "no such file"), (["--facts", "none.yaml"], "none.yaml"), (["-o", "facts.yaml"], "facts.yaml")],
)
def test_a_report_that_cannot_be_made_says_why(folder: Path, arguments: list[str], message: str) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (folder / "evidence-report").exists()


def test_paths_that_read_the_same_get_pages_of_their_own(folder: Path) -> None:
    project = Project.open(Overrides(facts=(folder / "facts.yaml",)))
    session = Session(lambda: project)
    paths = ["a-b.md", "a/b.md", "a b.md", "index.md", "Facts.md", "ä.md", "../x.md", "a/B.md"]
    site = build([Surveyed(path, session.check("Text.\n", path)) for path in paths])
    assert len({name.lower() for name in site}) == len(paths) + 2
    assert {"index.html", "facts.html"} < set(site)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*\.html", name) for name in site)


def test_writing_to_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="cannot write the report"):
        write_site({"index.html": "x"}, tmp_path / "file" / "site")


HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](x' onerror='y)",
    '<http://a/"onmouseover="x>', "```html\n</pre><script>\n```", "&lt;script&gt;", "</a></main>", "'\">", "\u202e",
    "\x1b[31m", "a\x00b".replace("\x00", "\x01"), "<!-- </script> -->", "{{ 7 * 7 }}", "$x$", "[^1]", "[^1]: n", "\n\n",
    "**b", "*i*", "~~s~~", "`c`", "| a | b |\n|---|---|\n| 1 | 2 |", "> q", "- i\n  - j", "1. o", "# h", "a\tb  \nc",
    "Term\n: Def", "[[w|a]]", "67%", "😀", "\\*", "&amp;", "&#60;b&#62;", "<b>x</b>", "<br>", "---", "::: note\nx\n:::",
)  # fmt: skip


@given(
    pieces=st.lists(st.sampled_from(HOSTILE), max_size=12),
    cuts=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_no_draft_and_no_marks_break_the_page(pieces: list[str], cuts: list[tuple[int, int, int]]) -> None:
    text = " ".join(pieces)
    items: list[Item] = []
    for number, (start, length, offset) in enumerate(sorted(cuts), start=1):
        span = Span(min(start, len(text)), min(start + length, len(text)))
        piece = Span(min(span.start + offset, len(text)), min(span.start + offset + 3, len(text)))
        shade: Shade = "mismatched" if number % 2 else "supported"
        items.append(Item(number, span, shade, None, (finding(piece),) if number % 2 else ()))
    page = Page(str(render_document(Source("a.md", text), items).html))
    assert page.scripts == 0
    assert not re.search("[\u202a-\u202e\x00-\x08\x0e-\x1f]", page.text)


def finding(span: Span) -> Diagnostic:
    return Diagnostic(
        code="EL101", name="value-mismatch", verdict="mismatched", severity="error", confidence=1.0, path="a.md",
        line=1, column=1, end_line=1, end_column=1, span=span, text="", claim="", message="", expected=None,
        facts=(), fix=None, details=(), fingerprint="",
    )  # fmt: skip


def test_marks_are_exact_where_items_overlap() -> None:
    text = "One two **three four** five six."
    outer = Item(1, Span(0, len(text)), "supported", None, ())
    inner = Item(2, Span(10, 20), "mismatched", None, (finding(Span(16, 20)),))
    page = Page(str(render_document(Source("a.md", text), [outer, inner]).html))
    assert page.marked == {"1": "One two  five six.", "2": "three four"}
    rendered = render_document(Source("a.md", text), [inner])
    assert rendered.texts == {2: "three four"}
    html = str(rendered.html)
    assert '<b class="error">four</b></a></strong>' in html
