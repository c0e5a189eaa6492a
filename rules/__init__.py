"""The catalogue: one file a rule, named after the bad pattern."""
