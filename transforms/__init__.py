"""From extracted cells and sentences to facts: identity, statements, amounts, claims."""
