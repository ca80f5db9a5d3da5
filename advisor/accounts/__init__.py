"""People and what they may do: accounts, sessions, one policy table, sharing, audit, switch."""
