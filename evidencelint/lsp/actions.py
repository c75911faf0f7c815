"""What an editor offers to do about findings: fixes, fixes for all of a document, and leaving one alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from evidencelint.diagnostics import Diagnostic, Fix, Span
from evidencelint.lsp.view import TOOL, View
from evidencelint.policy.suppress import insertion

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{TOOL}"
KINDS = (types.CodeActionKind.QuickFix.value, FIX_ALL)
_LONGEST_SHOWN = 60


def code_actions(
    view: View, selection: Span, only: Sequence[str] | None, *, versioned: bool
) -> Iterator[types.CodeAction]:
    """Yield the actions of the kinds asked for, the surest first; ``versioned`` says how the client takes edits."""
    if view.checked is None:
        return
    found = view.findings_in(selection)
    if _asked(types.CodeActionKind.QuickFix.value, only):
        for each in found:
            if each.fix is not None:
                yield _fix(view, each, each.fix, versioned=versioned)
        for each in found:
            action = _suppress(view, each, versioned=versioned)
            if action is not None:
                yield action
    fixes = _safe_fixes(view.checked.report.diagnostics)
    if fixes and _asked(FIX_ALL, only):
        yield types.CodeAction(
            title=f"Fix all that evidencelint can fix safely ({len(fixes)})",
            kind=FIX_ALL,
            edit=_edit(view, fixes, versioned=versioned),
        )


def _asked(kind: str, only: Sequence[str] | None) -> bool:
    """Tell whether a kind was asked for: kinds are hierarchical, and none named means all."""
    return only is None or any(not wanted or kind == wanted or kind.startswith(f"{wanted}.") for wanted in only)


def _fix(view: View, found: Diagnostic, fix: Fix, *, versioned: bool) -> types.CodeAction:
    old = view.places.source.slice(fix.span)
    unsure = "" if fix.safe else " (look before you take it)"
    return types.CodeAction(
        title=f"Replace “{_short(old)}” by “{_short(fix.replacement)}”{unsure}",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[view.diagnostic(found)],
        is_preferred=fix.safe or None,
        edit=_edit(view, [fix], versioned=versioned),
    )


def _suppress(view: View, found: Diagnostic, *, versioned: bool) -> types.CodeAction | None:
    place = insertion(view.places.source, found.span, found.name)
    if place is None:
        return None
    fix = Fix(Span(place.offset, place.offset), place.text, safe=True)
    return types.CodeAction(
        title=f"Ignore {found.name} here",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[view.diagnostic(found)],
        edit=_edit(view, [fix], versioned=versioned),
    )


def _safe_fixes(found: Sequence[Diagnostic]) -> list[Fix]:
    """Give the safe fixes, each place once: edits of one change must not overlap."""
    chosen: list[Fix] = []
    for fix in sorted((d.fix for d in found if d.fix is not None and d.fix.safe), key=lambda fix: fix.span):
        if not chosen or fix.span.start >= chosen[-1].span.end:
            chosen.append(fix)
    return chosen


def _edit(view: View, fixes: Sequence[Fix], *, versioned: bool) -> types.WorkspaceEdit:
    edits = [types.TextEdit(view.places.range(fix.span), fix.replacement) for fix in fixes]
    if not versioned:
        return types.WorkspaceEdit(changes={view.uri: edits})
    # with its version, an editor refuses an edit to a text that has moved on
    document = types.OptionalVersionedTextDocumentIdentifier(view.uri, view.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(edits))])


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"
