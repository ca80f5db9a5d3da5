"""A profile to solutions, experts, funding."""
