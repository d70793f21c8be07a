"""The sweeps walk the table of who may what, as somebody whom it lets in."""

from tests.permissions.conftest import visitors

__all__ = ["visitors"]
