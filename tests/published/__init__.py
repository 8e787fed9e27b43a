"""What others publish, beside what the edition holds."""
