"""The figures: medians on a private PostgreSQL and Redis, one JSON line each. Run by `make bench`, never by tests."""
