from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import Fact, FactBase, FigureOverride
from evidencelint.factbase.load import load_facts, parse_facts
from evidencelint.factbase.vocabulary import Vocabulary, general_vocabulary
from evidencelint.model import Position

TEA = """version: 1
title: Tea and sleep
sources:
  - {key: lee2021, path: source.md}
bibliography: references.json
defaults: {study: cohort-study}
vocabulary:
  population:
    tea-drinkers: [tea drinkers, people who drink tea]
    green-tea-drinkers: {names: [green tea drinkers], is_a: tea-drinkers}
    coffee-drinkers: [coffee drinkers]
  arm:
    green-tea: [green tea]
    water: {names: [hot water], is_a: [control]}
    control: [hot drink without tea]
contrasts:
  - [tea-drinkers, coffee-drinkers]
facts:
  - id: sleep-hours
    quote: >-
      Tea drinkers slept 7.1 hours,
      coffee drinkers 6.4 hours.
    at: Results
    slots: {population: [tea-drinkers, coffee-drinkers], comparator: water}
    figures:
      "6.4 hours": {population: coffee-drinkers}
    strength: correlational
    note: a note
  - quote: Tea was liked.
    slots: {study: pilot-study}
    id: liked
"""
HEAD = "sources: [{key: lee2021}]\n"


def tea() -> FactBase:
    return parse_facts(TEA, "facts.yaml", None)


def complaint(text: str) -> str:
    with pytest.raises(FactBaseError) as caught:
        parse_facts(text, "facts.yaml", None)
    return str(caught.value)


def test_a_fact_base() -> None:
    base = tea()
    assert (base.path, base.title, base.bibliography) == ("facts.yaml", "Tea and sleep", (Path("references.json"),))
    assert [(source.key, source.path, source.position.line) for source in base.sources] == [("lee2021", "source.md", 4)]
    assert base.facts[0] == Fact(
        id="sleep-hours",
        quote="Tea drinkers slept 7.1 hours, coffee drinkers 6.4 hours.",
        source="lee2021",
        position=Position("facts.yaml", 19, 5),
        quote_position=Position("facts.yaml", 20, 5),
        at="Results",
        slots={
            "study": frozenset({"cohort-study"}),
            "population": frozenset({"tea-drinkers", "coffee-drinkers"}),
            "comparator": frozenset({"water"}),
        },
        defaulted=frozenset({"study"}),
        overrides=(
            FigureOverride("6.4 hours", {"population": frozenset({"coffee-drinkers"})}, Position("facts.yaml", 26, 7)),
        ),
        strength="correlational",
        note="a note",
    )
    assert base.facts[0].figures == {"6.4 hours": {"population": frozenset({"coffee-drinkers"})}}


def test_a_fact_stands_where_its_id_does_and_own_slots_replace_defaults() -> None:
    liked = tea().facts[1]
    assert (liked.position.line, liked.quote_position.line) == (31, 29)
    assert (liked.slots, liked.defaulted) == ({"study": frozenset({"pilot-study"})}, frozenset())


def test_declaring_a_general_concept_again_adds_names() -> None:
    control = tea().vocabulary.concepts["arm", "control"]
    assert {"placebo", "hot drink without tea"} <= set(control.names)


@pytest.mark.parametrize(
    ("slot", "first", "second", "expected"),
    [
        ("population", "tea-drinkers", "coffee-drinkers", True),
        ("population", "green-tea-drinkers", "coffee-drinkers", True),
        ("population", "green-tea-drinkers", "tea-drinkers", False),
        ("population", "tea-drinkers", "tea-drinkers", False),
        ("population", "tea-drinkers", "women", False),
        ("population", "older-adults", "adults", False),
        ("population", "older-adults", "children", True),
        ("arm", "water", "treatment-arm", True),
        ("comparator", "water", "treatment-arm", True),
        ("arm", "water", "green-tea", True),
        ("arm", "water", "control", False),
        ("study", "phase-2", "phase-3", True),
        ("species", "animals", "humans", True),
        ("timepoint", "baseline", "follow-up", True),
        ("timepoint", "baseline", "lifetime", False),
    ],
)
def test_contrast(slot: str, first: str, second: str, *, expected: bool) -> None:
    vocabulary = tea().vocabulary
    assert vocabulary.contrast(slot, first, second) is expected
    assert vocabulary.contrast(slot, second, first) is expected


