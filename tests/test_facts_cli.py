"""Commands that curate a fact base: harvest, review, search, coverage, diff, schema, export, import, init."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from evidencelint.cli.main import group
from evidencelint.curating.exchange import COLUMNS, read_csv, to_csv
from evidencelint.curating.reviewing import Review
from evidencelint.curating.search import search
from evidencelint.factbase.load import load_facts, parse_facts
from evidencelint.factbase.schema import fact_base_schema
from evidencelint.yamlio import Value, read_yaml
from tests import helmets

ROOT = Path(__file__).resolve().parents[1]
POND = ROOT / "corpus" / "school-breakfast"
SOURCE = """# Clubs

In the first year, pupils in the breakfast clubs missed 3.1 days of school, and other pupils missed 4.4 days.
The clubs may improve concentration.
"""
FACTS = """# ours
sources: [{key: lee2021, path: source.md}]
facts:
  # a
  - id: missed
    quote: In the first year, pupils in the breakfast clubs missed 3.1 days of school, and other pupils missed 4.4 days.
    status: candidate
    confidence: 0.70
  # b
  - id: concentration
    quote: The clubs may improve concentration.
    status: candidate
    confidence: 0.90
  - id: old
    quote: The clubs cost €2 a day.
    status: gone
  - id: new
    quote: The clubs may improve attention.
    status: changed
    now: The clubs may improve concentration.
