"""The fact base: what a review says, as small records anchored by verbatim quotes, and how its files are read."""
