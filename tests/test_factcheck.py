from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evidencelint.bibliography import Work
from evidencelint.claims import ClaimReader
from evidencelint.curating.audit import audit_fact_base
from evidencelint.curating.check import FactProblem, check_fact_base
from evidencelint.curating.fix import fix
from evidencelint.errors import BibliographyError
from evidencelint.factbase.load import load_facts
from evidencelint.matching.index import FactIndex
from evidencelint.rules import Rule, all_rules

SOURCE = """# Breakfast clubs

In the first year, pupils in the clubs missed 3.1 days of school,
and pupils elsewhere missed 4.4 days. Teachers’ views were mixed – some liked the clubs “a lot”.
The clubs cost €2 a day.
"""
PAGES = tuple(rule for rule in all_rules() if rule.verdict == "factbase" and rule.status == "stable")
HEAD = "sources: [{key: lee2021, path: source.md}]\nfacts:\n"


def check(folder: Path, facts: str, source: str = SOURCE, references: str = '[{"id": "lee2021"}]') -> list[FactProblem]:
    (folder / "source.md").write_text(source, encoding="utf-8")
    (folder / "references.json").write_text(references, encoding="utf-8")
    (folder / "facts.yaml").write_text(facts, encoding="utf-8")
    return list(check_fact_base(load_facts(folder / "facts.yaml")))


def shown(problem: FactProblem) -> str:
    position = problem.position
    place = f"{position.line}:{position.column}"
    return f"{place}: {problem.severity} {problem.code} {problem.name} {problem.fact}: {problem.message}"


@pytest.mark.parametrize(
    "quote",
    [
        "pupils in the clubs missed 3.1 days of school, and pupils elsewhere missed 4.4 days",
        "pupils in the clubs   missed 3.1 days",
        'Teachers\' views were mixed - some liked the clubs \\"a lot\\".',
        "The clubs cost €2 a\\u00a0day.",
    ],
)
def test_a_quote_may_differ_in_white_space_dashes_and_quotation_marks(tmp_path: Path, quote: str) -> None:
    assert check(tmp_path, f'{HEAD}  - {{id: a, quote: "{quote}"}}') == []


@pytest.mark.parametrize(("key", "count"), [("4.4", 0), ("4.4 days", 0), ("4", 1), ("day", 1), ("4 days", 1)])
def test_a_figure_key_is_whole(tmp_path: Path, key: str, count: int) -> None:
    text = f"{HEAD}  - id: a\n    quote: pupils elsewhere missed 4.4 days\n    figures: {{'{key}': {{}}}}"
    assert len(check(tmp_path, text)) == count


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        (
            "pupils in the clubs missed 3.4 days of school",
            "the quote is not in lee2021; nearest (98% alike): “pupils in the clubs missed 3.1 days of school,”",
        ),
        (
            "Teachers’ views were mixed. The clubs cost €3 a day.",
            "the quote is not in lee2021; nearest (98% alike): ",
        ),
        (
            "1 days of school",
            "the quote is not in lee2021; nearest (100% alike): “3.1 days of school,”",
        ),
        ("ixed", "the quote is not in lee2021; nearest (100% alike): “mixed.”"),
        ("Zebras graze.", "the quote is not in lee2021; nothing there is like it"),
    ],
)
def test_a_quote_that_is_not_in_the_source(tmp_path: Path, quote: str, message: str) -> None:
    source = SOURCE.replace("mixed – some liked the clubs “a lot”.", "mixed.")
    (problem,) = check(tmp_path, f"{HEAD}  - id: missed\n    quote: {quote}", source)
    assert shown(problem).startswith(f"4:5: error EL601 quote-not-in-source missed: {message}")


def test_looking_for_the_nearest_passage_is_bounded(tmp_path: Path) -> None:
    # Comparing all of the one with all of the other would take minutes.
    (problem,) = check(tmp_path, f"{HEAD}  - {{id: a, quote: a{' a' * 3_000} b}}", "a a" * 400_000)
    assert problem.message.startswith("the quote is not in lee2021; nearest (")
    assert len(problem.message) < 400


