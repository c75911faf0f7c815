"""How a claim meets its fact: an index of facts, comparison of values and slots, and the decision."""
