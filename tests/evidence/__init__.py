"""What was read in the sources and in the first reading of the advice, as data."""
