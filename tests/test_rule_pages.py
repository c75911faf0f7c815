"""Every rule has its page, and the page's examples are tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evidencelint.bibliography import parse_csl_json
from evidencelint.bibliography.retractions import parse_retractions
from evidencelint.checks import ACROSS_DRAFTS, CHECKS
from evidencelint.configuration.settings import Config
from evidencelint.engine import Linter
from evidencelint.errors import EvidencelintError
from evidencelint.factbase.load import parse_facts
from evidencelint.policy.strictness import STRICT
from evidencelint.policy.triage import make_policy, triage
from evidencelint.rules import Rule, all_rules, find_rule, select

CHECKED = [rule for rule in all_rules() if rule.name in CHECKS]
HEADINGS = ["What it does", "Why it matters", "Bad", "Good", "Known limits"]


def linter(rule: Rule) -> Linter:
    (facts,) = rule.blocks("Fact base")
    works = [parse_csl_json(block, "works.json") for block in rule.blocks("Bibliography")]
    lists = [parse_retractions(block, "retractions.csv") for block in rule.blocks("Retraction list")]
    base = parse_facts(facts, "facts.yaml", None)
    base = replace(
        base, source_texts=dict(zip((source.key for source in base.sources), rule.blocks("Source"), strict=False))
    )
    return Linter(base, select(), works[0] if works else None, retractions=lists[0] if lists else None)


def test_one_page_per_check_and_one_check_per_page() -> None:
    pages = {rule.name for rule in all_rules() if rule.code[2] not in "69"}
    assert pages | {"disguised-text"} == set(CHECKS) | ACROSS_DRAFTS | STRICT


@pytest.mark.parametrize("name", sorted(STRICT))
def test_what_strict_projects_are_told(name: str) -> None:
    rule = find_rule(name)
    checker, policy = linter(rule), make_policy(Config(Path("/"), strict=True), ())
    for heading, expected in (("Bad", [name]), ("Good", [])):
        assert rule.blocks(heading)
        for block in rule.blocks(heading):
            report = triage(checker.check(block.encode(), "x.md"), block.encode(), policy)
            assert [found.name for found in report.diagnostics] == expected, block


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_pages_have_their_parts_in_order(rule: Rule) -> None:
    assert [heading for heading in rule.sections if heading in HEADINGS] == HEADINGS
    assert rule.page.startswith(f"# {rule.name}\n")


@pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: rule.code)
def test_bad_examples_fire_exactly_this_rule(rule: Rule) -> None:
    checker = linter(rule)
    assert rule.blocks("Bad")
    for block in rule.blocks("Bad"):
        found = checker.check(block.encode(), "x.md").diagnostics
        assert [diagnostic.name for diagnostic in found] == [rule.name], block
        assert 0 < found[0].confidence <= 1


@pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: rule.code)
def test_good_examples_are_silent(rule: Rule) -> None:
    checker = linter(rule)
    assert len(rule.blocks("Good")) > 1
    for block in rule.blocks("Good"):
        found = checker.check(block.encode(), "x.md").diagnostics
        assert [diagnostic.name for diagnostic in found] == [], block


def test_selection_by_code_beginning_and_name() -> None:
    assert [rule.code for rule in select(["EL101"]).selected] == ["EL101"]
    assert {rule.code[:3] for rule in select(["EL1"]).selected} == {"EL1"}
    assert [rule.name for rule in select(["hedge-dropped"]).selected] == ["hedge-dropped"]
    assert "EL107" not in {rule.code for rule in select(["EL1"], ["bound-dropped"]).selected}


def test_an_unknown_rule_is_refused_with_a_suggestion() -> None:
    with pytest.raises(EvidencelintError, match="did you mean value-mismatch"):
        find_rule("value-mismach")
    with pytest.raises(EvidencelintError, match="no rule EL9999"):
        select(["EL9999"])
