"""Answers and a profile to a readiness level, what holds it down, and a road map."""
