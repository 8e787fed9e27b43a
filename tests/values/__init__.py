"""The values, one by one: what they take, what they refuse, how they compare."""
