"""What assistive technology is told: the browser's own accessibility tree."""

import re

CONTROLS = {
    "link", "button", "textbox", "searchbox", "checkbox", "radio", "combobox", "listbox", "menuitem", "tab", "slider",
    "spinbutton", "switch", "DisclosureTriangle", "dialog", "figure", "img", "image", "form", "region", "table",
}  # fmt: skip
NAMELESS = {"form", "table", "figure"}  # may go without a name


def unnamed(page) -> list[str]:
    """Nodes that somebody works with, or that stand for a picture or a part, of which the tree has no name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        f"{role} without a name (node {node['backendDOMNodeId']})"
        for node in nodes
        if not node.get("ignored")
        and (role := node["role"]["value"]) in CONTROLS - NAMELESS
        and not node.get("name", {}).get("value", "").strip()
    ]


# What makes up a page whatever stands in the registry: its parts, its heads, what can be done.
_KEPT = {
    "banner", "navigation", "main", "contentinfo", "search", "region", "form", "group", "heading", "button", "textbox",
    "searchbox", "combobox", "checkbox", "radio", "spinbutton", "table", "columnheader", "dialog",
}  # fmt: skip
_LINE = re.compile(r'^ *- (?P<role>\w+)(?: "(?P<name>.*?)")?(?P<state>(?: \[[^\]]+\])*):?(?: .*)?$')
MOST_NAME = 60


def outline(page) -> str:
    """Parts, headings and controls as a browser tells them, numbers as 0; texts and entries are left out."""
    lines = []
    for line in page.locator("body").aria_snapshot().splitlines():
        found = _LINE.match(line.replace("'", ""))
        if found and found["role"] in _KEPT:
            name = re.sub(r"\d+(?:[.,]\d+)*", "0", found["name"] or "")[:MOST_NAME]
            lines.append(f"{found['role']} {name}{found['state']}".rstrip())
    return "\n".join(lines) + "\n"
