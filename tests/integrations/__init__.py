"""Frameworks: what the page says of each, run against the real library."""
