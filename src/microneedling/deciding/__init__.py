"""
The decision: from an assessment and an edition to a recommendation, each step a module.

Screening, matching, assembling, recommending, in this order; pure.
They import the knowledge and what lies below it, and know no file and no clock.
"""
