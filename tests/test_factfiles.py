"""Several files, anchors and what a fact may say of its own validity."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evidencelint.errors import FactBaseError
from evidencelint.factbase.load import load_facts, parse_facts

HEAD = "sources: [{key: lee2021}, {key: old1999}]\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "facts.yaml"


def complaint(path: Path) -> str:
    with pytest.raises(FactBaseError) as caught:
        load_facts(path)
    return str(caught.value).replace(f"{path.parent}/", "")


def test_files_are_joined_in_the_order_in_which_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "source.md").write_text("Tea was liked.", encoding="utf-8")
    path = write(
        tmp_path,
        facts="include: [words.yaml, more/*.yaml]\nsources: [{key: lee2021, path: source.md}]\n"
        "contrasts: [[tea, coffee]]\nfacts: [{id: main, quote: Tea was liked., slots: {arm: tea}}]",
        words="vocabulary:\n  arm: {tea: [tea]}\n",
        more__a="include: ../words.yaml\nvocabulary: {arm: {coffee: [coffee]}}\n"
        "sources: [{key: kim2020, path: ../source.md}]\ndefaults: {arm: coffee}\n"
        "facts: [{id: a, quote: Tea was liked.}]",
        more__b="facts: [{id: b, quote: x, source: kim2020}]",
    )
    base = load_facts(path)
    assert [Path(file).name for file in base.files] == ["words.yaml", "a.yaml", "b.yaml", "facts.yaml"]
    assert [(fact.id, fact.source, dict(fact.slots)) for fact in base.facts] == [
        ("a", "kim2020", {"arm": frozenset({"coffee"})}),
        ("b", "kim2020", {}),
        ("main", "lee2021", {"arm": frozenset({"tea"})}),
    ]
    assert base.vocabulary.contrast("arm", "tea", "coffee")
    assert base.source_texts == {"lee2021": "Tea was liked.", "kim2020": "Tea was liked."}
    before = base.fingerprint
    write(tmp_path, more__b="facts: [{id: b, quote: y, source: kim2020}]")
    assert load_facts(path).fingerprint != before


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"facts": "include: none.yaml\nfacts: []"}, "facts.yaml:1:10: include: none.yaml: no such fact base"),
        ({"facts": "include: no*.yaml\nfacts: []"}, "facts.yaml:1:10: include: no*.yaml: no such files"),
        ({"facts": "include: /*.yaml\nfacts: []"}, "facts.yaml:1:10: include: /*.yaml: is no pattern of files"),
        (
            {"facts": "include: a.yaml", "a": "include: [facts.yaml]"},
            "a.yaml:1:11: include[0]: facts.yaml includes itself",
        ),
        (
            {"facts": f"include: a.yaml\n{HEAD}facts: []", "a": "sources: [{key: lee2021}]"},
            "facts.yaml:2:17: sources[0].key: lee2021 is the key of",
        ),
        (
            {
                "facts": f"include: a.yaml\n{HEAD}facts: [{{id: x, quote: y, source: lee2021}}]",
                "a": "facts: [{id: x, quote: z}]",
            },
            "a.yaml:1:9: facts[0].source: missing; known: lee2021, old1999",
        ),
        (
            {
                "facts": f"include: a.yaml\n{HEAD}facts: [{{id: x, quote: y, source: lee2021}}]",
                "a": "facts: [{id: x, quote: z, source: old1999}]",
            },
            "facts.yaml:3:10: facts[0].id: x is the id of",
        ),
    ],
)
def test_complaints_name_the_file(tmp_path: Path, files: dict[str, str], message: str) -> None:
    assert complaint(write(tmp_path, **files)).startswith(message)


def test_anchors_and_merges_save_writing() -> None:
    text = (
        f"{HEAD}x-trial: &trial\n  source: lee2021\n  slots: {{study: phase-3}}\n"
        "facts:\n  - {<<: *trial, id: a, quote: x}\n"
        "  - {<<: [{at: Results}, *trial], id: b, quote: y, slots: {study: phase-2}}\n"
    )
    first, second = parse_facts(text, "facts.yaml", None).facts
    assert (first.source, first.slots, first.at) == ("lee2021", {"study": frozenset({"phase-3"})}, "")
    assert (second.source, second.slots, second.at) == ("lee2021", {"study": frozenset({"phase-2"})}, "Results")
    with pytest.raises(FactBaseError, match=r"facts\.yaml:2:14: facts\[0\]: << takes a mapping"):
        parse_facts(f"{HEAD}facts: [{{<<: text, id: a, quote: x}}]", "facts.yaml", None)


def test_a_fact_says_how_long_it_holds() -> None:
    text = (
        f"{HEAD}facts:\n"
        "  - {id: old, quote: x, source: [lee2021, old1999], valid_until: 2024, superseded_by: new, when: in winter}\n"
        "  - {id: new, quote: y, source: old1999, reported_in: lee2021, recheck_by: 2026-02, status: candidate, "
        "confidence: 0.9}\n"
        "dropped: [a  b]\n"
    )
    base = parse_facts(text, "facts.yaml", None)
    old, new = base.facts
    assert (old.source, old.also, old.quoted_from) == ("lee2021", ("old1999",), ("lee2021", "old1999"))
    assert (old.valid_until, old.superseded_by, old.when) == (date(2024, 12, 31), "new", "in winter")
    assert (new.reported_in, new.quoted_from, new.recheck_by) == ("lee2021", ("lee2021",), date(2026, 2, 28))
    assert (new.status, new.confidence, base.dropped) == ("candidate", 0.9, ("a b",))


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("valid_until: soon", "valid_until: soon is no date; write 2026, 2026-05 or 2026-05-31"),
        ("recheck_by: 2026-13", "recheck_by: 2026-13 is no date"),
        ("recheck_by: 2026-02-30", "recheck_by: 2026-02-30 is no date"),
        ("superseded_by: y", "superseded_by: no fact y; known: x"),
        ("superseded_by: x", "superseded_by: leads back to itself: x → x"),
        ("reported_in: lee2020", "reported_in: no source lee2020; did you mean lee2021?"),
        ("source: []", "source: is empty; name a source"),
        ("status: kept", "status: kept is not one of candidate, changed, gone"),
        ("confidence: 2", "confidence: 2 is no number from 0 to 1"),
        ("whne: x", "whne: unknown key; did you mean when?"),
    ],
)
def test_what_does_not_fit_is_told_with_its_key(keys: str, message: str) -> None:
    text = f"sources: [{{key: lee2021}}]\nfacts: [{{id: x, quote: y, {keys}}}]"
    with pytest.raises(FactBaseError) as caught:
        parse_facts(text, "facts.yaml", None)
    assert f"facts[0].{message}" in str(caught.value)
