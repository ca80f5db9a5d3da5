"""Consultants and their client companies: what they see, write, prepare and hand over."""
