"""Online: one turn, from a message to an answer."""
