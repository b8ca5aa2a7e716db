"""`python -m clusterportal.web_server clusterportal.wsgi:application …`: granian, its workers copies of one process.

All code is read before the workers begin (fork): they share its memory, and one that is started again answers at once.
"""

import gc
import os

import django
from granian.cli import entrypoint


def main() -> None:
    read_code()
    entrypoint()


def read_code() -> None:
    """Import all that answers, without what a copy cannot use: no open connection, no further thread."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start threads when it is imported
    gc.disable()  # room that it left free here would be filled, and so no longer shared, by each worker
    django.setup()
    import clusterportal.urls  # noqa: F401  needs Django set up

    gc.freeze()  # the collector of a worker would write to all objects, and so copy them
    gc.enable()


if __name__ == "__main__":
    main()
