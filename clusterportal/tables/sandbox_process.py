"""The process that reads tables: `python -m clusterportal.tables.sandbox_process SECONDS BYTES`.

Takes what is to be done from its input and writes what it finds to its output, as pickles. It knows no language, no
database and no settings; the system ends it where it takes more seconds of the processor or more memory.
"""

import os
import pickle
import resource
import signal
import sys
import traceback
from contextlib import suppress


def main(seconds: int, memory: int) -> None:
    sys.modules["numpy"] = (
        None  # openpyxl would load it where it is installed, and only numbers in arrays need it
    )
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it ends it
    os.nice(5)  # people who visit the portal come first
    hard = _limit(seconds, memory)
    out = sys.stdout.buffer
    try:
        from django.conf import settings

        settings.configure(USE_I18N=False)
        from clusterportal.tables.formats import UnreadableTable
        from clusterportal.tables.inspection import OPERATIONS

        operation, arguments = pickle.load(sys.stdin.buffer)
        try:
            for found in OPERATIONS[operation](*arguments):
                _send(out, ("found", found))
            _send(out, ("end", None))
        except UnreadableTable as error:
            _send(out, ("unreadable", error.args))
    except MemoryError:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))  # room for a word about it
        _send(out, ("memory", None))
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more
    except Exception:
        _send(out, ("failed", traceback.format_exc(limit=-5)))


def _limit(seconds: int, memory: int) -> int:
    """Sets the limits as far as the system knows them; returns the memory that it would allow at most."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    return hard


def _send(out, message: tuple) -> None:
    pickle.dump(message, out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
