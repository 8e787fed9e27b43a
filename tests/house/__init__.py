"""The house: where a line lives, what may import what, and what its face shows."""
