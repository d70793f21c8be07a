"""The sweeps walk the table of who may what, as somebody whom it lets in."""

from tests.permissions.conftest import _bare, signed_in, visitors

__all__ = ["_bare", "signed_in", "visitors"]
