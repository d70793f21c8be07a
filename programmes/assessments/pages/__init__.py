"""What the pages of a form show, put together in a fixed number of queries; templates only lay it out."""
