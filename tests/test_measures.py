"""The JSON of an evaluation, the labels it refuses, and floors that cannot hold by accident."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidencelint.evaluation import GoldError, Outcome, judge, load_gold, score
from evidencelint.model import Diagnostic, Span, Verdict
from evidencelint.outcome import FileReport
from evidencelint.reporters import measures
from tests.helmets import run

ROOT = Path(__file__).resolve().parents[1]
DRAFT = "Sales rose 9%. Costs fell 4%. The sun was out. Rents doubled.\n"
GOLD = """\
draft: a.md
claims:
  - {text: Sales rose 9%., verdict: mismatched, kind: numeric, anchor: 9%, accept: [unsupported], difficulty: easy}
  - {text: Costs fell 4%., verdict: supported, kind: causal, anchor: "", accept: [], difficulty: hard}
  - {text: Rents doubled., verdict: overstated, kind: certainty, anchor: doubled, accept: [], difficulty: hard}
"""


def outcome(folder: Path, *alarms: tuple[str, Verdict]) -> Outcome:
    (folder / "a.md").write_text(DRAFT, encoding="utf-8")
    (folder / "a.gold.yaml").write_text(GOLD, encoding="utf-8")
    found = tuple(alarm(text, verdict) for text, verdict in alarms)
    report = FileReport("a.md", checked=True, error=None, claims=(), diagnostics=found)
    return judge(load_gold(folder / "a.gold.yaml"), report, "shop")


def alarm(text: str, verdict: Verdict) -> Diagnostic:
    start = DRAFT.index(text)
    return Diagnostic(
        code="EL101",
        name="value-mismatch",
        verdict=verdict,
        severity="error",
        confidence=0.9,
        path="a.md",
        line=1,
        column=start + 1,
        end_line=1,
        end_column=start + len(text) + 1,
        span=Span(start, start + len(text)),
        text=text,
        claim="the claim",
        message="the message",
        expected=None,
        facts=(),
        fix=None,
        details=(),
        fingerprint="0",
    )


def test_groups(tmp_path: Path) -> None:
    judged = outcome(tmp_path, ("9%", "mismatched"), ("4%", "mismatched"), ("sun", "unsupported"))
    data = json.loads(measures.render([judged], everything=True))
    assert (data["true_alarms"], data["false_alarms"], data["on_supported"]) == (1, 2, 1)
    assert (data["precision"], data["recall"]) == (0.3333, 0.5)
    assert data["by"]["corpus"]["shop"]["found"] == 1
    assert list(data["by"]["part"]) == ["tuned_on"]
    alarms = {
        f"{group}/{name}": (part["true_alarms"], part["false_alarms"])
        for group in ("verdict", "kind", "difficulty")
        for name, part in data["by"][group].items()
        if part["true_alarms"] + part["false_alarms"]
    }
    # the alarm on unlabelled prose has a verdict, but no kind and no difficulty
    assert alarms == {
        "verdict/mismatched": (1, 1),
        "verdict/unsupported": (0, 1),
        "kind/numeric": (1, 0),
        "kind/causal": (0, 1),
        "difficulty/easy": (1, 0),
        "difficulty/hard": (0, 1),
    }
    assert len(data["errors"]) == 3
    assert "errors" not in json.loads(measures.render([judged], everything=False))


def test_a_finding_longer_than_the_claim_points_at_nothing(tmp_path: Path) -> None:
    assert score([outcome(tmp_path, ("Sales rose 9%.", "mismatched"))]).anchored == 1
    assert score([outcome(tmp_path, ("Sales rose 9%. Costs", "mismatched"))]).anchored == 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("accept: [unsupported]", "accept: [unsuported]", r":3:5: claims\[0\].accept: unsuported is not one of"),
        ("accept: [unsupported]", "accept: [supported]", r"claims\[0\].accept: supported is not one of"),
        ("accept: [unsupported]", "accept: {a: b}", r":3:\d+: claims\[0\].accept: must be text"),
        ('anchor: ""', "anchor: 4%", r":4:5: claims\[1\].anchor: must be empty"),
        ("draft: a.md", "draft: a.md\nheld_out: yes", ":2:11: held_out: yes is not one of true, false"),
        ("draft: a.md", "draft: a.md\nheldout: true", ":2:1: unknown key heldout"),
    ],
)
def test_labels_that_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    (tmp_path / "a.md").write_text(DRAFT, encoding="utf-8")
    path = tmp_path / "a.gold.yaml"
    path.write_text(GOLD.replace(old, new), encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        load_gold(path)


def test_a_floor_fails_aloud_and_never_holds_for_want_of_drafts(tmp_path: Path) -> None:
    outcome(tmp_path)
    (tmp_path / "facts.yaml").write_text(
        "sources: [{key: lee2021}]\nfacts: [{id: sales, quote: Sales rose 7%.}]\n", encoding="utf-8"
    )
    low = run(tmp_path, "eval", ".", "--floor-recall", "1", "--errors", "--output-format", "json")
    assert low.returncode == 1
    assert "is below the floor of 1" in low.stderr
    assert json.loads(low.stdout)["errors"]
    empty = run(tmp_path, "eval", ".", "--held-out", "--floor-recall", "1", "--floor-precision", "1")
    assert (empty.returncode, empty.stdout) == (2, "")
    assert "none of the gold files is left" in empty.stderr
