from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evidencelint.nlp import parse
from evidencelint.nlploading import SpecialCases

ROOT = Path(__file__).resolve().parents[1]


def test_folded_white_space_is_unfolded_in_the_spans() -> None:
    text = "In   the\n\n trial ,  67%   of them   recovered   ."
    (tokens,) = parse([text])
    assert [token.text for token in tokens] == [text[t.span.start : t.span.end] for t in tokens]
    assert [token.text for token in tokens][:4] == ["In", "the", "trial", ","]


def test_each_text_is_parsed_apart() -> None:
    first, second = parse(["It may help.", "Nobody knows."])
    assert [token.text for token in first] == ["It", "may", "help", "."]
    assert second[0].head < len(second)


def test_an_endless_line_is_no_sentence() -> None:
    assert list(parse(["word " * 2_000])) == [()]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40), max_size=3))
@settings(max_examples=40, deadline=None)
def test_spans_stay_inside_any_text(texts: list[str]) -> None:
    for text, tokens in zip(texts, parse(texts), strict=True):
        assert all(0 <= token.span.start < token.span.end <= len(text) for token in tokens)


def test_the_model_is_the_one_that_spacy_loads() -> None:
    """What is left out or put off changes nothing but the time.

    That is spaCy's command line, its plug-ins, the words it was trained on, and the special cases of its tokenizer.
    """
    script = (
        "import sys\nfrom evidencelint import nlp\nours = nlp._pipeline()\n"
        "assert not any(name.startswith('spacy.cli') for name in sys.modules)\n"
        "import spacy, spacy.cli\nassert callable(spacy.cli.download)\n"
        "name = next(each for each in nlp._MODELS if nlp.find_spec(each))\n"
        "plain = spacy.load(name, exclude=nlp._UNUSED)\n"
        "from importlib.metadata import entry_points\n"
        "group = [*spacy.registry.architectures._get_entry_points()]\n"
        "assert group and group == [*entry_points(group='spacy_architectures')]\n"
        "cases = plain.tokenizer.rules\n"
        "said = [[case, f'({case}, as \"{case}\".', f'It is {case} {case.strip()}-'] for case in cases]\n"
        "for text in ['nothing', *sum(said, [])]:\n"
        "    ours.tokenizer.meet(text)\n"
        "    pairs = ours.tokenizer(text), plain.tokenizer(text)\n"
        "    one, other = ([(t.text, t.norm_, t.whitespace_) for t in each] for each in pairs)\n"
        "    assert one == other, text\n"
        "assert ours.tokenizer.to_bytes(exclude=['vocab']) == plain.tokenizer.to_bytes(exclude=['vocab'])\n"
        "assert ours.vocab.lookups.to_bytes() == plain.vocab.lookups.to_bytes()\n"
        "assert ours.pipe_names == plain.pipe_names\n"
        "text = 'In Phase II, 67% (95% CI 1.2-3.4) didn\\'t improve; e.g. at https://a.org or $5.'\n"
        "pairs = zip(ours(text), plain(text), strict=True)\n"
        "assert all((a.text, a.tag_, a.dep_, a.head.i) == (b.text, b.tag_, b.dep_, b.head.i) for a, b in pairs)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


@given(
    st.dictionaries(st.text("ab.", min_size=1, max_size=4), st.integers(), max_size=8),
    st.lists(st.text("ab. ", max_size=9), max_size=5),
)
def test_special_cases_are_given_out_once_with_the_first_text_that_holds_them(
    cases: dict[str, int], texts: list[str]
) -> None:
    waiting = SpecialCases(cases)
    known: set[str] = set()
    for text in texts:
        met = dict(waiting.met_in(text))
        assert met.keys().isdisjoint(known)
        known |= met.keys()
        assert {case for case in cases if case in text} <= known
    assert all(len(case) == 1 or any(case in text for text in texts) for case in known)


def test_a_parse_does_not_depend_on_what_is_parsed_beside_it() -> None:
    texts = ["It may help.", "67% of them, against 32%, no longer had it after a year.", "Nobody knows why it fell."]
    together = list(parse(texts * 30))
    assert together == [next(iter(parse([text]))) for text in texts] * 30


def test_parts_of_speech_are_those_of_the_model_itself() -> None:
    """Each case is decided once, and a sentence with the sign of a rule on several words is asked as a whole."""
    texts = [
        "There are no trials of it, and there is little to be said.",
        "It is the drug that helps; who'd have thought so?",
        "In Phase II, 67% (95% CI 1.2-3.4) didn't improve.",
    ]
    script = (
        "import sys, spacy\nfrom evidencelint import nlp\ntexts = sys.argv[1:]\n"
        "ours = [[token.pos for token in tokens] for tokens in nlp.parse([*texts, *texts])]\n"
        "assert nlp._speech().by_word\n"
        "name = next(each for each in nlp._MODELS if nlp.find_spec(each))\n"
        "plain = [[token.pos_ for token in spacy.load(name)(text)] for text in texts]\n"
        "assert ours == [*plain, *plain], (ours, plain)\n"
    )
    command = [sys.executable, "-c", script, *texts]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
