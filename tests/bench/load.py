"""A small load generator: requests a second by `wrk` where it is installed, percentiles one by one."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from urllib.parse import urlsplit

SECONDS = 5


def rate(url: str, *, clients: int = 2, seconds: float = SECONDS, headers: dict | None = None) -> float:
    """Requests a second of `clients` lasting connections."""
    if shutil.which("wrk"):
        said = [part for name, value in (headers or {}).items() for part in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t1", f"-c{clients}", f"-d{round(seconds) or 1}s", *said, url]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in text and "304" not in str(headers):
            refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
            raise RuntimeError(f"{url}: {refused[1] if refused else 'some'} requests failed")
        return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    counts = [0] * clients

    def work(own: int) -> None:
        until = time.monotonic() + seconds
        for _taken in timings([url], number=10**9, headers=headers, until=until):
            counts[own] += 1

    threads = [threading.Thread(target=work, args=(own,)) for own in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def timings(urls: list[str], *, number: int, headers: dict | None = None, until: float = 0):
    """Seconds of each of `number` requests over one connection, the addresses in turn."""
    place = urlsplit(urls[0])
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=120)
    for turn in range(number):
        if until and time.monotonic() > until:
            break
        url = urls[turn % len(urls)]
        begun = time.perf_counter()
        connection.request("GET", url[url.index("/", 8) :], headers=headers or {})
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{url}: {answer.status}")
        yield time.perf_counter() - begun
    connection.close()


def percentiles(seconds: list[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return {
        f"p{share}": round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1000, 1)
        for share in (50, 95, 99)
    }