def test_an_empty_source_has_no_quotes(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, f"{HEAD}  - {{id: a, quote: b}}", "")
    assert problem.message == "the quote is not in lee2021; nothing there is like it"


def test_a_source_without_a_file_is_not_compared(tmp_path: Path) -> None:
    assert check(tmp_path, "sources: [{key: lee2021}]\nfacts: [{id: a, quote: b}]") == []


def test_a_figure_that_is_not_in_the_quote(tmp_path: Path) -> None:
    text = f"{HEAD}  - id: a\n    quote: pupils elsewhere missed 4.4 days\n    figures:\n      '4.5': {{arm: control}}"
    (problem,) = check(tmp_path, text)
    assert shown(problem) == (
        "6:7: error EL602 figure-not-in-quote a: figures has “4.5”, which the quote does not; "
        "the quote is “pupils elsewhere missed 4.4 days”"
    )


def test_duplicates(tmp_path: Path) -> None:
    quote = "quote: pupils elsewhere missed 4.4 days"
    facts = (f"id: a, {quote}", f"id: b, {quote}, slots: {{arm: control}}", f"id: c, note: x, {quote}")
    text = HEAD + "".join(f"  - {{{fact}}}\n" for fact in facts)
    assert [shown(problem) for problem in check(tmp_path, text)] == [
        "5:6: warning EL603 duplicate-fact c: the quote and slots are those of a in line 3; keep one"
    ]


def test_a_source_that_is_not_in_the_bibliography(tmp_path: Path) -> None:
    text = "bibliography: references.json\nsources:\n  - key: lee2012\n  - key: lee2021\nfacts: []"
    (problem,) = check(tmp_path, text)
    assert shown(problem) == (
        "3:5: error EL604 source-not-in-bibliography : the source lee2012 is not in the bibliography; "
        "did you mean lee2021?"
    )
    works = {key: Work(key, (), None, "", None) for key in ("lee2012", "lee2021")}
    assert check_fact_base(load_facts(tmp_path / "facts.yaml"), works) == ()


def test_a_malformed_bibliography_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BibliographyError, match=r"references\.json:1:1: must be a list of works"):
        check(tmp_path, f"bibliography: references.json\n{HEAD}  []", references="{}")


def test_problems_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = f"{HEAD}  - {{id: a, quote: x}}\n  - {{id: b, quote: x}}\n  - {{id: c, quote: y, figures: {{z: {{}}}}}}"
    found = [(problem.position.line, problem.code) for problem in check(tmp_path, text)]
    assert found == [(3, "EL601"), (4, "EL603"), (4, "EL601"), (5, "EL601"), (5, "EL602")]


