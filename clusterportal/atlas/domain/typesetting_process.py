"""The process that sets: `python -m clusterportal.atlas.domain.typesetting_process FOLDER NAME FONTS RECORDS`.

It knows no database and no settings. Sets FOLDER/NAME.typ to FOLDER/out.pdf and says so as JSON; with a number of
RECORDS it sets each of them alone instead, and says which Typst refuses.
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


def main(folder: Path, name: str, fonts: str, records: int) -> None:
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
    answer = _each(compiler, records) if records else _whole(compiler, folder)
    json.dump(answer, sys.stdout)


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


def _each(compiler: typst.Compiler, records: int) -> dict:
    said = []
    for place in range(records):
        try:
            compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs={"record": str(place)})
            said.append("")
        except typst.TypstError as error:
            said.append(error.message)
    return {"said": said}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
