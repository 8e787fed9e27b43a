"""
The values: what everybody passes around, one noun a module.

Codes, needle lengths, findings, assessments, courses, answers, events, next steps.
They import the ground floor and each other, downwards; nothing here decides anything.
"""
