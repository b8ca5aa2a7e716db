"""nginx with the recipe of `clusterportal/deploy/nginx.conf`, before a portal, on free ports of this machine."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
RECIPE = ROOT / "clusterportal" / "deploy" / "nginx.conf"
NAME = "portal.example"
PROGRAM = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
_MAIN = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/logs/main.log;
{user}
events {{}}
http {{
    types {{ text/html html; text/css css; }}
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/portal.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(port: int, process: subprocess.Popen) -> None:
    """Raises RuntimeError when the process ends before somebody listens."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args} ended with status {process.returncode}.")


class Proxy:
    """A running nginx; `ask` speaks to it over TLS, under the site's name."""

    def __init__(self, folder: Path, portal: int):
        self.folder, self.logs, self.http, self.https = folder, folder / "logs", free_port(), free_port()
        self.logs.mkdir()
        self._make_certificate()
        recipe = RECIPE.read_text()
        for written, here in (
            (r"\n    listen \[::\].*", ""),  # not every machine has IPv6
            (r"listen 80;", f"listen 127.0.0.1:{self.http};"),
            (r"listen 443 ", f"listen 127.0.0.1:{self.https} "),
            (r"server 127\.0\.0\.1:8000;", f"server 127.0.0.1:{portal};"),
            (r"/etc/letsencrypt/live/portal\.example", str(folder)),
            (r"/var/log/nginx", str(self.logs)),
            (r"/usr/share/clusterportal", str(RECIPE.parent)),
        ):
            recipe, number = re.subn(written, here, recipe)
            assert number, f"{written} is not in the recipe"
        (folder / "portal.conf").write_text(recipe)
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(_MAIN.format(folder=folder, user=user))
        self.command = [PROGRAM, "-e", f"{self.logs}/start.log", "-p", folder, "-c", folder / "nginx.conf"]
        self._trust = ssl.create_default_context(cafile=folder / "fullchain.pem")

    def _make_certificate(self) -> None:
        said = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-days", "2", "-nodes"]
        kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        files = ["-keyout", self.folder / "privkey.pem", "-out", self.folder / "fullchain.pem"]
        subprocess.run(["openssl", "req", *kind, *said, *files], check=True, capture_output=True)

    @contextmanager
    def running(self):
        subprocess.run([*self.command, "-t"], check=True, capture_output=True)
        process = subprocess.Popen(self.command)
        try:
            wait_until_open(self.https, process)
            yield self
        finally:
            process.terminate()
            process.wait(30)

    def connect(self) -> socket.socket:
        """Over TLS, with a certificate that is looked at."""
        plain = socket.create_connection(("127.0.0.1", self.https), timeout=30)
        return self._trust.wrap_socket(plain, server_hostname=NAME)

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection(NAME)
        connection.sock = self.connect()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        return answer, answer.read()

    def first_line(self, method: str, path: str, size: int) -> str:
        """What is said to somebody who asks whether a body of `size` bytes may come."""
        asked = f"{method} {path} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {size}\r\nExpect: 100-continue\r\n\r\n"
        with self.connect() as connection, connection.makefile("rb") as said:
            connection.sendall(asked.encode())
            return said.readline().decode().strip()
