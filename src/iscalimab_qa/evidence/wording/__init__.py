"""The words of a text: clauses, what they affirm or deny, which of them any text may use."""
