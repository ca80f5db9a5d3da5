"""Counts for policy: what is asked, where and why help is missing; small groups stay hidden."""
