"""From sentences to what they are and how they can be tested; what any word means stands in the lexicon."""
