"""The decision: its laws, its vignettes, and that every reason is needed."""
