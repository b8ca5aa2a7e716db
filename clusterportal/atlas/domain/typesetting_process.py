"""The process that sets: `python -m clusterportal.atlas.domain.typesetting_process FOLDER NAME FONTS FIRST END`.

It knows no database and no settings. Sets FOLDER/NAME.typ to FOLDER/out.pdf and says so as JSON; with records from
FIRST up to END it sets each of them alone instead, and says at once what Typst refuses of it: a line for each, empty
where nothing. Where it breaks off, the line of the record is missing at which it did.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

import typst

MEMORY_BYTES = 3 << 30  # of address space
CPU_SECONDS = 240


def main(folder: Path, name: str, fonts: str, records: range) -> None:
    os.nice(5)  # people who visit the portal come first
    with suppress(ValueError, OSError):
        hard_limit = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard_limit))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    folders: list[str] = [fonts] if fonts else []
    compiler = typst.Compiler(
        input=str(folder / f"{name}.typ"),
        root=folder,
        font_paths=folders,
        ignore_system_fonts=True,
    )
    if not records:
        json.dump(_whole(compiler, folder), sys.stdout)
    for place in records:
        print(json.dumps(_refusal(compiler, place)), flush=True)


def _whole(compiler: typst.Compiler, folder: Path) -> dict:
    try:
        compiler.compile(output=folder / "out.pdf", format="pdf", pdf_standards="ua-1")
        pages = (
            json.loads(compiler.query("<pages>", field="value", one=True))
            if (folder / "out.pdf").exists()
            else 0
        )
    except typst.TypstError as error:
        return {"errors": [(error.message, error.diagnostic)], "pages": 0}
    return {"errors": [], "pages": pages}


def _refusal(compiler: typst.Compiler, place: int) -> str:
    try:
        compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs={"record": str(place)})
    except typst.TypstError as error:
        return error.message
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], range(int(sys.argv[4]), int(sys.argv[5])))
