"""The cue lists of ``rules/lexicon`` as phrase tables, validated when first used."""

from __future__ import annotations

from evidencelint.lexicon.certainty import CueScope, certainty_cues, cue_scope
from evidencelint.lexicon.derivations import Operation, infers, operations
from evidencelint.lexicon.gaps import asks_for_research, dissuading, gap_phrases, keeps_apart, observes, waiving
from evidencelint.lexicon.polarity import has_words, polarity_words, working_words
from evidencelint.lexicon.proofs import proof
from evidencelint.lexicon.quantifiers import QuantifierLevel, counted_nouns, nouns_apart, partial_words, quantifier_cues
from evidencelint.lexicon.ratings import rating_levels, rating_words
from evidencelint.lexicon.relations import (
    Form,
    RelationCue,
    causal_words,
    change_cues,
    comparison_cues,
    motion_cues,
    relation_cues,
    word_set,
    word_stems,
)
from evidencelint.lexicon.senses import (
    Opposite,
    denied_after,
    opposite_words,
    opposites,
    synonym_groups,
    synonym_words,
    weak_senses,
)
from evidencelint.lexicon.settings import Setting, seen_or_ever, study_settings
from evidencelint.lexicon.stances import head_words, stance_marks, stance_words
from evidencelint.lexicon.telling import others_say, tellings, tells_of_evidence
from evidencelint.lexicon.wordlists import (
    arithmetic_words,
    boundary_cues,
    clause_openers,
    effect_nouns,
    exhaustive_pairs,
    faring_words,
    first_person,
    kinds_of_people,
    own_matter,
    people_roles,
    reach_words,
    sequence_cues,
    source_nouns,
    stop_stems,
    study_designs,
    whole_words,
)

__all__ = [
    "CueScope",
    "Form",
    "Operation",
    "Opposite",
    "QuantifierLevel",
    "RelationCue",
    "Setting",
    "arithmetic_words",
    "asks_for_research",
    "boundary_cues",
    "causal_words",
    "certainty_cues",
    "change_cues",
    "clause_openers",
    "comparison_cues",
    "counted_nouns",
    "cue_scope",
    "denied_after",
    "dissuading",
    "effect_nouns",
    "exhaustive_pairs",
    "faring_words",
    "first_person",
    "gap_phrases",
    "has_words",
    "head_words",
    "infers",
    "keeps_apart",
    "kinds_of_people",
    "motion_cues",
    "nouns_apart",
    "observes",
    "operations",
    "opposite_words",
    "opposites",
    "others_say",
    "own_matter",
    "partial_words",
    "people_roles",
    "polarity_words",
    "proof",
    "quantifier_cues",
    "rating_levels",
    "rating_words",
    "reach_words",
    "relation_cues",
    "seen_or_ever",
    "sequence_cues",
    "source_nouns",
    "stance_marks",
    "stance_words",
    "stop_stems",
    "study_designs",
    "study_settings",
    "synonym_groups",
    "synonym_words",
    "tellings",
    "tells_of_evidence",
    "waiving",
    "weak_senses",
    "whole_words",
    "word_set",
    "word_stems",
    "working_words",
]
