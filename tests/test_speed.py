"""What keeps a run fast, as far as it shows without a clock: what is loaded, and how much is looked at."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from itertools import islice, product
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.cache import Store
from evidencelint.cli.main import COMMANDS, group
from evidencelint.engine import Linter
from evidencelint.factbase.facts import FactBase
from evidencelint.factbase.load import load_facts, parse_facts
from evidencelint.matching import large, opening
from evidencelint.matching.entries import Entry
from evidencelint.matching.large import LargeIndex
from evidencelint.quantities.lexicon import number_words
from evidencelint.quantities.scanner import scanner, written_numbers
from evidencelint.rules import select
from evidencelint.running.bench import Bench
from evidencelint.sources.quotes import SourceText

ROOT = Path(__file__).resolve().parents[1]
HEAD = """version: 1
sources: [{key: lee2021}]
vocabulary:
  arm: {club: [breakfast club, breakfast clubs]}
  measure: {absence: [days of school missed, absence], rent: [rents, rent]}
facts:
"""
TEXT = "In Babadi, rents rose by 4%. In Babafo, rents rose by 99%. Pupils in breakfast clubs had 3 days of absence.\n"
PARTS = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo")


def facts_of(count: int) -> str:
    rents = "".join(
        f"  - id: town-{number}\n    quote: In {''.join(name).title()} rents rose by {number % 90 + 2}%.\n"
        for number, name in enumerate(islice(product(PARTS, repeat=3), count))
    )
    return f"{HEAD}{rents}  - id: club\n    quote: Pupils in breakfast clubs had 4 days of absence.\n"


@pytest.fixture(scope="module")
def many() -> FactBase:
    return parse_facts(facts_of(2_050), "facts.yaml", None)


def test_an_unchanged_document_loads_nothing_that_reads(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(facts_of(3), encoding="utf-8")
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    script = (
        "import sys\nfrom evidencelint.cli import main\n"
        "try:\n    main(['check', 'a.md', '--cache-dir', 'cache'])\nexcept SystemExit:\n    pass\n"
        "heavy = ('spacy', 'numpy', 'yaml', 'rapidfuzz', 'Stemmer', 'pyromark', 'evidencelint.engine',\n"
        "         'evidencelint.frames', 'evidencelint.claims', 'evidencelint.matching', 'evidencelint.model')\n"
        "print(','.join(m for m in heavy if m in sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{script}"]
    first, second = (
        subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True) for _ in range(2)
    )
    assert "spacy" in first.stderr
    assert second.stderr.strip() == ""
    assert second.stdout == first.stdout


def test_the_list_of_commands_says_what_they_say() -> None:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert COMMANDS[name] == command.get_short_help_str(limit=200)


def test_a_claim_meets_a_bounded_number_of_facts(many: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    index = opening.index_of(many)
    assert isinstance(index, LargeIndex)
    asked: list[int] = []
    read = LargeIndex._read

    def counted(self: LargeIndex, numbers: Sequence[int]) -> list[Entry]:
        asked.append(len(numbers))
        return read(self, numbers)

    monkeypatch.setattr(LargeIndex, "_read", counted)
    for text in (TEXT, "Rents rose by 18% in the town.\n"):
        for claim in index.reader.read_quotes([text])[0]:
            assert len(index.nearest_statements(index.claim_weights(claim))) <= large._MOST_READ
            for figure in claim.figures:
                weights = index.draft_weights(figure, claim.context)
                assert index.nearest_figures(weights)
    assert max(asked) <= large._MOST_READ


def test_a_large_fact_base_finds_what_a_small_one_finds(many: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Linter(many, select()).check(TEXT.encode(), "a.md")
    monkeypatch.setattr(opening, "MOST_COMPARED", 10_000)
    exact = Linter(many, select()).check(TEXT.encode(), "a.md")
    told = [(d.name, d.text, d.expected, [f.id for f in d.facts]) for d in found.diagnostics]
    assert told == [(d.name, d.text, d.expected, [f.id for f in d.facts]) for d in exact.diagnostics]
    assert [ids for _, _, _, ids in told] == [["town-3"], ["club"]]


def test_an_index_is_made_once_and_made_anew_where_it_is_damaged(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(facts_of(2_050), encoding="utf-8")
    loads: list[Path] = []

    def load(path: Path) -> FactBase:
        loads.append(path)
        return load_facts(path)

    def check(name: str) -> list[str]:
        store = Store(tmp_path / "cache")
        try:
            linter = Bench(select(), store, load).linter((facts,))
            return [d.message for d in linter.check(TEXT.encode(), name).diagnostics]
        finally:
            store.close()

    first = check("a.md")
    assert len(first) == 2
    assert check("b.md") == first
    assert loads == [facts]
    (shelf,) = (tmp_path / "cache").glob("shelf-*")
    assert shelf.stat().st_mode & 0o077 == 0
    whole = shelf.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 7)):
        shelf.write_bytes(whole[:place] + bytes(64) + whole[place + 64 :])
        assert check(f"{place}.md") == first
        (shelf,) = (tmp_path / "cache").glob("shelf-*")
        shelf.write_bytes(whole)


@given(
    st.lists(
        st.sampled_from(
            ["a ", "an ", "an", "-", " ", ", ", "–", "x", "_", "of ", "in-", "-in-", "5", ".5", "%", "ſix", "half"]
        ),
        max_size=9,
    ),
    st.data(),
)
def test_numbers_are_found_where_trying_every_place_finds_them(pieces: list[str], data: st.DataObject) -> None:
    known = number_words()
    tables = (known.cardinals, known.scales, known.denominators, known.factors, known.few, known.ordinals, known.glyphs)
    words = [word for table in tables for word in table]
    text = "".join(piece + data.draw(st.sampled_from(["", *words])) for piece in pieces)
    plain = [(m.span(), m.groups()) for m in scanner().finditer(text)]
    assert [(m.span(), m.groups()) for m in written_numbers(text)] == plain


def test_many_quotes_are_found_in_one_pass_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "No study has measured rents in town 12. No study has measured rents in town 125.5 at all. “Rents” rose."
    quotes = [
        "No study has measured rents in town 12.",
        "No study has measured rents in town 125",
        "Rents",
        "rents rose",
    ]
    plain = [SourceText(text).has(quote) for quote in quotes]
    monkeypatch.setattr("evidencelint.sources.quotes._MANY", 0)
    source = SourceText(text)
    source.look_for(quotes)
    assert [source.has(quote) for quote in quotes] == plain == [True, False, True, False]
    assert source._found == {quotes[0]}
