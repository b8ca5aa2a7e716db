"""A Markdown text as blocks that Typst sets: headings, paragraphs, lists, quotations, tables."""

from collections.abc import Iterator
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from clusterportal.core.markdown_text import PARSER, is_costly

Block = dict[str, Any]
Span = dict[str, Any]
_SAFE = ("http://", "https://", "mailto:")
LONGEST_ADDRESS = 2000  # characters; Typst refuses a document with one of more than 8000
DEEPEST_QUOTE = 6  # quotations within each other; Typst refuses some sixty


def blocks_of(text: str) -> list[Block]:
    """The blocks of `text`. All headings are of one level: only so can none be skipped on paper."""
    if is_costly(text):
        parts = (part.strip() for part in text.split("\n\n"))
        return [{"kind": "paragraph", "spans": [{"text": part}]} for part in parts if part]
    return [*_blocks(SyntaxTreeNode(PARSER.parse(text)).children)]


def _blocks(nodes: list[SyntaxTreeNode], quoted: int = 0) -> Iterator[Block]:
    for node in nodes:
        if node.type == "heading":
            if spans := _spans_of(node):
                yield {"kind": "heading", "spans": spans}
        elif node.type in ("bullet_list", "ordered_list"):
            items = [[*_blocks(item.children, quoted)] for item in node.children]
            yield {"kind": "list", "ordered": node.type == "ordered_list", "items": items}
        elif node.type == "blockquote" and quoted >= DEEPEST_QUOTE:
            yield from _blocks(node.children, quoted)
        elif node.type == "blockquote":
            yield {"kind": "quote", "blocks": [*_blocks(node.children, quoted + 1)]}
        elif node.type in ("fence", "code_block"):
            yield {"kind": "code", "text": node.content.rstrip()}
        elif node.type == "table":
            yield _table(node)
        elif node.type == "paragraph" and (spans := _spans_of(node)):
            yield {"kind": "paragraph", "spans": spans}


def _table(node: SyntaxTreeNode) -> Block:
    head, *bodies = node.children
    rows = [row for body in bodies for row in body.children]
    return {
        "kind": "table",
        "head": [{"spans": _spans_of(cell)} for cell in head.children[0].children],
        "rows": [[{"spans": _spans_of(cell)} for cell in row.children] for row in rows],
    }


def _spans_of(node: SyntaxTreeNode) -> list[Span]:
    return [*_spans(node.children[0].children, {})] if node.children else []


def _spans(nodes: list[SyntaxTreeNode], look: Span) -> Iterator[Span]:
    """Runs of text of one look. HTML is dropped, as on the pages; of a picture its alternative text stays."""
    for node in nodes:
        if node.type == "text":
            yield {"text": node.content, **look}
        elif node.type == "code_inline":
            yield {"text": node.content, "code": True, **look}
        elif node.type == "softbreak":
            yield {"text": " ", **look}
        elif node.type == "hardbreak":
            yield {"break": True}
        elif node.type == "strong":
            yield from _spans(node.children, look | {"strong": True})
        elif node.type == "em":
            yield from _spans(node.children, look | {"em": True})
        elif node.type == "link":
            url = str(node.attrs.get("href", ""))
            is_taken = url.startswith(_SAFE) and len(url) <= LONGEST_ADDRESS
            yield from _spans(node.children, look | ({"url": url} if is_taken else {}))
        elif node.type == "image":
            yield {"text": node.content, **look}
