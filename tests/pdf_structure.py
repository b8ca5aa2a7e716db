"""What a PDF says of itself, read by pikepdf: tags, headings, alternative texts, bookmarks. veraPDF is not run."""

import io
from collections import Counter
from dataclasses import dataclass

import pikepdf


@dataclass
class Structure:
    """`faults` is empty where everything is as PDF/UA-1 asks, as far as these checks go."""

    language: str
    title: str
    pages: int
    tags: Counter
    headings: list[int]  # levels in their order
    alternatives: list[str]  # of all figures, empty where one has none
    bookmarks: list[str]  # of the first level
    faults: list[str]


def structure_of(pdf: bytes) -> Structure:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        nodes = [*elements(root.StructTreeRoot)]
        tags = Counter(str(one.S).lstrip("/") for one in nodes)
        levels = [int(str(one.S)[2:]) for one in nodes if str(one.S)[1] == "H" and str(one.S)[2:].isdigit()]
        alternatives = [str(one.get("/Alt", "")) for one in nodes if str(one.S) == "/Figure"]
        with document.open_metadata() as about:
            is_ua, title = about.get("pdfuaid:part") == "1", about.get("dc:title", "")
        with document.open_outline() as outline:
            bookmarks = [one.title for one in outline.root]
        faults = [
            *([] if is_ua else ["says not that it is PDF/UA-1"]),
            *([] if bool(root.MarkInfo.Marked) else ["is not marked"]),
            *(
                []
                if bool(root.ViewerPreferences.DisplayDocTitle)
                else ["shows its file name in place of its title"]
            ),
            *([] if title else ["has no title"]),
            *([f"skips from {a} to {b}" for a, b in zip([0, *levels], levels, strict=False) if b > a + 1]),
            *(["has a figure without alternative text"] if "" in alternatives else []),
            *(
                f"a {one.S} is no child of a row"
                for one in nodes
                if str(one.S) in ("/TH", "/TD") and str(one.P.S) != "/TR"
            ),
            *_tables_without_heads(nodes),
            *(
                ["has a page without order of tabs"]
                if any(page.get("/Tabs") != "/S" for page in document.pages if "/Annots" in page)
                else []
            ),
        ]
        return Structure(
            str(root.Lang), title, len(document.pages), tags, levels, alternatives, bookmarks, faults
        )


def elements(node):
    """Every structure element below `node`, in the order of reading."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def _tables_without_heads(nodes) -> list[str]:
    tables = [one for one in nodes if str(one.S) == "/Table"]
    return [
        "has a table without heads" for one in tables if not any(str(kid.S) == "/TH" for kid in elements(one))
    ]
