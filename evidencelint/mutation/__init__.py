"""Mutation testing of a fact base: faults planted in faithful text one at a time, and faithful re-phrasings."""