def test_closure_goes_up_all_the_way() -> None:
    text = (
        "vocabulary:\n  topic: {leaf: {names: [leaf], is_a: plant}, plant: {names: [], is_a: [thing]}, thing: [thing]}"
    )
    base = parse_facts(f"{HEAD}{text}\nfacts: []", "f.yaml", None)
    assert base.vocabulary.closure("topic", "leaf") == {"leaf", "plant", "thing"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "facts.yaml:1:1: the file: must be a mapping of keys to values, not a list"),
        ("", "facts.yaml:1:1: the file is empty; fill it, or name another"),
        ("facts: []\n", "facts.yaml:1:1: sources: missing; a fact base needs a list of sources"),
        (HEAD, "facts.yaml:1:1: facts: missing; a fact base needs a list of facts"),
        ("version: 2\n", "facts.yaml:1:10: version: this tool reads version 1"),
        (
            "a: 1\nfatcs: []\n",
            "facts.yaml:1:1: a: unknown key; known: version, title, include, sources, bibliography,",
        ),
        ("fatcs: []\n", "facts.yaml:1:1: fatcs: unknown key; did you mean facts?"),
        ("sources: []\nfacts: []", "facts.yaml:1:10: sources: is empty; name at least one source with its key"),
        ("sources: lee\nfacts: []", "facts.yaml:1:10: sources: must be a list, not text"),
        (
            "sources: [{path: a.md}]\nfacts: []",
            "facts.yaml:1:11: sources[0]: key is missing; name the work's key in the bibliography",
        ),
        (
            "sources:\n  - key: a\n  - key: a\nfacts: []",
            "facts.yaml:3:10: sources[1].key: a is the key of line 2 too",
        ),
        (f"{HEAD}facts: a", "facts.yaml:2:8: facts: must be a list, not text"),
        (f"{HEAD}facts:\n  - a", "facts.yaml:3:5: facts[0]: must be a mapping of keys to values, not text"),
        (f"{HEAD}facts:\n  - quote: b", "facts.yaml:3:5: facts[0].id: missing; every fact needs one"),
        (f"{HEAD}facts:\n  - id: b", "facts.yaml:3:5: facts[0].quote: missing; every fact needs one"),
        (f"{HEAD}facts:\n  - id:\n    quote: b", "facts.yaml:3:8: facts[0].id: must be text, not empty"),
        (f"{HEAD}facts:\n  - id: b\n    quote: ' '", "facts.yaml:4:12: facts[0].quote: must be text, not empty"),
        (
            f"{HEAD}facts:\n  - {{id: Tea_1, quote: b}}",
            "facts.yaml:3:10: facts[0].id: 'Tea_1' is not lower-case words and digits joined by hyphens",
        ),
        (
            f"{HEAD}facts:\n  - {{id: tea, quote: b}}\n  - {{id: tea, quote: c}}",
            "facts.yaml:4:6: facts[1].id: tea is the id of line 3 too",
        ),
        (
            f"{HEAD}facts:\n  - {{id: tea, quotes: b}}",
            "facts.yaml:3:15: facts[0].quotes: unknown key; did you mean quote?",
        ),
        (
            f"{HEAD}facts:\n  - {{id: tea, quote: b, source: lee2012}}",
            "facts.yaml:3:33: facts[0].source: no source lee2012; did you mean lee2021?",
        ),
        (
            "sources: [{key: a}, {key: b}]\nfacts:\n  - {id: tea, quote: b}",
            "facts.yaml:3:5: facts[0].source: missing; known: a, b",
        ),
        (
            f"{HEAD}facts:\n  - id: tea\n    quote: b\n    slots: {{populations: women}}",
            "facts.yaml:5:13: facts[0].slots.populations: unknown key; did you mean population?",
        ),
        (
            f"{HEAD}facts:\n  - id: tea\n    quote: b\n    slots:\n      population: [men, womem]",
            "facts.yaml:6:25: facts[0].slots.population[1]: no population concept womem; did you mean women?",
        ),
        (
            f"{HEAD}facts:\n  - id: tea\n    quote: b\n    slots: {{comparator: controll}}",
            "facts.yaml:5:25: facts[0].slots.comparator: no comparator concept controll; did you mean control?",
        ),
        (
            f"{HEAD}facts:\n  - id: tea\n    quote: b 3\n    figures: {{'3': {{arm: treatment-arn}}}}",
            "facts.yaml:5:26: facts[0].figures.3.arm: no arm concept treatment-arn; did you mean treatment-arm?",
        ),
        (
            f"{HEAD}facts:\n  - id: tea\n    quote: b\n    figures: {{' ': {{arm: treated}}}}",
            "facts.yaml:5:15: facts[0].figures. : an empty key holds no figure;",
        ),
        (
            f"{HEAD}facts:\n  - id: tea\n    quote: b\n    strength: strong",
            "facts.yaml:5:15: facts[0].strength: strong is not one of none, correlational, conditional, causal",
        ),
        (
            f"{HEAD}defaults: {{study: pilot-studi}}\nfacts: []",
            "facts.yaml:2:19: defaults.study: no study concept pilot-studi; did you mean pilot-study?",
        ),
        (
            f"{HEAD}vocabulary: {{comparator: {{a: [b]}}}}\nfacts: []",
            "facts.yaml:2:14: vocabulary.comparator: unknown key; known: measure, population, arm, timepoint,",
        ),
        (
            f"{HEAD}vocabulary:\n  topic:\n    tea: {{is_a: drink}}\nfacts: []",
            "facts.yaml:4:5: vocabulary.topic.tea: names are missing; write names: [...]",
        ),
        (
            f"{HEAD}vocabulary:\n  topic:\n    drink: [drink]\n    tea: {{names: [tea], is_a: drinks}}\nfacts: []",
            "facts.yaml:5:31: vocabulary.topic.tea.is_a: no topic concept drinks; did you mean drink?",
        ),
        (
            f"{HEAD}vocabulary:\n  topic:\n    a: {{names: [a], is_a: b}}\n    b: {{names: [b], is_a: a}}\nfacts: []",
            "facts.yaml:4:27: vocabulary.topic.a.is_a: leads back to itself: a → b → a",
        ),
        (
            f"{HEAD}vocabulary:\n  topic:\n    a: {{names: [a], is_a: a}}\nfacts: []",
            "facts.yaml:4:27: vocabulary.topic.a.is_a: leads back to itself: a → a",
        ),
        (
            f"{HEAD}contrasts:\n  - [women, placebos]\nfacts: []",
            "facts.yaml:3:13: contrasts[0][1]: no concept placebos",
        ),
        (
            f"{HEAD}contrasts:\n  - [women, men, control]\nfacts: []",
            "facts.yaml:3:18: contrasts[0][2]: control is of arm, women of population; a contrast set is of one slot",
        ),
        (
            f"{HEAD}contrasts:\n  - [women, women]\nfacts: []",
            "facts.yaml:3:5: contrasts[0]: a contrast set needs two or more concepts",
        ),
    ],
)
def test_complaints(text: str, message: str) -> None:
    assert complaint(text).startswith(message)


