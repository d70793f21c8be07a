"""Pages of forms: writing, reading, sharing, needs, questions."""
