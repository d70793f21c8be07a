"""Templates with what is the same on every page written in once, per language: a third of their nodes are such words.

Folded are `{% translate "…" %}`, `{% static "…" %}`, and those of our own tags that say so (`folds`), where all their
arguments are written out. What is left renders as before; `{% url %}` and `{% csrf_token %}`, of which a page may have
a hundred, remember what they can.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from programmes.common.addresses import address

Tag = TypeVar("Tag", bound=Callable[..., Any])
Made = TypeVar("Made", bound=Node)


def folds(tag: Tag) -> Tag:
    """For a simple tag that knows no context and answers the same for the same arguments in one language."""
    tag.folds = True  # type: ignore[attr-defined]
    return tag


class Loader(cached.Loader):
    """Django's, which compiles a template once, here once per language. Whoever renders asks for the template in the
    language that is active then, as `render`, `{% include %}` and `{% extends %}` do."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        return f"{get_language()} {super().cache_key(template_name, skip)}"

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if not hasattr(template, "is_folded"):
            template.nodelist = folded(template.nodelist)
            template.is_folded = True  # type: ignore[attr-defined]
        return template


def folded(nodes: Iterable[Node]) -> NodeList:
    """Another list: a thread that renders the old one at the moment goes on with it."""
    made = NodeList()
    for node in nodes:
        text = _text_of(node)
        if text is None:
            _fold_inside(node)
            made.append(_quicker(node))
        elif made and isinstance(made[-1], TextNode):
            made[-1] = _placed(TextNode(made[-1].s + text), made[-1])
        else:
            made.append(_placed(TextNode(text), node))
    made.contains_nontext = any(not isinstance(node, TextNode) for node in made)
    return made


def _placed(made: Made, node: Node) -> Made:
    """Where an error in the template would be told to be."""
    made.token, made.origin = node.token, node.origin
    return made


class Address(Node):
    """`{% url "…" number word %}`, see `addresses`."""

    def __init__(self, name: str, args: list[FilterExpression]) -> None:
        self.name, self.args = name, args

    def render(self, context: Context) -> str:
        return conditional_escape(address(self.name, *(arg.resolve(context) for arg in self.args)))


class Token(CsrfTokenNode):
    """`{% csrf_token %}`, the same in all forms of one page."""

    def render(self, context: Context) -> str:
        kept: dict[Any, Any] = context.render_context.dicts[0]
        if Token not in kept:
            kept[Token] = super().render(context)
        return kept[Token]


def _quicker(node: Node) -> Node:
    if type(node) is CsrfTokenNode:
        return _placed(Token(), node)
    if type(node) is URLNode and not node.kwargs and node.asvar is None and _is_literal(node.view_name):
        return _placed(Address(node.view_name.resolve(Context()), node.args), node)
    return node


def _fold_inside(node: Node) -> None:
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList) and name in vars(node):
            setattr(node, name, folded(inner))
    if "conditions_nodelists" in vars(node):
        branches = node.conditions_nodelists  # type: ignore[attr-defined]
        node.conditions_nodelists = [(condition, folded(inner)) for condition, inner in branches]  # type: ignore[attr-defined]


def _text_of(node: Node) -> str | None:
    """What a node always renders to, None where that depends on the page."""
    if isinstance(node, TextNode):
        return node.s
    return str(node.render(Context())) if _is_constant(node) else None


def _is_constant(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        context = node.message_context
        return node.asvar is None and _is_literal(node.filter_expression) and (context is None or _is_literal(context))
    if isinstance(node, StaticNode):
        return node.varname is None and _is_literal(node.path)
    if isinstance(node, SimpleNode) and getattr(node.func, "folds", False):
        return node.target_var is None and all(map(_is_literal, [*node.args, *node.kwargs.values()]))
    return False


def _is_literal(expression: FilterExpression) -> bool:
    """Written out in the template, with no filter behind it."""
    return not expression.filters and not getattr(expression.var, "lookups", None)
