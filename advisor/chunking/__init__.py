"""Documents and records to the chunks that are indexed."""
