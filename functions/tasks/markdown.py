"""Markdown as HTML that is safe to show, whatever was written.

Tags that somebody writes are text. What Markdown makes of the rest is let through by name once more, by a sanitizer
that reads it as browsers do. Links go to web pages and mail addresses, and tell nobody where they were followed from. A
picture would tell its server who looks at it, and when: it is a link.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

SCHEMES = {"http", "https", "mailto"}
TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "s", "code", "pre", "blockquote", "a"),
    *("ul", "ol", "li", "input", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "input": {"checked", "disabled"}, "code": {"class"}}
CHECKBOX = {"input": {"type": {"checkbox"}}}  # of a task list: shown, not to be clicked


def html(text: str) -> str:
    return sanitized(reader().render(text))


def sanitized(html: str) -> str:
    import nh3

    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values=CHECKBOX,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="nofollow noopener noreferrer",
    )


@cache
def reader() -> "MarkdownIt":
    """Imported when the first text is to be shown: this costs a cold start as much as half of the others."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.tasklists import tasklists_plugin

    made = MarkdownIt("gfm-like", {"html": False, "linkify": True, "breaks": True}).use(tasklists_plugin)
    made.add_render_rule("image", _as_link)
    return made


def _as_link(renderer: "RendererHTML", tokens: Sequence["Token"], number: int, options: Any, env: Any) -> str:
    from markdown_it.common.utils import escapeHtml

    source = str(tokens[number].attrGet("src") or "")
    alternative = renderer.renderInlineAsText(tokens[number].children, options, env)
    return f'<a href="{escapeHtml(source)}">{escapeHtml(alternative or source)}</a>'
