"""The text of a source, whatever kind of file it is, and whether a quote stands in it."""
