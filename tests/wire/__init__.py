"""Documents in and out, right, hostile and changed at random."""
