"""A real mail server on loopback: what it accepted is what was sent."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Post:
    """A mail server that keeps what it accepts, and refuses when it is told to."""

    def __init__(self):
        self.accepted, self.refusal = [], ""
        self.senders: list[str] = []  # of the envelopes, in the order of `accepted`
        self.refused: dict[str, str] = {}  # answers to single recipients
        self.hangs_up = False  # after each mail
        self.waits_at, self.is_waiting = 0, threading.Event()  # with the answer to the mail of this number

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refusal.startswith("550"):
            return self.refusal
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.refusal:
            return self.refusal
        if self.waits_at and len(self.accepted) + 1 == self.waits_at:
            self.is_waiting.set()
            await asyncio.sleep(3600)
        self.accepted.append((envelope.rcpt_tos, envelope.content.decode()))
        self.senders.append(envelope.mail_from)
        if self.hangs_up:
            asyncio.get_running_loop().call_later(0, server.transport.close)
        return "250 OK"


@contextmanager
def accepting_mails(settings) -> Iterator[Post]:
    """The portal sends its mails to the server that this yields."""
    post = Post()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.SITE_URL = "https://portal.example"
    yield post
    server.stop()
