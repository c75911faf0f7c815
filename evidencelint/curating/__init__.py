"""What keeps a fact base true: checks, advice, repairs, search, comparison and the walk through candidates."""
