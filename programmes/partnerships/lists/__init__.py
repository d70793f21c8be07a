"""A list of who takes part, pasted or sent as a file: read, checked by cell, and told before anything is stored."""
