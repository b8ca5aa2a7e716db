"""The portal's way in before an application that only takes its time: `granian tests.load.small_portal:application`."""

import time

from clusterportal.core.turns import Turns

SECONDS = 0.1  # that an answer takes
LARGE = 16  # parts of a MB, where everything is asked for


def answer(environ, start_response):
    start_response("200 OK", [])
    if environ["PATH_INFO"] == "/api/v1/actors/":
        return (b"a" * 1024**2 for _part in range(LARGE))
    time.sleep(SECONDS)
    return [b"ok"]


def refuse(environ, start_response, status: int):
    start_response(f"{status} Refused", [("Content-Length", "0"), ("Retry-After", "5")])
    return []


def is_costly(environ) -> bool:
    return environ["PATH_INFO"] != "/de/akteure/"  # which is what the visitor asks for


application = Turns(
    answer, refuse=refuse, is_costly=is_costly, client_of=lambda environ: environ["REMOTE_ADDR"]
)
