"""What the order of words says of how far a negation reaches: contrasts, fresh starts, and phrases put first."""

from __future__ import annotations

from itertools import pairwise

from evidencelint.claims.tree import Tree


def set_against(tree: Tree, anchor: int) -> bool:
    """Tell whether "not" sets one thing against another: "sugar, not fat, raises it", "cut sales, not profits"."""
    after = tree.tokens[anchor + 1] if anchor + 1 < len(tree.tokens) else None
    if after is None or anchor == 0 or tree.tokens[anchor - 1].text not in {",", "—", "–"}:
        return False
    return after.pos in {"NOUN", "PROPN", "DET", "ADJ", "PRON", "NUM"} or after.text.lower() in {
        "by",
        "from",
        "in",
        "of",
    }


def begins_anew(tree: Tree, target: int, anchor: int) -> bool:
    """Tell whether a comma and a conjunction part a negation from what stands before them ("fell, and no one ...")."""
    between = tree.tokens[target + 1 : anchor + 1]
    return any(a.text == "," and b.text.lower() in {"and", "but", "yet", "so", "while"} for a, b in pairwise(between))


def put_first(tree: Tree, noun: int) -> bool:
    """Tell whether a negated phrase opens its clause, which turns the clause round ("at no dose did it affect ...")."""
    prep = tree.tokens[noun].head
    home = tree.predicate(noun)
    if tree.tokens[noun].dep != "pobj" or tree.tokens[prep].head != home or prep > home:
        return False
    subject = next(tree.kids(home, "nsubj", "nsubjpass"), None)
    helper = next(tree.kids(home, "aux", "auxpass"), home)
    return subject is not None and noun < helper < subject
