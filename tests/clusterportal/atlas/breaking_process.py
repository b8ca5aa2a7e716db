"""The process that sets, with a compiler that dies of every document in which the word “Absturz” stands."""

import json
import os
import sys
from pathlib import Path

import typst

from clusterportal.atlas.domain import typesetting_process

_COMPILER = typst.Compiler


class _Compiler:
    def __init__(self, *, input, **options):
        self.profiles = json.loads((Path(input).parent / "content.json").read_text()).get("profiles", [])
        self.compiler = _COMPILER(input=input, **options)
        self.query = self.compiler.query

    def compile(self, **options):
        record = options.get("sys_inputs", {}).get("record")
        if "Absturz" in json.dumps(self.profiles[int(record)] if record else self.profiles):
            os.abort()
        return self.compiler.compile(**options)


if __name__ == "__main__":
    typst.Compiler = _Compiler
    folder, name, fonts, first, end = sys.argv[1:]
    typesetting_process.main(Path(folder), name, fonts, range(int(first), int(end)))
