"""How many questions a page may ask the database; `bench` measures with the same numbers."""

MOST = 15
PLACE = 4
"""What a page inside a partnership asks for its stages and tabs."""
HOME = 23
"""The first page of a partnership asks every app."""
