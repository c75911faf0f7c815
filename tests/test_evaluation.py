from __future__ import annotations

from pathlib import Path

import pytest

from evidencelint.evaluation import Gold, GoldError, Outcome, errors, find_gold, judge, load_gold, score, table
from evidencelint.model import Diagnostic, Severity, Span, Verdict
from evidencelint.outcome import FileReport

DRAFT = "Sales rose 9%. Costs fell 4%. The sun was out. Rents doubled.\n"
GOLD = """\
draft: a.md
held_out: true
claims:
  - text: Sales rose 9%.
    verdict: mismatched
    kind: numeric
    anchor: 9%
    accept: [unsupported]
    difficulty: easy
    why: it was 7%
  - text: Costs fell 4%.
    verdict: supported
    kind: numeric
    anchor: ""
    difficulty: medium
  - text: Rents doubled.
    verdict: overstated
    kind: certainty
    difficulty: hard
"""


def write(folder: Path, gold: str = GOLD, draft: bytes | None = DRAFT.encode()) -> Path:
    if draft is not None:
        (folder / "a.md").write_bytes(draft)
    path = folder / "a.gold.yaml"
    path.write_text(gold, encoding="utf-8")
    return path


def alarm(text: str, verdict: Verdict, severity: Severity = "error") -> Diagnostic:
    start = DRAFT.index(text)
    return Diagnostic(
        code="EL101",
        name="value-mismatch",
        verdict=verdict,
        severity=severity,
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


def judged(gold: Gold, *alarms: Diagnostic, corpus: str = "shop") -> Outcome:
    return judge(gold, FileReport("a.md", checked=True, error=None, claims=(), diagnostics=alarms), corpus)


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    return load_gold(write(tmp_path))


def test_a_gold_file(gold: Gold, tmp_path: Path) -> None:
    assert (gold.path, gold.draft, gold.held_out) == (tmp_path / "a.gold.yaml", tmp_path / "a.md", True)
    sales, costs, rents = gold.claims
    assert (sales.span, sales.anchor, sales.accept) == (Span(0, 14), Span(11, 13), frozenset({"unsupported"}))
    assert (sales.verdict, sales.kind, sales.difficulty, sales.faulty) == ("mismatched", "numeric", "easy", True)
    assert (costs.anchor, costs.accept, costs.faulty) == (None, frozenset(), False)
    assert (rents.position.path, rents.position.line) == (str(tmp_path / "a.gold.yaml"), 16)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (GOLD, "", "1:1: the file is empty; fill it, or name another"),
        (GOLD, "- a\n", "1:1: the file: must be a mapping"),
        (GOLD, "draft: [a\n", "2:1: not valid YAML: "),
        ("draft: a.md\n", "", "1:1: draft: missing"),
        ("draft: a.md", "draft: b.md", "1:1: cannot be read: "),
        (GOLD, "draft: a.md\n", "1:1: claims: must be a list"),
        (GOLD, "draft: a.md\nclaims: none\n", "1:1: claims: must be a list"),
        (GOLD, "draft: a.md\nclaims: [b]\n", "2:10: claims[0]: must be a mapping"),
        ("    why: it", "    wyh: it", "4:5: claims[0]: unknown key wyh"),
        ("    kind: certainty\n", "", "16:5: claims[2].kind: missing"),
        ("verdict: overstated", "verdict: wrong", "16:5: claims[2]: wrong is not one of supported, mismatched,"),
        ("kind: certainty", "kind: odd", "16:5: claims[2]: odd is not one of numeric, causal,"),
        ("difficulty: hard", "difficulty: very", "16:5: claims[2]: very is not one of easy, medium, hard"),
        ("Rents doubled.", "Rents fell.", "16:5: claims[2].text: stands 0 times in the draft, not once"),
        ("Rents doubled.", "s", "16:5: claims[2].text: stands 7 times in the draft, not once"),
        ("anchor: 9%", "anchor: 7%", "4:5: claims[0].anchor: is not a piece of text"),
    ],
)
def test_complaints(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = write(tmp_path, GOLD.replace(old, new))
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    assert str(caught.value).startswith(f"{path}:{message}")


def test_a_draft_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read"):
        load_gold(write(tmp_path, draft=b"caf\xe9"))


def test_gold_files_are_found_in_order(tmp_path: Path) -> None:
    for name in ("b/x.gold.yaml", "a/y.gold.yaml", "a/y.md", "facts.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    found = [tmp_path / "a" / "y.gold.yaml", tmp_path / "b" / "x.gold.yaml"]
    assert find_gold([tmp_path]) == found
    assert find_gold([found[1]]) == [found[1]]
    (tmp_path / "c").mkdir()
    with pytest.raises(GoldError, match=r"^no \*\.gold\.yaml in "):
        find_gold([tmp_path / "c"])


def test_nothing_reported(gold: Gold) -> None:
    figures = score([judged(gold)])
    assert (figures.faults, figures.found, figures.supported) == (2, 0, 1)
    assert (figures.precision, figures.recall, figures.f1) == (1, 0, 0)


def test_everything_found(gold: Gold) -> None:
    outcome = judged(gold, alarm("9%", "mismatched"), alarm("doubled", "overstated", "warning"))
    figures = score([outcome])
    assert (figures.found, figures.true_alarms, figures.false_alarms, figures.flagged) == (2, 2, 0, 0)
    assert (figures.precision, figures.recall, figures.f1) == (1, 1, 1)
    # The second fault has no anchor to hit.
    assert figures.anchored == 1


@pytest.mark.parametrize(
    ("text", "verdict", "severity", "expected"),
    [
        # found, true alarms, false alarms, supported claims flagged, found at the anchor, another verdict
        ("9%", "mismatched", "error", (1, 1, 0, 0, 1, 0)),
        ("9%", "unsupported", "warning", (1, 1, 0, 0, 1, 0)),
        ("Sales", "mismatched", "error", (1, 1, 0, 0, 0, 0)),
        ("9%", "overstated", "error", (0, 1, 0, 0, 0, 1)),
        ("9%", "mismatched", "info", (0, 0, 0, 0, 0, 0)),
        ("4%", "mismatched", "error", (0, 0, 1, 1, 0, 0)),
        ("4%", "mismatched", "info", (0, 0, 0, 0, 0, 0)),
        ("sun", "unsupported", "warning", (0, 0, 1, 0, 0, 0)),
        ("9%. Costs", "mismatched", "error", (1, 1, 0, 1, 1, 0)),
    ],
)
def test_one_report(
    gold: Gold, text: str, verdict: Verdict, severity: Severity, expected: tuple[int, int, int, int, int, int]
) -> None:
    s = score([judged(gold, alarm(text, verdict, severity))])
    assert (s.found, s.true_alarms, s.false_alarms, s.flagged, s.anchored, s.other_verdict) == expected


def test_a_ratio_without_cases_is_one() -> None:
    none = score([])
    assert (none.precision, none.recall, none.f1) == (1, 1, 1)


def test_keeping_some_faults_keeps_all_alarms(gold: Gold) -> None:
    outcome = judged(gold, alarm("9%", "mismatched"), alarm("sun", "unsupported"))
    hard = score([outcome], lambda claim: claim.difficulty == "hard")
    assert (hard.faults, hard.found, hard.true_alarms, hard.false_alarms) == (1, 0, 1, 1)
    easy = score([outcome], lambda claim: claim.difficulty == "easy")
    assert (easy.faults, easy.found) == (1, 1)


def test_the_table_splits_what_was_tuned_on_from_what_was_held_out(gold: Gold) -> None:
    lines = list(table([judged(gold, alarm("9%", "mismatched")), judged(gold, corpus="farm")]))
    names = [line[:24].strip() for line in lines]
    assert names[:7] == ["", "all", "held out", "farm", "held out", "shop", "held out"]
    assert lines[1].split() == ["all", "4", "1", "0.25", "1", "0", "1.00", "0.40"]
    assert [line.split() for line in lines if line.startswith("  mismatched")] == [["mismatched", "2", "1", "0.50"]]
    assert lines[-4:] == [
        "supported claims flagged  0 of 2",
        "  in held-out drafts  0 of 2",
        "found at the very piece  1 of 1",
        "found, but another verdict  0",
    ]


def test_errors_are_listed_with_their_places(gold: Gold) -> None:
    outcome = judged(gold, alarm("9%", "overstated"), alarm("sun", "unsupported"))
    assert list(errors([outcome])) == [
        f"{gold.path}:4: other verdict: mismatched numeric: Sales rose 9%.",
        f"{gold.path}:16: missed: overstated certainty: Rents doubled.",
        "a.md:1:35: false alarm: value-mismatch: the message: the claim",
    ]
