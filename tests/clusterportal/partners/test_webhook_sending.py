"""Nothing is sent into a private network, however it is spelt, and no receiver holds up a delivery for long."""

import socket
import ssl
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError
from django.utils import timezone

from clusterportal.partners.domain.webhooks import sending
from clusterportal.partners.domain.webhooks.sending import MOST_READ, NOT_PUBLIC, TOO_LATE, check_url, post
from tests.clusterportal.partners.receiver import Reply, receiving

PRIVATE = """
127.0.0.1 localhost 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.1 0 0.0.0.0 10.0.0.1 0xa000001
172.16.0.1 192.168.1.1 192.0.0.192 100.64.0.1 169.254.169.254 2852039166 168.63.129.16 198.18.0.1 224.0.0.1
240.0.0.1 255.255.255.255 [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1]
[64:ff9b::169.254.169.254] [64:ff9b:1::1] [2002:7f00:1::] [2001:0:4136:e378::1] [fe80::1] [fc00::1]
[fd12::1] [fec0::1] [ff02::1] [ff0e::1] [100::1] [2001:db8::1]
"""


@pytest.fixture
def open_to_loopback(settings):
    settings.WEBHOOKS_TO_LOOPBACK = True


def resolves_to(monkeypatch, *addresses: str) -> list:
    """Every host has these addresses; returns the hosts that were looked up."""
    asked, real = [], socket.getaddrinfo

    def getaddrinfo(host, port, *given, **named):
        if not host.endswith(".example"):
            return real(host, port, *given, **named)
        asked.append(host)
        return [(0, 0, 0, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.fixture
def dialled(monkeypatch) -> list:
    """Addresses to which a connection was tried; none comes about."""
    tried = []

    def refuse(address, timeout):
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


@pytest.mark.parametrize("host", PRIVATE.split())
def test_private_addresses_are_never_dialled(host, dialled):
    assert post(f"https://{host}/hook", "{}", {}).reason == NOT_PUBLIC
    assert dialled == []


def test_one_private_address_among_public_ones_is_enough(monkeypatch, dialled):
    resolves_to(monkeypatch, "93.184.215.14", "::ffff:10.0.0.1")
    assert post("https://mixed.example/", "{}", {}).reason == NOT_PUBLIC
    assert dialled == []


def test_the_address_that_was_looked_at_is_dialled_and_looked_up_once(monkeypatch, dialled):
    """A name that points elsewhere a moment later (DNS rebinding) gains nothing."""
    asked = resolves_to(monkeypatch, "93.184.215.14", "2606:2800:21f:cb07::1")
    assert post("https://rebinding.example/", "{}", {}).reason == "connection refused"
    assert (asked, dialled) == (["rebinding.example"], ["93.184.215.14", "2606:2800:21f:cb07::1"])


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https:///x",
        "example.org",
        "",
        "https://[",
        "https://kim:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:22/",
        "https://example.org:x/",
        "https://example.org/a b",
        "https://example.org/\r\nX: 1",
        "https://example.org\\@10.0.0.1/",
        "http://127.0.0.1:8000/",
    ],
)
def test_addresses_that_cannot_be(url, dialled):
    with pytest.raises(ValidationError):
        check_url(url)


def test_addresses_that_can(settings):
    for url in ("https://example.org/hook?a=b", "https://example.org:8443/", "https://münchen.example/"):
        check_url(url)
    settings.WEBHOOKS_TO_LOOPBACK = True
    check_url("http://127.0.0.1:9000/")
    with pytest.raises(ValidationError):
        check_url("http://10.0.0.1/")


def test_without_the_setting_this_machine_is_private_too(dialled):
    assert post("http://127.0.0.1:8000/", "{}", {}).reason == NOT_PUBLIC


def test_the_setting_opens_this_machine_and_no_other(open_to_loopback, monkeypatch, dialled):
    resolves_to(monkeypatch, "10.0.0.1")
    for url in ("https://inside.example/", "http://inside.example/"):
        assert post(url, "{}", {}).reason == NOT_PUBLIC
    assert dialled == []


# ---------- what receivers do ----------
def test_redirects_are_answers_and_proxies_of_the_environment_are_not_asked(open_to_loopback, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with receiving() as receiver:
        receiver.reply = lambda: Reply(307, keeps=False, headers=[("Location", receiver.url)])
        answer = post(receiver.url, "{}", {"webhook-id": "1"})
        assert (answer.status, answer.is_accepted, len(receiver.requests)) == (307, False, 1)


def test_of_an_answer_the_beginning_is_read(open_to_loopback):
    with receiving() as receiver:
        receiver.reply = lambda: Reply(200, keeps=False, body=b"\xff" + b"x" * 5_000_000)
        answer = post(receiver.url, "{}", {"webhook-id": "1"})
    assert (answer.status, len(answer.body), answer.body[:2]) == (200, MOST_READ, "\ufffdx")


@contextmanager
def talking(words: list[bytes], *, every: float):
    """A server that says its words one after the other, and then nothing more."""
    is_over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk():
            line, _address = server.accept()
            with line:
                for word in words:
                    line.sendall(word)
                    if is_over.wait(every):
                        return
                is_over.wait(10)

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        is_over.set()
        thread.join()


@pytest.mark.parametrize(
    ("scheme", "beginning"), [("http", b"H"), ("https", b"\x16\x03\x03\x40\x00\x02\x00\x3f\xf0")]
)
def test_who_sends_a_byte_now_and_then_is_left_in_time(open_to_loopback, monkeypatch, scheme, beginning):
    monkeypatch.setattr(sending, "TIMEOUT", 0.3)
    with talking([beginning, *[b"x"] * 200], every=0.02) as port:
        answer = post(f"{scheme}://127.0.0.1:{port}/", "{}", {})
    assert (answer.status, answer.reason) == (None, TOO_LATE)
    assert 300 <= answer.duration < 2000


def test_a_decision_stands_though_the_words_break_off(open_to_loopback, monkeypatch):
    monkeypatch.setattr(sending, "TIMEOUT", 0.3)
    with talking([b"HTTP/1.1 202 Accepted\r\nContent-Length: 9\r\n\r\nyes"], every=5) as port:
        answer = post(f"http://127.0.0.1:{port}/", "{}", {})
    assert (answer.status, answer.is_accepted) == (202, True)


# ---------- TLS ----------
@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """A certificate for receiver.example that this process trusts, with its key, in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = timezone.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("receiver.example")]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "receiver.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


def test_name_and_certificate_are_those_of_the_host_not_of_the_address(
    open_to_loopback, monkeypatch, certificate
):
    names, context = [], ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda sock, name, own: names.append(name)
    resolves_to(monkeypatch, "127.0.0.1")
    with receiving() as receiver:
        receiver.reply = lambda: Reply(keeps=False)
        receiver.socket = context.wrap_socket(receiver.socket, server_side=True)
        port = receiver.server_port
        taken = post(f"https://receiver.example:{port}/hook?a=1", "{}", {"webhook-id": "1"})
        refused = post(f"https://other.example:{port}/hook", "{}", {"webhook-id": "2"})
    assert (taken.status, refused.reason) == (204, "the certificate is not accepted")
    assert names == ["receiver.example", "other.example"]
    [(headers, _body)] = receiver.requests
    assert headers["Host"] == f"receiver.example:{port}"
