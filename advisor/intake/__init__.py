"""The user's words to a question and a profile."""
