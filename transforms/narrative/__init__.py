"""The narrative of a document as claims: sentences in, one row a number or word asserted out."""