"""


def run(folder: Path, *arguments: str, keys: str = "", editor: str = "true") -> subprocess.CompletedProcess[str]:
    return helmets.run(folder, *arguments, stdin=keys, NO_COLOR="1", EDITOR=editor, VISUAL=editor)


def project(folder: Path, facts: str = FACTS) -> Path:
    (folder / "source.md").write_text(SOURCE, encoding="utf-8")
    (folder / "facts.yaml").write_text(facts, encoding="utf-8")
    return folder / "facts.yaml"


def test_a_review_decides_one_by_one_and_can_be_taken_up_again(tmp_path: Path) -> None:
    path = project(tmp_path)
    walk = Review(path)
    # what has changed comes first, then the surest
    assert list(walk.queue) == ["old", "new", "concentration", "missed"]
    walk.drop()
    assert walk.now == "The clubs may improve concentration."
    walk.keep()
    walk.skip()
    walk.keep()
    assert walk.current is None
    again = Review(path)
    assert list(again.queue) == ["concentration"]
    assert path.read_text(encoding="utf-8") == (
        FACTS.replace("    status: candidate\n    confidence: 0.70\n", "")
        .replace("  - id: old\n    quote: The clubs cost €2 a day.\n    status: gone\n", "")
        .replace(
            "improve attention.\n    status: changed\n    now: The clubs may improve concentration.",
            "improve concentration.",
        )
        + "\n# looked at and left out; harvesting does not offer them again\ndropped:\n  - The clubs cost €2 a day.\n"
    )


def test_every_decision_can_be_taken_back(tmp_path: Path) -> None:
    path = project(tmp_path)
    walk = Review(path, by_confidence=False)
    assert not walk.undo()
    walk.keep()
    walk.drop()
    walk.skip()
    walk.drop()
    for _ in range(4):
        assert walk.undo()
    assert path.read_text(encoding="utf-8") == FACTS
    assert walk.current is not None
    assert walk.current.id == "missed"


def test_two_facts_are_dropped_into_one_list(tmp_path: Path) -> None:
    path = project(tmp_path)
    walk = Review(path)
    for _ in range(4):
        walk.drop()
    base = load_facts(path)
    assert (base.facts, len(base.dropped)) == ((), 4)


def test_keys_are_read_from_a_pipe(tmp_path: Path) -> None:
    path = project(tmp_path)
    done = run(tmp_path, "facts", "review", keys="d\nuxkk?q")
    assert done.returncode == 0, done.stderr
    assert "[1/4] old  gone" in done.stdout
    assert "[3/4] concentration  candidate  0.90" in done.stdout
    assert "now: “The clubs may improve concentration.”" in done.stdout
    assert "k keep   d drop" in done.stdout
    assert done.stdout.endswith("facts.yaml: 2 facts kept, 2 left to review\n")
    assert "status: gone" not in path.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell line")
def test_a_fact_is_edited_and_what_fails_changes_nothing(tmp_path: Path) -> None:
    path = project(tmp_path)
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\nsed -i 's/^at:.*//; s/^status: gone/note: seen/' \"$1\"\n", encoding="utf-8")
    script.chmod(0o755)
    done = run(tmp_path, "facts", "review", keys="eq", editor=str(script))
    assert done.returncode == 0, done.stderr
    assert "  - id: old\n    quote: The clubs cost €2 a day.\n    note: seen\n" in path.read_text(encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    script.write_text("#!/bin/sh\necho 'whne: x' >> \"$1\"\n", encoding="utf-8")
    done = run(tmp_path, "facts", "review", keys="eq", editor=str(script))
    assert "not changed: " in done.stdout
    assert "did you mean when?" in done.stdout
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("3.1 days", ["missed"]),
        ("about 4.4 days", ["missed"]),
        ("99 days", []),
        ("concentraton", ["concentration"]),
        ("clubs concentration", ["concentration"]),
        ("missed", ["missed"]),
        ("zebra", []),
    ],
)
def test_search(query: str, ids: list[str]) -> None:
    base = parse_facts("\n".join(FACTS.splitlines()[:13]), "facts.yaml", None)
    assert [found.fact.id for found in search(base, query)] == ids


def test_search_by_concept() -> None:
    base = load_facts(POND / "facts.yaml")
    found = search(base, "attendance secondary schools")
    assert found[0].why == "measure attendance, population secondary"
    assert {item.fact.id for item in search(base, "lateness")} == {f.fact.id for f in search(base, "tardiness")}


def test_searching_in_vain_ends_with_one(tmp_path: Path) -> None:
    project(tmp_path)
    assert run(tmp_path, "facts", "search", "67%").returncode == 1
    done = run(tmp_path, "facts", "search", "3.1", "days", "--output-format", "json")
    assert [item["id"] for item in json.loads(done.stdout)] == ["missed"]
    done = run(tmp_path, "facts", "list", "--status", "gone")
    assert done.stdout == "old: The clubs cost €2 a day.\n"


def test_coverage(tmp_path: Path) -> None:
    project(tmp_path, "\n".join(FACTS.splitlines()[:8]))
    (tmp_path / "a.md").write_text(
        "In the first year, pupils in the breakfast clubs missed 3.1 days of school.", encoding="utf-8"
    )
    done = run(tmp_path, "facts", "coverage")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "lee2021: no fact: “The clubs may improve concentration.” (Clubs)\n"
        "1 of 1 fact used in 1 document; 1 of 2 statements held\n"
    )
    data = json.loads(run(tmp_path, "facts", "coverage", "--output-format", "json").stdout)
    assert data["facts"] == [{"id": "missed", "used": 1}]
    assert [gap["quote"] for gap in data["gaps"]] == ["The clubs may improve concentration."]


def test_diff_says_which_lines_become_wrong(tmp_path: Path) -> None:
    path = project(tmp_path, "\n".join(FACTS.splitlines()[:6]) + "\n")
    (tmp_path / "old.yaml").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("3.1 days", "7.2 days"), encoding="utf-8")
    (tmp_path / "a.md").write_text("\nPupils in the breakfast clubs missed 3.1 days of school.\n", encoding="utf-8")
    done = run(tmp_path, "facts", "diff", "old.yaml", "facts.yaml")
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "changed: missed"
    assert lines[1].startswith("  quote: “In the first year, pupils in the breakfast clubs missed 3.1 days")
    assert lines[2].startswith("a.md:2:38: becomes wrong: EL101 value-mismatch: ")
    assert lines[3] == "1 change of facts; 1 line more wrong, 0 settled in 1 document"
    back = run(tmp_path, "facts", "diff", "facts.yaml", "old.yaml", "--output-format", "json")
    assert back.returncode == 0
    assert [item["code"] for item in json.loads(back.stdout)["settled"]] == ["EL101"]


def plain(value: Value) -> object:
    if isinstance(value.data, dict):
        return {key: plain(inner) for key, inner in value.data.items()}
    if isinstance(value.data, tuple):
        return [plain(inner) for inner in value.data]
    text = value.data
    number = value.key.endswith((".confidence", "version"))
    return float(text) if number else text


@pytest.mark.parametrize("path", sorted(ROOT.glob("corpus/*/facts.yaml")), ids=lambda path: path.parent.name)
def test_the_schema_fits_the_fact_bases(path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(fact_base_schema())
    root = read_yaml(path.read_text(encoding="utf-8"), str(path), ValueError)  # type: ignore[arg-type]
    jsonschema.validate(plain(root), fact_base_schema())


@pytest.mark.parametrize("line", ["factz: []", "facts: [{id: A b, quote: x}]", "facts: [{id: a}]", "contrasts: [[a]]"])
def test_the_schema_refuses_what_the_loader_refuses(line: str) -> None:
    root = read_yaml(f"sources: [{{key: a}}]\n{line}\n", "f.yaml", ValueError)  # type: ignore[arg-type]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(root), fact_base_schema())


def test_a_modeline_names_the_schema_once(tmp_path: Path) -> None:
    path = project(tmp_path)
    for _ in range(2):
        assert run(tmp_path, "facts", "schema", "--modeline", "facts.yaml").returncode == 0
    assert path.read_text(encoding="utf-8") == f"# yaml-language-server: $schema=facts.schema.json\n{FACTS}"
    assert json.loads((tmp_path / "facts.schema.json").read_text(encoding="utf-8")) == fact_base_schema()
    assert json.loads(run(tmp_path, "facts", "schema").stdout) == fact_base_schema()


def test_facts_go_to_a_spreadsheet_and_back(tmp_path: Path) -> None:
    for name in ("facts.yaml", "source.md", "references.json"):
        (tmp_path / name).write_bytes((POND / name).read_bytes())
    before = load_facts(tmp_path / "facts.yaml")
    assert run(tmp_path, "facts", "export", "-o", "t.csv").returncode == 0
    text = (tmp_path / "facts.yaml").read_text(encoding="utf-8")
    head = text[: text.index("\nfacts:")]
    (tmp_path / "facts.yaml").write_text(f"{head}\nfacts: []\n", encoding="utf-8")
    done = run(tmp_path, "facts", "import", "t.csv")
    assert done.stdout == f"facts.yaml: {len(before.facts)} added, 0 changed\n", done.stderr
    after = load_facts(tmp_path / "facts.yaml")
    assert to_csv(after) == to_csv(before)


def test_import_changes_known_facts_only_when_told(tmp_path: Path) -> None:
    path = project(tmp_path)
    table = tmp_path / "t.csv"
    table.write_text(
        "id,quote,note,population\nmissed,,seen,children\nmore,The clubs may improve concentration.,,\n",
        encoding="utf-8",
    )
    assert "add --update to change it" in run(tmp_path, "facts", "import", "t.csv").stderr
    assert path.read_text(encoding="utf-8") == FACTS
    done = run(tmp_path, "facts", "import", "t.csv", "--update")
    assert done.stdout == "facts.yaml: 1 added, 1 changed\n", done.stderr
    fact = load_facts(path).facts[0]
    assert (fact.note, fact.slots) == ("seen", {"population": frozenset({"children"})})
    table.write_text("id,quote\nBad id,x\n", encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    done = run(tmp_path, "facts", "import", "t.csv")
    assert (done.returncode, path.read_text(encoding="utf-8")) == (2, kept)
    assert "nothing was imported" in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,quoet\n", "t.csv:1:1: unknown column 'quoet'; did you mean quote?"),
        ("id\n", "t.csv:1:1: the column quote is missing"),
        ("id,quote\na\n", "t.csv:2:1: the row has 1 cells, the head 2"),
        ('id,quote\na,"b\n', "t.csv:2:1: is no valid CSV: unexpected end of data"),
    ],
)
def test_a_table_that_does_not_fit(tmp_path: Path, text: str, message: str) -> None:
    project(tmp_path)
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    done = run(tmp_path, "facts", "import", "t.csv")
    assert done.returncode == 2
    assert message in done.stderr


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=40
    )
)
def test_cells_survive_and_are_no_formulas(tmp_path_factory: pytest.TempPathFactory, quote: str) -> None:
    if not quote.split():
        return
    text = f"sources: [{{key: a}}]\nfacts: [{{id: a, quote: {json.dumps(quote, ensure_ascii=False)}}}]"
    base = parse_facts(text, "facts.yaml", None)
    table = to_csv(base)
    cells = list(csv.reader(io.StringIO(table)))[1]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    path = tmp_path_factory.getbasetemp() / "t.csv"
    path.write_text(table, encoding="utf-8")
    ((_, row),) = read_csv(path)
    assert " ".join(row["quote"].split()) == base.facts[0].quote
    assert tuple(row) == COLUMNS


def test_json_ld(tmp_path: Path) -> None:
    text = (
        "sources: [{key: lee2021, path: source.md}, {key: old1999}]\nfacts:\n"
        "  - {id: a, source: old1999, reported_in: lee2021, quote: The clubs may improve concentration., "
        "valid_until: 2024, superseded_by: b}\n"
        "  - {id: b, source: lee2021, quote: The clubs may improve concentration.}\n"
    )
    project(tmp_path, text)
    data = json.loads(run(tmp_path, "facts", "export", "--format", "json-ld").stdout)
    nodes = {node["@id"]: node for node in data["@graph"]}
    assert nodes["#claim-a"]["firstAppearance"] == {"@id": "#work-old1999"}
    assert nodes["#claim-a"]["appearance"] == [{"@id": "#work-lee2021"}]
    assert nodes["#review-a"]["@type"] == "ClaimReview"
    provenance = nodes["#nanopub-a"]["np:hasProvenance"]
    assert provenance["prov:wasInvalidatedBy"] == {"@id": "#claim-b"}
    assert provenance["prov:wasQuotedFrom"] == [{"@id": "#work-lee2021"}]
    assert {node["@type"] for node in nodes.values()} == {
        "ScholarlyArticle",
        "Claim",
        "ClaimReview",
        "np:Nanopublication",
    }


def test_a_harvest_is_ready_for_review_and_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "source.md").write_bytes((POND / "source.md").read_bytes())
    (tmp_path / "references.json").write_bytes((POND / "references.json").read_bytes())
    done = run(tmp_path, "facts", "harvest", "source.md")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1] == "next: evidencelint facts review"
    base = load_facts(tmp_path / "facts.yaml")
    assert [source.key for source in base.sources] == ["whitlock2023", "okafor2019"]
    assert {fact.status for fact in base.facts} == {"candidate"}
    assert run(tmp_path, "facts", "check").returncode == 0
    before = (tmp_path / "facts.yaml").read_bytes()
    done = run(tmp_path, "facts", "harvest", "source.md")
    assert done.returncode == 2
    assert "add --update" in done.stderr
    done = run(tmp_path, "facts", "harvest", "source.md", "--update")
    assert done.stdout == f"facts.yaml: 0 new, 0 changed, 0 gone, {len(base.facts)} as they were\n", done.stderr
    assert (tmp_path / "facts.yaml").read_bytes() == before
    data = json.loads(run(tmp_path, "facts", "harvest", "source.md", "--output-format", "json").stdout)
    assert [c["id"] for c in data["candidates"]] == [fact.id for fact in base.facts]


def test_init_is_green_at_once_and_touches_nothing(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = run(tmp_path, "init")
    assert done.returncode == 0, done.stderr
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {
        *("facts.yaml", "evidence/source.md", "evidence/references.json", "evidence/example.md"),
        *("evidencelint.yaml", ".pre-commit-config.yaml"),
    }
    done = run(tmp_path, "check", "evidence/example.md", "--fail-on", "info")
    assert done.returncode == 0, done.stdout
    assert "2 supported" in done.stdout
    assert run(tmp_path, "facts", "check").stdout == "facts.yaml: 3 facts, 0 problems\n"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run(tmp_path, "init").returncode == 0
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_init_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / "evidence").mkdir()
    project(tmp_path / "evidence")
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")
    done = run(tmp_path, "init")
    assert "kept evidence/facts.yaml" in done.stdout
    assert "      - id: evidencelint\n" in done.stdout
    config = (tmp_path / "evidencelint.yaml").read_text(encoding="utf-8")
    assert "paths: [docs]\nfacts: evidence/facts.yaml\n" in config
    assert not (tmp_path / "facts.yaml").exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_diff_of_revisions(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    path = project(folder, "\n".join(FACTS.splitlines()[:6]) + "\n")
    helmets.git(tmp_path, "init", "-q", "-b", "main")
    helmets.git(tmp_path, "add", "-A")
    helmets.git(tmp_path, "commit", "-qm", "x")
    path.write_text(path.read_text(encoding="utf-8").replace("3.1 days", "7.2 days"), encoding="utf-8")
    (folder / "source.md").write_text(SOURCE.replace("3.1 days", "7.2 days"), encoding="utf-8")
    (tmp_path / "a.md").write_text("Pupils in the breakfast clubs missed 3.1 days of school.\n", encoding="utf-8")
    outcomes = [
        run(folder, "facts", "diff", *arguments, "..")
        for arguments in (
            ("HEAD", "facts.yaml"),
            ("main:evidence/facts.yaml", "facts.yaml"),
            ("main:./facts.yaml", "facts.yaml"),
        )
    ]
    assert [(done.returncode, done.stderr) for done in outcomes] == [(1, "")] * 3
    assert len({done.stdout for done in outcomes}) == 1
    lines = outcomes[0].stdout.splitlines()
    assert lines[0] == "changed: missed"
    assert lines[2].startswith("../a.md:1:38: becomes wrong: EL101 value-mismatch: says 3.1 days")
    assert lines[3] == "1 change of facts; 1 line more wrong, 0 settled in 1 document"
    helmets.git(tmp_path, "commit", "-qam", "y")
    back = run(tmp_path, "facts", "diff", "main:evidence/facts.yaml", "main~1:evidence/facts.yaml", "a.md")
    assert (back.returncode, back.stdout.splitlines()[2][:19]) == (0, "a.md:1:38: is settl")
    alone = run(folder, "facts", "diff", "main~1")
    assert alone.stdout.startswith("changed: missed\n")
    for named, message in (
        ("mian", "mian: no such file, and no revision of a repository: mian: git knows no such revision"),
        ("main:facts.yaml", "main:facts.yaml:1:1: no such fact base"),
    ):
        done = run(folder, "facts", "diff", named, "facts.yaml")
        assert done.returncode == 2
        assert message in done.stderr


def test_concepts_are_listed_with_the_facts_that_speak_of_them(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(helmets.FACTS, encoding="utf-8")
    listed = CliRunner().invoke(group, ["facts", "list", str(path), "--concepts"], catch_exceptions=False)
    own = [line for line in listed.stdout.splitlines() if "[built in" not in line]
    assert own == [
        "arm helmets [1 fact]: bicycle helmets, helmets",
        "measure injury [1 fact]: head injury, head injuries, injury",
    ]
    told = CliRunner().invoke(
        group, ["facts", "list", str(path), "--concepts", "--output-format", "json"], catch_exceptions=False
    )
    data = json.loads(told.stdout)
    assert [row for row in data if not row["built_in"]] == [
        {
            "slot": "arm",
            "id": "helmets",
            "names": ["bicycle helmets", "helmets"],
            "is_a": [],
            "built_in": False,
            "facts": 1,
        },
        {
            "slot": "measure",
            "id": "injury",
            "names": ["head injury", "head injuries", "injury"],
            "is_a": [],
            "built_in": False,
            "facts": 1,
        },
    ]


def test_facts_are_listed_by_status_and_as_data(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(helmets.FACTS + "  - {id: draft, quote: Helmets are worn., status: candidate}\n", encoding="utf-8")
    listed = CliRunner().invoke(group, ["facts", "list", str(path), "--status", "candidate"], catch_exceptions=False)
    assert listed.stdout == "draft: Helmets are worn.\n"
    told = CliRunner().invoke(group, ["facts", "list", str(path), "--output-format", "json"], catch_exceptions=False)
    assert [(row["id"], row["quote"]) for row in json.loads(told.stdout)] == [
        ("injuries", "Bicycle helmets lowered the risk of head injury by 48%."),
        ("draft", "Helmets are worn."),
    ]
