from __future__ import annotations

import pytest

from evidencelint.citations import identifiers, identify
from evidencelint.citations.links import is_doi
from evidencelint.documents.markdown import read_markdown
from evidencelint.source import Source


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://doi.org/10.1000/ABC", ("doi", "10.1000/abc")),
        ("http://dx.doi.org/10.1000/a%28b%29", ("doi", "10.1000/a(b)")),
        ("doi:10.1000/abc", ("doi", "10.1000/abc")),
        ("10.1016/S0140-6736(21)00001-X", ("doi", "10.1016/s0140-6736(21)00001-x")),
        ("https://doi.org/doi:10.1000/abc", ("doi", "10.1000/abc")),
        ("https://publisher.example/doi/full/10.1000/abc?x=1", ("doi", "10.1000/abc")),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", ("pmid", "12345678")),
        ("https://www.ncbi.nlm.nih.gov/pubmed/12345678", ("pmid", "12345678")),
        ("PMID: 12345678", ("pmid", "12345678")),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/", ("pmcid", "pmc123")),
        ("https://arxiv.org/abs/2101.00001v2", ("arxiv", "2101.00001")),
        ("arXiv:2101.00001", ("arxiv", "2101.00001")),
        ("https://doi.org/10.48550/arXiv.2101.00001", ("arxiv", "2101.00001")),
        ("https://www.Example.org/a/", ("url", "example.org/a")),
        ("https://doi.org/1000/abc", ("doi", "1000/abc")),
    ],
)
def test_addresses(address: str, found: tuple[str, str]) -> None:
    assert identify(address) == found


def test_the_form_of_a_doi() -> None:
    assert is_doi("10.1000/abc")
    assert is_doi("10.1000.10/123<456>")
    for wrong in (
        "10.100/abc",
        "10.1000/",
        "10.1000/abc.",
        "1000/abc",
        "10.1000 /abc",
        "",
        "https://doi.org/10.1000/a",
    ):
        assert not is_doi(wrong)


def test_what_is_called_a_doi_but_is_none() -> None:
    text = "doi:10.55/x, DOI: 1O.1000/x, doi:10.1000/x; the DOI: see below. PMID 12345678. doi: in 2020/21"
    assert [text[span.start : span.end] for span in identifiers(text)] == [
        "PMID 12345678", "doi:10.55/x", "DOI: 1O.1000/x",
    ]  # fmt: skip


def test_links_in_markdown() -> None:
    text = (
        "[a](https://doi.org/10.1000/a) [b][r] <https://arxiv.org/abs/2101.00001> [](doi:10.1000/c) doi:10.1000/d. "
        "[local](notes.md) [here](#x) ![image](https://x.example/i.png) [mail](mailto:a@b.example)\n\n"
        "[r]: https://pubmed.ncbi.nlm.nih.gov/12345678/\n"
    )
    document = read_markdown(Source("x.md", text))
    assert [(c.kind, c.target) for c in document.citations] == [
        ("doi", "10.1000/a"),
        ("pmid", "12345678"),
        ("arxiv", "2101.00001"),
        ("doi", "10.1000/c"),
        ("doi", "10.1000/d"),
    ]
    assert all(0 <= c.span.start < c.span.end <= len(text) for c in document.citations)
