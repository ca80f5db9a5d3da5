"""Is it any good: question sets asked through the same steps, and scored."""
