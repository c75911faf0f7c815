"""A person's walk through what harvesting left to decide; every decision is in the file as soon as it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencelint.errors import FactBaseError
from evidencelint.factbase.facts import Fact, FactBase
from evidencelint.factbase.load import load_facts
from evidencelint.yamledit import YamlText, scalar, write_whole
from evidencelint.yamlio import read_text

_DROPPED = "\n# looked at and left out; harvesting does not offer them again\n"
_MACHINE = ("status", "confidence", "now")


@dataclass(frozen=True, slots=True)
class _Step:
    """One decision that can be taken back: the place in the queue, and the file as it was."""

    at: int
    path: str | None
    text: str


class Review:
    """The facts that wait for a decision, the surest first or in the order of the file."""

    def __init__(self, path: Path, *, by_confidence: bool = True) -> None:
        """Load a fact base; raises FactBaseError where it cannot be used."""
        self._path = path
        self.base: FactBase = load_facts(path)
        waiting = [fact for fact in self.base.facts if fact.status != "kept"]
        if by_confidence:
            waiting.sort(key=lambda fact: (fact.status == "candidate", -(fact.confidence or 0.0)))
        self.queue: Sequence[str] = tuple(fact.id for fact in waiting)
        self.at = 0
        self._done: list[_Step] = []

    @property
    def current(self) -> Fact | None:
        """Give the fact to decide on, or None where all are seen."""
        if self.at >= len(self.queue):
            return None
        return next((fact for fact in self.base.facts if fact.id == self.queue[self.at]), None)

    @property
    def now(self) -> str:
        """Give what the source says in the place of a changed fact's quote."""
        editor, index = self._place()
        return editor.value("facts", index, "now") if editor.has("facts", index, "now") else ""

    def keep(self) -> None:
        """Keep the fact; where its source has changed, with the words the source has now."""
        editor, index = self._place()
        if editor.has("facts", index, "now"):
            editor.replace(editor.value("facts", index, "now"), "facts", index, "quote")
        for key in _MACHINE:
            editor.drop(key, "facts", index)
        self._decide(editor)

    def drop(self) -> None:
        """Take the fact out, and remember its quote, so that harvesting does not offer it again."""
        editor, index = self._place()
        quote = " ".join(editor.value("facts", index, "quote").split())
        editor.remove(index, "facts")
        if editor.has("dropped") and editor.count("dropped"):
            editor.insert([scalar(quote)], editor.count("dropped") - 1, "dropped")
        elif editor.has("dropped"):
            editor.insert([scalar(quote)], -1, "dropped")
        else:
            editor.append_line(f"{_DROPPED}dropped:\n  - {scalar(quote)}")
        self._decide(editor)

    def skip(self) -> None:
        """Leave the fact undecided for now."""
        self._done.append(_Step(self.at, None, ""))
        self.at += 1

    def undo(self) -> bool:
        """Take the last decision back; tell whether there was one."""
        if not self._done:
            return False
        step = self._done.pop()
        self.at = step.at
        if step.path is not None:
            write_whole(Path(step.path), step.text)
            self.base = load_facts(self._path)
        return True

    def text(self) -> str:
        """Give the lines of the fact for an editor."""
        editor, index = self._place()
        return editor.block(index, "facts")

    def edit(self, lines: str) -> None:
        """Put edited lines in the place of the fact and keep it; raises FactBaseError, with nothing changed."""
        editor, index = self._place()
        editor.replace_block(index, lines, "facts")
        for key in _MACHINE:
            editor.drop(key, "facts", index)
        self._decide(editor)

    def _place(self) -> tuple[YamlText, int]:
        fact = self.current
        if fact is None:
            raise FactBaseError("nothing is left to decide")
        path = fact.position.path
        editor = YamlText(read_text(Path(path), "fact base", FactBaseError), path, FactBaseError)
        for index in range(editor.count("facts")):
            if editor.has("facts", index, "id") and editor.value("facts", index, "id") == fact.id:
                return editor, index
        raise FactBaseError(f"{fact.id}: the fact is written with << or an alias; edit it by hand", fact.position)

    def _decide(self, editor: YamlText) -> None:
        path = Path(editor.path)
        before = read_text(path, "fact base", FactBaseError)
        write_whole(path, editor.text)
        try:
            self.base = load_facts(self._path)
        except FactBaseError:
            write_whole(path, before)
            raise
        self._done.append(_Step(self.at, editor.path, before))
        self.at += 1
