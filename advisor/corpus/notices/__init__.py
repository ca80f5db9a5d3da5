"""A notice (공고문) to the fields of a draft record, each with page and quote."""