def test_there_is_a_page_for_every_check() -> None:
    assert [rule.code for rule in PAGES] == [f"EL6{number:02}" for number in range(1, 15)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_show_what_their_rule_finds(tmp_path: Path, page: Rule) -> None:
    (source,) = page.blocks("Source")
    assert list(page.sections) == ["What it does", "Why it matters", "Source", "Bad", "Good", "Known limits"]
    for heading, expected in (("Bad", [page.code]), ("Good", [])):
        blocks = page.blocks(heading)
        assert blocks
        for block in blocks:
            found = check(tmp_path, f"bibliography: references.json\n{block}", source)
            base = load_facts(tmp_path / "facts.yaml")
            found += audit_fact_base(base, FactIndex(base, ClaimReader(base.vocabulary)), date(2026, 1, 1))
            assert [problem.code for problem in found] == expected
            assert {problem.severity for problem in found} <= {page.severity}


def test_markdown_is_quoted_without_its_markup(tmp_path: Path) -> None:
    source = "In the **first** year, [pupils](https://example.org) missed *3.1* days of school.\n"
    quote = "quote: In the first year, pupils missed 3.1 days of school."
    assert check(tmp_path, f"{HEAD}  - {{id: a, {quote[:5]}: '{quote[7:]}'}}", source) == []


def test_a_second_hand_finding_stands_in_the_source_that_reports_it(tmp_path: Path) -> None:
    text = (
        "sources: [{key: lee2021, path: source.md}, {key: old1999}]\nfacts:\n"
        "  - {id: a, source: old1999, reported_in: lee2021, quote: The clubs cost €2 a day.}\n"
        "  - {id: b, source: old1999, reported_in: lee2021, quote: The clubs cost €3 a day.}\n"
        "  - {id: c, source: [old1999, lee2021], quote: The clubs cost €4 a day.}\n"
    )
    references = '[{"id": "lee2021"}, {"id": "old1999"}]'
    assert [(p.code, p.fact) for p in check(tmp_path, text, references=references)] == [("EL601", "b"), ("EL601", "c")]


def audit(folder: Path, facts: str, today: date | None = date(2026, 1, 1)) -> list[str]:
    (folder / "source.md").write_text(SOURCE, encoding="utf-8")
    (folder / "facts.yaml").write_text(facts, encoding="utf-8")
    base = load_facts(folder / "facts.yaml")
    return [shown(p) for p in audit_fact_base(base, FactIndex(base, ClaimReader(base.vocabulary)), today)]


def test_dates_count_only_where_a_day_is_given(tmp_path: Path) -> None:
    text = f"{HEAD}  - {{id: a, quote: The clubs cost €2 a day., valid_until: 2025-12, recheck_by: 2025-12-31}}"
    assert audit(tmp_path, text, None) == []
    assert audit(tmp_path, text, date(2025, 12, 31)) == []
    assert [line.split(": ", 2)[2] for line in audit(tmp_path, text)] == [
        "holds until 2025-12-31; name the fact that follows in superseded_by, or look again",
        "was to be looked at again by 2025-12-31",
    ]


def test_a_superseded_fact_does_not_contradict_its_successor(tmp_path: Path) -> None:
    old = "id: a, quote: The clubs cost €2 a day., valid_until: 2024, superseded_by: b"
    text = f"{HEAD}  - {{{old}}}\n  - {{id: b, quote: The clubs cost €3 a day.}}"
    assert audit(tmp_path, text) == [
        "3:6: info EL607 superseded-fact a: is superseded by b after 2024-12-31; a draft that tells it is outdated"
    ]
    plain = f"{HEAD}  - {{id: a, quote: The clubs cost €2 a day.}}\n  - {{id: b, quote: The clubs cost €3 a day.}}"
    assert [line.split()[2] for line in audit(tmp_path, plain)] == ["EL605"]


def test_mending_takes_the_words_of_the_source_and_leaves_figures_to_a_person(tmp_path: Path) -> None:
    facts = (
        f"{HEAD}  # kept\n"
        "  - id: typo\n    quote: In the first year, pupils in the club missed 3.1 days of school\n"
        "  - id: figure\n    quote: and pupils elsewhere missed 4.5 days\n"
        "  - id: dash\n    quote: views were mixed - some liked the clubs\n"
        "  - id: same\n    quote: The clubs cost €2 a day.\n"
        "  - id: again\n    quote: The clubs cost €2 a day.  # twice\n"
    )
    check(tmp_path, facts)
    fixes = fix(load_facts(tmp_path / "facts.yaml"))
    assert [line.split(": ", 1)[1] for line in fixes.done] == [
        "typo: quote as the source has it",
        "dash: quote as the source has it",
        "again: taken out, as it was told twice",
    ]
    (text,) = fixes.texts.values()
    assert text == (
        f"{HEAD}  # kept\n"
        '  - id: typo\n    quote: "In the first year, pupils in the clubs missed 3.1 days of school"\n'
        "  - id: figure\n    quote: and pupils elsewhere missed 4.5 days\n"
        "  - id: dash\n    quote: views were mixed – some liked the clubs\n"
        "  - id: same\n    quote: The clubs cost €2 a day.\n"
    )
