"""Where one request ends and the next begins: the web server takes no message that others could read otherwise."""

import socket
import subprocess
import sys
import time

import pytest

# An application that says what it was asked, as the server gave it on.
SERVED = """
def application(environ, start_response):
    start_response("200 OK", [])
    said = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {len(environ['wsgi.input'].read())}"
    return [said.encode()]
"""
INSIDE = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(INSIDE)
REFUSED, EMPTY, WHOLE = b"400", b"POST /a 0", b"POST /a %d" % len(INSIDE)
MESSAGES = {  # heads and a body in which another request lies, and what comes of it
    "a length and chunks": (LENGTH + b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n" + INSIDE, EMPTY),
    "chunks and a length": (
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(INSIDE), INSIDE),
        WHOLE,
    ),
    "two lengths": (b"Content-Length: 0\r\n" + LENGTH, INSIDE, REFUSED),
    "a list of lengths": (b"Content-Length: 0, 40\r\n", INSIDE, REFUSED),
    "a length with a sign": (b"Content-Length: +40\r\n", INSIDE, REFUSED),
    "an unknown coding": (LENGTH + b"Transfer-Encoding: xchunked\r\n", INSIDE, REFUSED),
    "a space before the colon": (LENGTH + b"Transfer-Encoding : chunked\r\n", INSIDE, REFUSED),
    "a line that goes on": (b"Transfer-Encoding:\r\n chunked\r\n", b"0\r\n\r\n" + INSIDE, REFUSED),
}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    (folder / "served.py").write_text(SERVED)
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "served:application", "--interface", "wsgi"]
    with subprocess.Popen([*command, "--port", str(number)], cwd=folder, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(number)
            yield number
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _attempt in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


@pytest.mark.parametrize("name", MESSAGES)
def test_one_message_has_one_answer(port, name):
    head, body, expected = MESSAGES[name]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(b"POST /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + head + b"\r\n" + body)
        answered = b"".join(iter(lambda: line.recv(65536), b""))
    assert answered.count(b"HTTP/1.1 ") == 1
    assert answered.split()[1] == REFUSED if expected == REFUSED else answered.endswith(expected)
