"""One module per kind of document; see `programmes.reports.registry`."""
