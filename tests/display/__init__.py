"""What is shown: texts and calendars."""
