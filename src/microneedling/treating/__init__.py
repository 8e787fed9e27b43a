"""
The course in time: dates, the ledger, what comes next, care, and what to do about side effects.

Pure, like the decision: every day is given.
It imports the decision and what lies below it.
"""
