"""Courses in time: schedules, ledgers, next steps, care."""
