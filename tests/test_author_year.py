from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.citations import prose_citations
from evidencelint.documents.markdown import read_markdown
from evidencelint.source import Source


def told(text: str) -> list[str]:
    return [citation.target for citation in prose_citations(text)]


def clear(text: str) -> list[str]:
    return [c.target for c in prose_citations(text) if c.prose is not None and c.prose.clear]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Marlow (2020) reports a fall.", ["Marlow 2020"]),
        ("It fell (Marlow et al., 2020).", ["Marlow et al. 2020"]),
        ("It fell (Marlow, Okafor, & Ruiz, 2020a).", ["Marlow and Okafor and Ruiz 2020a"]),
        ("(Marlow 2020; WHO, 2019a; Lee & Kim 2018, p. 3)", ["Marlow 2020", "WHO 2019a", "Lee and Kim 2018"]),
        ("Marlow and colleagues (2020), and her team", ["Marlow et al. 2020"]),
        ("Marlow and her colleagues (2020)", ["Marlow et al. 2020"]),
        ("He and colleagues (2018); May et al., 2017", ["He et al. 2018", "May et al. 2017"]),
        ("a 2020 review by Marlow", ["Marlow 2020"]),
        ("the 2020 narrative review by Ana Marlow and Jo van den Berg found", ["Ana Marlow and Jo van den Berg 2020"]),
        ("published in 2020 by Ana Marlow and colleagues", ["Ana Marlow et al. 2020"]),
        ("a review by Ana Marlow and colleagues, published in 2020", ["Ana Marlow et al. 2020"]),
        ("Marlow and Lee, which was first published in May 2020,", ["Marlow and Lee 2020"]),
        ("a paper by Marlow from 2020; Marlow in 2020 moved", ["Marlow 2020"]),
        ("Lantern, founded in 1987; Marlow was born in 1971; published in 2020", []),
        ("Marlow's 2020 review; Marlow’s (2020) review", ["Marlow 2020", "Marlow 2020"]),
        ("Marlow's narrative review (2020)", ["Marlow 2020"]),
        ("van der Berg and Müller-Ångström, 2018", ["van der Berg and Müller-Ångström 2018"]),
        ("De la Cruz (2017) found; O’Neil and McDonald (2018)", ["De la Cruz 2017", "O’Neil and McDonald 2018"]),
        ("Marlow, A. B., & Lee, K. (2020). Title.", ["Marlow and Lee 2020"]),
        ("Marlow AB (2020)", ["Marlow 2020"]),
        ("World Health Organization (2019)", ["World Health Organization 2019"]),
        ("(Institute for Noise, 2019)", ["Institute for Noise 2019"]),
        ("Marlow (2019, 2021a)", ["Marlow 2019", "Marlow 2021a"]),
        ("Marlow  et al . (2018b)", ["Marlow et al. 2018b"]),
        ("(ibid., p. 4); op. cit. and loc. cit.", ["", "", ""]),
        ("In May 2019 it rose; since June, 2018; Table 2020; Phase 2021", []),
        ("Of 2022 patients 2019 were men; 2,020; 2019-2020; 2019/20; $2020; 2020%", []),
        ("a 2019 trial by the team", []),
        ("It was built in 1987 by hand.", []),
    ],
)
def test_what_is_read(text: str, targets: list[str]) -> None:
    assert told(text) == targets


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Marlow (2020) reports it.", ["Marlow 2020"]),
        ("According to Marlow (2020), it fell.", ["Marlow 2020"]),
        ("The report is Marlow (2020).", []),
        ("(Marlow, 2020)", ["Marlow 2020"]),
        ("(Marlow 2020)", []),
        ("(Marlow 2020, p. 7)", ["Marlow 2020"]),
        ("(Lee & Kim, 2018; Marlow 2020)", ["Lee and Kim 2018", "Marlow 2020"]),
        ("(London, 2012), the Paris Agreement (2015), the Care Act (2014), Oslo (2019) found", []),
        ("(PRISMA, 2020), Windows 2019 and Visual Studio 2019 reports", []),
        ("Copyright Ana Marlow and others, 2004.", []),
        ("the Marlow 2020 catalogue", []),
        ("Cochrane (2021); see Figure 2", []),
    ],
)
def test_what_is_clearly_a_citation(text: str, targets: list[str]) -> None:
    assert clear(text) == targets


def test_places_are_those_of_the_text() -> None:
    text = "It fell (see Lee and van der Berg, 2019b)."
    (citation,) = prose_citations(text, 100)
    assert citation.prose is not None
    assert text[citation.span.start - 100 : citation.span.end - 100] == "Lee and van der Berg, 2019b"
    assert text[citation.prose.place.start - 100 : citation.prose.place.end - 100] == "2019"
    assert [text[span.start - 100 : span.end - 100] for _, span in citation.prose.names] == ["Lee", "van der Berg"]
    assert not citation.narrative
    assert next(prose_citations("Lee (2019) found")).narrative


def test_emphasis_line_ends_and_code_in_markdown() -> None:
    text = (
        "It fell (Marlow *et al*.,\n2020). `Lee (2019)` and [Lee (2018)](https://x.example/2018) and <b>Kim</b> (2017)."
    )
    document = read_markdown(Source("x.md", text))
    assert [c.target for c in document.citations if c.kind == "prose"] == ["Marlow et al. 2020", "Lee 2018", "Kim 2017"]


PIECES = ["Smith ", "(2020)", " et al.", ", ", "& ", "and ", "2019a", "; ", "colleagues ", "van ", "J. ", "WHO ", "’s "]


@given(st.lists(st.sampled_from([*PIECES, "a 2020 review by ", "(", ")", "ibid. ", " "]), max_size=20).map("".join))
def test_spans_stay_inside_the_text(text: str) -> None:
    for citation in prose_citations(text):
        assert 0 <= citation.span.start < citation.span.end <= len(text)
        if citation.prose is not None:
            place = citation.prose.place
            assert text[place.start : place.end] == str(citation.prose.year)
            assert all(0 <= span.start < span.end <= len(text) for _, span in citation.prose.names)


@pytest.mark.parametrize(
    "unit", ["Smith ", "2020 ", "(2020; ", "van ", "and Smith ", "a 2020 review by ", "Smith 2020, "]
)
def test_reading_is_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        started = time.process_time()
        list(prose_citations(unit * (length // len(unit))))
        return time.process_time() - started

    seconds(1_000)
    assert seconds(80_000) < 12 * max(seconds(20_000), 0.005)
