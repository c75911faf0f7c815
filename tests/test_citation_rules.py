"""What rules of family 4xx report beyond the examples on their pages: fixes, places, policies, documents together."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from evidencelint.crossing import Crossing
from evidencelint.curating.check import check_fact_base
from evidencelint.engine import Linter
from evidencelint.errors import BibliographyError, FactBaseError
from evidencelint.factbase.load import load_facts, parse_facts
from evidencelint.model import CitationPolicy, Diagnostic
from evidencelint.rules import select

ROOT = Path(__file__).resolve().parents[1]
FACTS = ROOT / "corpus" / "citations" / "facts.yaml"


@cache
def linter(policy: CitationPolicy = "never") -> Linter:
    return Linter(load_facts(FACTS), select(["EL4"]), policy=policy)


def check(text: str, policy: CitationPolicy = "never", path: str = "x.md") -> list[Diagnostic]:
    report = linter(policy).check(text.encode(), path)
    assert report.error is None
    return list(report.diagnostics)


def brief(text: str, policy: CitationPolicy = "never") -> list[tuple[str, str]]:
    return [(found.name, found.text) for found in check(text, policy)]


def fixed(text: str) -> tuple[str, bool] | None:
    """Apply the one fix of a text; gives it with whether it is safe."""
    (found,) = check(text)
    if found.fix is None:
        return None
    span = found.fix.span
    return text[: span.start] + found.fix.replacement + text[span.end :], found.fix.safe


@pytest.mark.parametrize(
    ("text", "right", "safe"),
    [
        ("It fell [@oharra2019].", "It fell [@ohara2019].", True),
        ("It fell [@ohara2109].", "It fell [@ohara2019].", True),
        ("It fell [@ohara2018].", "It fell [@ohara2019].", False),
        ("It fell [@nab2021c].", "It fell [@nab2021a].", False),
        ("It fell @{oharra2019}.", "It fell @{ohara2019}.", True),
        ("It fell {cite:p}`delacroix2032`.", "It fell {cite:p}`delacroix2023`.", True),
        ("It fell (O'Hara et al., 2018).", "It fell (O'Hara et al., 2019).", True),
        ("It fell (Petrow, 2017).", "It fell (Petrov, 2017).", True),
        ("O'Hara and Itto (2019) agree.", None, None),
        ("Half of the teachers reported less hoarseness [@ohara2019].",
         "Half of the teachers reported less hoarseness [@delacroix2023].", True),
        ("The noise level fell by 3 decibels with carpets [@delacroix2023].",
         "The noise level fell by 3 decibels with carpets [@ohara2019].", None),
        ("It fell (<https://doi.org/https://doi.org/10.5555/x.1>).", "It fell (<https://doi.org/10.5555/x.1>).", True),
        ("It fell.[^b]\n\n[^a]: [@ohara2019]", "It fell.[^a]\n\n[^a]: [@ohara2019]", False),
    ],
)  # fmt: skip
def test_fixes(text: str, right: str | None, safe: bool | None) -> None:  # noqa: FBT001 - a table
    if right is None:
        assert brief(text) == [("wrong-author", "Itto")]
        return
    done = fixed(text)
    assert done is not None
    assert done[0] == right
    assert safe is None or done[1] is safe


@pytest.mark.parametrize(
    "text",
    [
        "Thanks to @octokit and @anna-lee; decorators such as @cached help. Mail anna@school.example.",
        "See @fig-rooms, [@tbl-limits], @Sec-two and https://school.example/@nobody2020.",
        "Half of the teachers reported less hoarseness [@delacroix2023; @ohara2019].",
        "The withdrawn study of corridors [@petrov2017] is not used.",
        "From the trial [@ohara2019]:\n\n- carpets lowered the noise level by 3 decibels",
        "Carpets lowered the noise level by 3 decibels (O'Hara, Lindqvist-Müller and Ito 2019).",
        "Half of the teachers reported less hoarseness (see https://school.example/page).",
        "@delacroix2023 reports that half of the teachers reported less hoarseness.",
        "No source has this: 71% of walls are green [@ohara2019].",
        "The noise level fell: by 6 decibels with ceiling panels [@delacroix2023], by 3 with carpets [@ohara2019].",
        "A survey went to pupils (Szabó, 2015), and pupils slept (O'Hara et al., 2019).",
        "Doors help (Koch & Lind, 2018).[^d] So.[^w]\n\n[^d]: Koch, U., & Lind, K. (2018).\n[^w]: Vogel et al. (2011).",
        "It fell [@10.5555/jise.2019.3] and [@doi:10.9999/unknown], see {cite}`10.5555/corridors`.",
        "Petrov's 2012 grant and O'Hara's 2011 move are no citations. Szabó (2015) asked pupils.",
        "NAB (2021) and NAB (2021a, 2021b) set limits. National Acoustics Board (2021).",
    ],
)
def test_what_only_looks_wrong(text: str) -> None:
    assert brief(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As @ohara2018 reports, it fell.", [("undefined-citation", "@ohara2018")]),
        ("[@Ohara2019] is another key.", [("undefined-citation", "@Ohara2019")]),
        (
            "Half of the teachers reported less hoarseness.[^n]\n\n[^n]: O'Hara, C., & Ito, A. (2019). Carpets.",
            [("wrong-source", "[^n]")],
        ),
        (
            "Half of the teachers reported less hoarseness (O'Hara et al., 2019).",
            [("wrong-source", "O'Hara et al., 2019")],
        ),
        (
            "Half of the teachers reported less hoarseness [@ohara2019], while pupils read [@ohara2019].",
            [("wrong-source", "@ohara2019")],
        ),
        (
            "The noise level fell: by 6 decibels with ceiling panels [@ohara2019], by 3 with carpets [@ohara2019].",
            [("wrong-source", "@ohara2019")],
        ),
        (
            "Pupils in carpeted rooms reported fewer headaches [@delacroix2023].",
            [("wrong-source", "@delacroix2023")],
        ),
        (
            "Half of the teachers reported less hoarseness [@10.5555/jise.2019.3].",
            [("wrong-source", "@10.5555/jise.2019.3")],
        ),
        ("It fell [@petrov2017]. Again [@petrov2017].", [("retracted-source", "@petrov2017")]),
    ],
)
def test_what_is_reported(text: str, found: list[tuple[str, str]]) -> None:
    assert brief(text) == found


CLAIM = "Carpets lowered the noise level by 3 decibels"


@pytest.mark.parametrize(
    ("policy", "text", "count"),
    [
        ("never", f"{CLAIM}.", 0),
        ("every-claim", f"{CLAIM}.", 1),
        ("every-claim", f"{CLAIM} [@ohara2019].", 0),
        ("every-claim", f"{CLAIM}.[^1]\n\n[^1]: O'Hara et al. (2019)", 0),
        ("every-claim", f"{CLAIM} [@ohara2019]. {CLAIM}.", 1),
        ("every-paragraph", f"{CLAIM} [@ohara2019]. {CLAIM}.", 0),
        ("every-paragraph", f"{CLAIM} [@ohara2019].\n\n{CLAIM}. {CLAIM}.", 1),
        ("first-mention", f"{CLAIM} [@ohara2019].\n\n{CLAIM}.", 0),
        ("first-mention", f"{CLAIM}.\n\n{CLAIM} [@ohara2019].", 1),
        ("every-claim", f"# {CLAIM}\n\nWho wrote this? We met in May.", 0),
        ("never", f"---\nevidencelint: {{citations: every-claim}}\n---\n{CLAIM}.", 1),
    ],
)
def test_policies(policy: CitationPolicy, text: str, count: int) -> None:
    assert [name for name, _ in brief(text, policy)] == ["uncited-claim"] * count


def test_the_bibliography_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "own.bib").write_text("@misc{koch2018, author={Koch, Ute}, year=2018}", encoding="utf-8")
    head = (
        "---\nbibliography: [own.bib]\nreferences:\n- {id: lind2011, author: [{family: Lind}], issued: 2011}\n---\n\n"
    )
    path = str(tmp_path / "x.md")
    assert check(f"{head}It fell [@koch2018; @lind2011] (Koch, 2018; Lind, 2011).", path=path) == []
    (found,) = check(f"{head}It fell [@kock2018; @lind2011].", path=path)
    assert (found.name, found.expected) == ("undefined-citation", "koch2018")
    (found,) = check("---\nbibliography: none.bib\n---\n\nIt fell.", path=path)
    assert (found.name, found.text, found.line) == ("missing-bibliography", "none.bib", 2)


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("bibliography: own.bib", "own.bib:1:1: the entry is not complete"),
        ("x: 1\nreferences:\n- {title: x}", "x.md:4:3: references[0]: id is missing; every work needs one"),
        ("x: 1\nbibliography:\n  a: b", "x.md:4:3: bibliography: must be text, not a mapping"),
    ],
)
def test_a_malformed_bibliography_of_a_document(tmp_path: Path, front: str, message: str) -> None:
    (tmp_path / "own.bib").write_text("@misc{koch2018, author={Koch", encoding="utf-8")
    report = linter().check(f"---\n{front}\n---\n\nIt fell.".encode(), str(tmp_path / "x.md"))
    assert not report.checked
    assert isinstance(report.error, BibliographyError)
    assert message in str(report.error)


def test_one_key_for_two_works_in_two_documents() -> None:
    def document(title: str) -> bytes:
        front = f"references:\n- {{id: lind2011, title: {title}, author: [{{family: Lind}}], issued: 2011}}"
        return f"---\n{front}\n---\n\nIt fell [@lind2011]. Again [@lind2011].".encode()

    texts = {"a.md": "Doors", "b.md": "Doors", "c.md": "Windows of stone"}
    reports = [linter().check(document(title), path) for path, title in texts.items()]
    crossing = Crossing()
    found = [d for report in reports for d in crossing.add(report).diagnostics]
    assert [(d.path, d.line, d.name, d.message) for d in found] == [
        (
            "c.md",
            6,
            "ambiguous-key",
            "lind2011 is “Lind 2011: Windows of stone” here, and “Lind 2011: Doors” in a.md",
        )
    ]


def test_a_source_that_is_a_digest_is_not_quoted() -> None:
    base = "sources: [{key: lee2021, path: s.md, digest: DIGEST}]\nfacts: [{id: a, quote: Sleep was long}]"
    for digest, count in (("false", 1), ("true", 0)):
        facts = parse_facts(base.replace("DIGEST", digest), "facts.yaml", None)
        facts = replace(facts, source_texts={"lee2021": "Sleep was long."})
        found = Linter(facts, select(["EL408"]), {}).check(b'It says "sleep was very very long" [@lee2021].', "x.md")
        assert len(found.diagnostics) == count


def test_several_sources_and_second_hand_facts() -> None:
    first = "{id: x, source: [a, b], quote: q}"
    second = "{id: y, source: a, reported_in: c, quote: r}"
    text = f"sources: [{{key: a}}, {{key: b}}, {{key: c}}]\nfacts: [{first}, {second}]"
    one, other = parse_facts(text, "facts.yaml", None).facts
    assert (one.source, one.also, one.carriers) == ("a", ("b",), frozenset({"a", "b"}))
    assert (other.reported_in, other.carriers) == ("c", frozenset({"a", "c"}))


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ("{id: x, source: [a, z], quote: q}", "facts[0].source[1]: no source z"),
        ("{id: x, source: a, reported_in: a, quote: q}", "facts[0].reported_in: is the source itself"),
        ("{id: x, source: a, reported_in: z, quote: q}", "facts[0].reported_in: no source z"),
        ("{id: x, source: [], quote: q}", "facts[0].source: is empty"),
    ],
)
def test_complaints_about_sources_of_facts(fact: str, message: str) -> None:
    with pytest.raises(FactBaseError) as caught:
        parse_facts(f"sources: [{{key: a}}, {{key: b}}]\nfacts: [{fact}]", "facts.yaml", None)
    assert message in str(caught.value)


def test_a_second_hand_fact_is_quoted_from_where_it_was_read() -> None:
    base = parse_facts(
        "sources: [{key: a}, {key: b, path: b.md}]\nfacts: [{id: x, source: a, reported_in: b, quote: It fell by 3}]",
        "facts.yaml",
        None,
    )
    assert check_fact_base(replace(base, source_texts={"b": "It fell by 3 points."}), None) == ()
    names = [p.name for p in check_fact_base(replace(base, source_texts={"b": "It rose."}), None)]
    assert names == ["quote-not-in-source"]
