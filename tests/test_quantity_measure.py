"""Hold the quantity reader to what it was measured at on sentences by another hand; the floors may only rise."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent / "measures" / "quantities.py"


@pytest.fixture(scope="module")
def measures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quantity_measures", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("folder", "held_out", "value", "unit"),
    [
        ("quantities", False, 0.99, 0.99),
        ("quantities", True, 0.98, 0.96),
        ("clauses", False, 0.99, 0.99),
        ("clauses", True, 0.97, 0.97),
        ("voices", False, 0.99, 0.99),
        ("voices", True, 0.97, 0.94),
    ],
)
def test_value_and_unit(measures: ModuleType, folder: str, value: float, unit: float, *, held_out: bool) -> None:
    places = {place.name: place for place in (measures.FOLDER, measures.CLAUSES, measures.VOICES)}
    part = [sentence for sentence in measures.sentences(places[folder]) if sentence.held_out == held_out]
    scores = measures.measure(part)
    assert scores.value.f1 >= value
    assert scores.unit.f1 >= unit


def test_a_third_is_held_out(measures: ModuleType) -> None:
    sentences = list(measures.sentences())
    assert len(sentences) == 330
    assert sum(sentence.held_out for sentence in sentences) == 108
    clauses = list(measures.sentences(measures.CLAUSES))
    assert len(clauses) == 391
    assert sum(sentence.held_out for sentence in clauses) == 128
    voices = list(measures.sentences(measures.VOICES))
    assert len(voices) == 285
    assert sum(sentence.held_out for sentence in voices) == 92


def test_a_label_that_is_no_piece_of_its_sentence_is_refused(measures: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Five birds flew.\n    Six | 6 | - |\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"'Six \| 6 \| - \|' does not label"):
        list(measures.sentences(tmp_path))
