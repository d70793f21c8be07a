"""The benchmark as a tool of a partnership. It is optional: a pair that agrees on what it wants does without (B7)."""

from django.utils.translation import gettext_lazy as _

from programmes.partnerships.tools import Tool

BENCHMARK = Tool(
    "benchmark",
    _("Benchmark"),
    _("Key factors of the theme as a menu: the cities look at themselves and choose the few things to work on."),
)
TOOLS = (BENCHMARK,)
