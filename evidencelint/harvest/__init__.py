"""From a source to a fact base that a person can curate: statements as candidate facts, and a vocabulary."""
