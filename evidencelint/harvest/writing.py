"""Write a harvest as a fact base: short records, in the order of the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencelint.factbase.vocabulary import Concept
from evidencelint.harvest.reading import Candidate, Harvest
from evidencelint.yamledit import Plain, flow, scalar

_LONGEST_FRAME = 140
_HEAD = """\
# Harvested from {source}; nobody has looked at it yet. `evidencelint facts review` walks through the candidates:
# what is kept loses its status, what is dropped is remembered at the end. Check the vocabulary and the contrasts, too.
"""


def render(harvest: Harvest, *, key: str, path: str, title: str, bibliography: str | None) -> str:
    """Give the text of a new fact base for one source; paths count from the folder it will stand in."""
    lines = [*_HEAD.format(source=path).splitlines(), "version: 1"]
    if title.strip():
        lines.append(f"title: {scalar(' '.join(title.split()))}")
    lines += ["sources:", f"  - {flow({'key': key, 'path': path})}"]
    studies = dict.fromkeys(candidate.study for candidate in harvest.candidates if candidate.study)
    lines += [f"  - {flow({'key': study})}" for study in studies]
    if bibliography:
        lines.append(f"bibliography: {scalar(bibliography)}")
    if studies:
        lines += ["# the source tells what the studies found; a fact says `source:` where it is the finding of one"]
        lines += [f"defaults: {flow({'source': key, 'reported_in': key})}"]
    if harvest.concepts:
        lines += ["", "vocabulary:", *_vocabulary(harvest.concepts)]
    if harvest.contrasts:
        lines += ["", "# whoever is one of a set is none of its others", "contrasts:"]
        lines += [f"  - {flow(list(group))}" for group in harvest.contrasts]
    lines += ["", "facts:" if harvest.candidates else "facts: []"]
    for candidate in harvest.candidates:
        first, *rest = fact_lines(candidate)
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return "\n".join(lines) + "\n"


def _vocabulary(concepts: Sequence[Concept]) -> Iterator[str]:
    slot = ""
    for concept in concepts:
        if concept.slot != slot:
            slot = concept.slot
            yield f"  {slot}:"
        yield f"    {concept_line(concept)}"


def concept_line(concept: Concept) -> str:
    """Write a concept on one line."""
    names: Plain = list(concept.names)
    if concept.is_a:
        names = {
            "names": list(concept.names),
            "is_a": concept.is_a[0] if len(concept.is_a) == 1 else list(concept.is_a),
        }
    return f"{concept.id}: {flow(names)}"


def fact_lines(candidate: Candidate) -> list[str]:
    """Write a candidate as the lines of a block."""
    frame = candidate.frame if len(candidate.frame) <= _LONGEST_FRAME else f"{candidate.frame[:_LONGEST_FRAME]}…"
    lines = [f"id: {candidate.id}", f"quote: {scalar(candidate.quote)}"]
    if candidate.at:
        lines.append(f"at: {scalar(candidate.at)}")
    if candidate.study is not None:
        lines.append(f"source: {scalar(candidate.study)}")
    if candidate.slots:
        lines.append(f"slots: {flow(dict(candidate.slots))}")
    if candidate.figures:
        lines.append("figures:")
        lines += [f"  {scalar(text)}: {flow(dict(slots))}" for text, slots in candidate.figures.items()]
    lines += ["status: candidate", f"confidence: {candidate.confidence:.2f}" + (f"  # {frame}" if frame else "")]
    return lines
