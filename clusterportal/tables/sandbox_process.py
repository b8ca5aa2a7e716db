"""The process that reads tables: `python -m clusterportal.tables.sandbox_process CPU_SECONDS BYTES`.

Takes its task from standard input and writes what it finds to standard output, both as pickles. It knows no language,
no database and no settings. The system ends it where it takes more processor time or more memory.
"""

import os
import pickle
import resource
import signal
import sys
import traceback
from contextlib import suppress


def main(cpu_seconds: int, memory_bytes: int) -> None:
    # openpyxl would load numpy where it is installed, and needs it for arrays of numbers only.
    sys.modules["numpy"] = None  # type: ignore[assignment]  # how importlib marks a module that is not to be found
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it ends it
    os.nice(5)  # people who visit the portal come first
    hard_limit = _limit(cpu_seconds, memory_bytes)
    out = sys.stdout.buffer
    try:
        # Imported after the limits are set, so that they hold for the imports, too.
        # Here, so that a failure to import is answered like any other, and only under the limits.
        from django.conf import settings

        settings.configure(USE_I18N=False)
        # After the settings, which texts of errors need.
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
            resource.setrlimit(resource.RLIMIT_AS, (hard_limit, hard_limit))  # room for the message
        _send(out, ("memory", None))
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more
    except Exception:
        _send(out, ("failed", traceback.format_exc(limit=-5)))


def _limit(cpu_seconds: int, memory_bytes: int) -> int:
    """Sets the limits as far as the system knows them; returns the memory that it would allow at most."""
    hard_limit = resource.getrlimit(resource.RLIMIT_AS)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard_limit))
    return hard_limit


def _send(out, message: tuple) -> None:
    pickle.dump(message, out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
