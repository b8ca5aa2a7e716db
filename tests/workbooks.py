"""Small workbooks made by hand, to hold what no library would write: XLSX and ODS from the XML of their cells."""

import zipfile

OFFICE, TABLE, TEXT, STYLE = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style")
)
_SPACES = f'xmlns:o="{OFFICE}" xmlns:t="{TABLE}" xmlns:x="{TEXT}" xmlns:s="{STYLE}"'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_ods(path, *tables: str, styles: str = "") -> None:
    """`tables`: XML of each `t:table`; prefixes o(ffice), t(able), x (text), s(tyle)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", f"<o:d {_SPACES}>{styles}{''.join(tables)}</o:d>")


def ods_table(*rows: str, name: str = "A", attributes: str = "") -> str:
    return f'<t:table t:name="{name}" {attributes}>{"".join(rows)}</t:table>'


def ods_row(*cells: str, attributes: str = "") -> str:
    """A row of cells; plain text becomes a cell of text."""
    return f"<t:table-row {attributes}>{''.join(map(ods_cell, cells))}</t:table-row>"


def ods_cell(text: str, attributes: str = "") -> str:
    if text.startswith("<"):
        return text
    return f'<t:table-cell o:value-type="string" {attributes}><x:p>{text}</x:p></t:table-cell>'


def write_xlsx(
    path, rows: str, *, behind: str = "", strings: str = "", styles: str = "", book: str = ""
) -> None:
    """`rows`: XML of the rows of its one sheet; `behind` stands behind them, `book` in the workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
            f"{book}</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )
        if strings:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
        if styles:
            archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>')
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)


def xlsx_row(number: int, *cells: str, attributes: str = "") -> str:
    """A row of cells; plain text becomes a cell of text, `{number}` and the like stay as they are."""
    return f'<row r="{number}" {attributes}>{"".join(map(xlsx_cell, cells))}</row>'


def xlsx_cell(text: str) -> str:
    return (
        text if text.startswith("<") else f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )
