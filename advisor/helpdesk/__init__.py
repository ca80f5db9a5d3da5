"""The help desk: wording to paste, search, the queue of what was not answered, what changed."""
