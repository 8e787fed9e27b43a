"""
How the rows of an edition become values, field by field; what a row says wrongly is refused.

``rows`` reads one row strictly; the others say what each table's rows are made of.
It imports the row values beside it and what lies below the knowledge.
"""