def write(folder: Path, text: str = TEA) -> Path:
    (folder / "source.md").write_text("Tea drinkers slept 7.1 hours,\ncoffee drinkers 6.4 hours.\n", encoding="utf-8")
    (folder / "references.json").write_text('[{"id": "lee2021"}]', encoding="utf-8")
    path = folder / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_loading_reads_sources_and_marks_the_content(tmp_path: Path) -> None:
    path = write(tmp_path)
    base = load_facts(path)
    assert base.source_texts["lee2021"].startswith("Tea drinkers slept")
    assert base.bibliography == (tmp_path / "references.json",)
    assert len(base.fingerprint) == 16
    assert load_facts(path).fingerprint == base.fingerprint
    (tmp_path / "source.md").write_text("Something else.", encoding="utf-8")
    assert load_facts(path).fingerprint != base.fingerprint


def test_the_fingerprint_does_not_depend_on_line_ends(tmp_path: Path) -> None:
    path = write(tmp_path)
    before = load_facts(path).fingerprint
    for file in (path, tmp_path / "source.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_facts(path).fingerprint == before


def test_files_outside_the_folder_are_read(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    write(tmp_path)
    path = inner / "facts.yaml"
    absolute = (tmp_path / "references.json").as_posix()
    text = TEA.replace("source.md", "../source.md").replace("references.json", f"'{absolute}'")
    path.write_text(text, encoding="utf-8")
    assert load_facts(path).bibliography == (Path(absolute),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("source.md", "nowhere.md", "4:26: sources[0].path: nowhere.md: no such source; check the path"),
        ("source.md", ".", "4:26: sources[0].path: .: is a folder; name the source file in it"),
        (
            "references.json",
            "refs.json",
            "5:15: bibliography: refs.json: no such file; the path counts from the folder",
        ),
        ("references.json", "r" * 5000, "5:15: bibliography: rrrr"),
    ],
)
def test_files_that_are_missing(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = write(tmp_path, TEA.replace(old, new))
    with pytest.raises(FactBaseError) as caught:
        load_facts(path)
    assert str(caught.value).startswith(f"{path}:{message}")


def test_a_fact_base_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"title: caf\xe9")
    cases = {
        "none.yaml": "1:1: no such fact base; check the path",
        "": "1:1: is a folder; name the fact base file in it",
        "latin.yaml": "1:11: is not UTF-8 text; save it as UTF-8",
    }
    for name, message in cases.items():
        with pytest.raises(FactBaseError) as caught:
            load_facts(tmp_path / name)
        assert str(caught.value) == f"{tmp_path / name}:{message}"


def test_general_concepts_are_whole() -> None:
    general = general_vocabulary()
    expected = {
        "arm": {"control", "treatment-arm"},
        "study": {
            *("phase-1", "phase-2", "phase-3", "phase-4", "narrative-review", "systematic-review", "meta-analysis"),
            *("randomised-trial", "cohort-study", "case-report", "pilot-study", "observational-study", "guideline"),
        },
        "species": {"animals", "cells", "humans"},
        "timepoint": {"baseline", "follow-up", "lifetime", "current"},
        "population": {"adults", "children", "adolescents", "older-adults", "women", "men"},
    }
    for slot, ids in expected.items():
        assert ids <= set(general.ids(slot))
    assert set(general.grades) <= set(general.ids("study"))
    assert general.grade("meta-analysis") > general.grade("narrative-review") > general.grade("pilot-study") == 0


def test_no_general_name_has_two_meanings_that_exclude_one_another() -> None:
    general: Vocabulary = general_vocabulary()
    owners: dict[str, list[tuple[str, str]]] = {}
    for name, key in general.names():
        owners.setdefault(name.lower(), []).append(key)
    clashes = {
        name: keys
        for name, keys in owners.items()
        for slot, first in keys
        for other, second in keys
        if slot == other and general.contrast(slot, first, second)
    }
    assert clashes == {}


PIECES = st.sampled_from(
    [
        *TEA.splitlines(keepends=True),
        HEAD,
        "facts:\n",
        "  - id: a\n",
        "    quote: b\n",
        "[",
        "}",
        "&a ",
        "*a",
        "!t ",
        ":",
    ]
)


def outcome(load: Callable[[], FactBase]) -> FactBase | FactBaseError:
    try:
        return load()
    except FactBaseError as error:
        return error


@given(st.text() | st.lists(PIECES).map("".join))
def test_any_text_gives_a_fact_base_or_an_error_with_a_place(text: str) -> None:
    result = outcome(lambda: parse_facts(text, "facts.yaml", None))
    assert isinstance(result, FactBase) or result.position is not None


@given(st.binary())
def test_any_bytes_give_a_fact_base_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    result = outcome(lambda: load_facts(path))
    assert isinstance(result, FactBase) or result.position is not None
