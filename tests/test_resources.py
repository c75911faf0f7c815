"""The lexicon is read as YAML's safe loader reads it."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.resources import _data, load_lexicon, rules_folder

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates()
_VALUES = st.recursive(_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)
_ODD = (
    "",
    "- 1\n- yes\n- 'no'\n- 2020-01-01\n- ~\n-\n- .5\n- !!str 5\n- !!int '3'",
    "a: &x [1, b]\nc: *x\nd: {<<: {q: 1}, z: 2}",
    "1: 2\nyes: no\na: 1\na: 2",
    "- =",
    "? [a]\n: b",
    "a: b: c",
)


def _safely(text: str) -> object:
    try:
        return repr(yaml.safe_load(text))
    except yaml.YAMLError:
        return "refused"


def _ours(text: str) -> object:
    try:
        return repr(_data(text))
    except yaml.YAMLError:
        return "refused"


@pytest.mark.parametrize("path", sorted((rules_folder() / "lexicon").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_word_list_is_what_the_safe_loader_reads(path: Path) -> None:
    assert repr(load_lexicon(path.stem)) == repr(yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize("text", _ODD)
def test_odd_yaml_is_what_the_safe_loader_reads(text: str) -> None:
    assert _ours(text) == _safely(text)


@given(_VALUES)
def test_any_data_is_what_the_safe_loader_reads(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    assert _ours(text) == _safely(text)
