"""Public sources of notices: one file each, behind one door to the network."""
