from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from evidencelint.errors import FactBaseError
from evidencelint.sources.text import Block, read_blocks, read_source_text


def blocks(path: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(block.kind, block.text, block.headings) for block in read_blocks(path)]


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# Title\n\nIn **one** trial [@lee2021],\n67% [recovered](x).\n\n## Part\n\n- One.\n", encoding="utf-8"
    )
    assert blocks(path) == [
        ("heading", "Title", ()),
        ("prose", "In one trial, 67% recovered.", ("Title",)),
        ("heading", "Part", ("Title",)),
        ("prose", "One.", ("Title", "Part")),
    ]
    assert read_source_text(path).startswith("# Title")


def test_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Results\n\nIn one trial,\n67% recovered.\n\nA longer line that ends here.\n", encoding="utf-8")
    assert blocks(path) == [
        ("heading", "Results", ("Results",)),
        ("prose", "In one trial, 67% recovered.", ("Results",)),
        ("prose", "A longer line that ends here.", ("Results",)),
    ]


def test_html_without_the_furniture(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<nav><p>Home</p></nav><h1>Title</h1><script>x()</script><h2>Results</h2>"
        "<p>In <b>one</b> trial, 67%&nbsp;recovered.</p><ul><li><p>One.</p></li><li>Two.</li></ul>"
        "<h2>End</h2><footer>x</footer>",
        encoding="utf-8",
    )
    assert blocks(path) == [
        ("heading", "Title", ("Title",)),
        ("heading", "Results", ("Title", "Results")),
        ("prose", "In one trial, 67% recovered.", ("Title", "Results")),
        ("prose", "One.", ("Title", "Results")),
        ("prose", "Two.", ("Title", "Results")),
        ("heading", "End", ("Title", "End")),
    ]
    assert "In one trial, 67% recovered." in read_source_text(path)


def test_docx(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_heading("Title", 0)
    document.add_heading("Results", 1)
    document.add_paragraph("In one trial, ").add_run("67%").bold = True
    document.save(str(path))
    assert blocks(path) == [
        ("heading", "Title", ("Title",)),
        ("heading", "Results", ("Title", "Results")),
        ("prose", "In one trial, 67%", ("Title", "Results")),
    ]


def pdf(pages: list[list[str]]) -> bytes:
    """Write the plainest PDF there is: lines of text, one below the other."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        text = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 50 750 Td {text} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        content = len(objects)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {content} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010} 00000 n \n".encode() for place in places)
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def test_pdf_without_running_heads_and_broken_words(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page = [
        "Journal of Tea, page 1",
        "Results",
        "In one trial of the new treat-",
        "ment, 67% of the people recovered.",
        "1",
    ]
    path.write_bytes(
        pdf(
            [
                page,
                ["Journal of Tea, page 2", "No one died in the trial at all.", "2"],
                ["Journal of Tea, page 3", "End.", "3"],
            ]
        )
    )
    assert list(read_blocks(path)) == [
        Block("heading", "Results", ("Results",), 1),
        Block("prose", "In one trial of the new treatment, 67% of the people recovered.", ("Results",), 1),
        Block("prose", "No one died in the trial at all.", (), 2),
        Block("prose", "End.", (), 3),
    ]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"no pdf", "cannot be read as PDF"),
        ("a.pdf", pdf([[]]), "holds no text; a scan has to go through text recognition first"),
        ("a.docx", b"no zip", "is no DOCX file"),
        ("a.txt", b"\xff\xfe", "is not UTF-8 text"),
        ("none.html", None, "no such source; check the path"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(FactBaseError, match=message):
        read_blocks(path)


def test_a_missing_reader_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>x</p>", encoding="utf-8")
    monkeypatch.setitem(__import__("sys").modules, "bs4", None)
    with pytest.raises(FactBaseError, match=r"pip install 'evidencelint\[harvest\]'"):
        read_blocks(path)


def test_tables_are_read_row_by_row_in_every_kind_of_source(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("| Group | n |\n| --- | --- |\n| *Oysters* | 11 |\n| | 2 |\n", encoding="utf-8")
    (tmp_path / "a.html").write_text(
        "<table><tr><th>Group<th>n</tr><tr><td><p>Oysters</p><td>11</tr><tr><td><td>2</tr></table>", encoding="utf-8"
    )
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(table.rows, (("Group", "n"), ("Oysters", "11"), ("", "2")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))
    for name in ("a.md", "a.html", "a.docx"):
        rows = [block for block in read_blocks(tmp_path / name) if block.cells]
        assert [(row.text, row.cells, row.heads) for row in rows] == [
            ("Oysters | 11", ("Oysters", "11"), ("Group", "n")),
            ("2", ("2",), ("n",)),
        ]
