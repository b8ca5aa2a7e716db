"""What goes on meanwhile: a curator who saves actors in the admin, and mails that people are sent."""

import asyncio
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from email import message_from_bytes
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar

import psycopg
from aiosmtpd.controller import Controller

PAUSE = 0.05  # seconds between two saves
# Nobody writes faster than a slow machine sends: the end of a run is no hour of mails.
_SEND = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args) SELECT 'mail', 'core.send_message', %s::jsonb
WHERE (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND task_name = 'core.send_message'
    AND coalesce(scheduled_at, now()) <= now()) < 50
RETURNING id
"""


class Fields(HTMLParser):
    """The fields of an untouched form, as a browser would send them."""

    def __init__(self, page: str):
        super().__init__()
        self.values, self._select = {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "option" and self._select and "selected" in given:
            self.values[self._select] = given.get("value", "")
        elif tag == "select":
            self._select = name
            self.values.setdefault(name, "")
        elif tag == "textarea" or (tag == "input" and kind not in ("submit", "file", "checkbox", "radio")):
            self.values[name] = given.get("value", "")
        elif tag == "input" and "checked" in given:
            self.values[name] = given.get("value", "on")


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *about):
        return None


class Curator(threading.Thread):
    """Saves one actor after the other through the admin; `acknowledged` are those that the portal said were saved."""

    def __init__(self, address: str, password: str):
        super().__init__(daemon=True)
        self.address, self.password = address, password
        self.acknowledged: list[str] = []
        self.broken: list[str] = []  # addresses that answered 500: a fault is no excuse for an error of ours
        self.tried, self.longest_pause = 0, 0.0
        self.is_ending = threading.Event()
        self._forget()

    def run(self) -> None:
        last = time.monotonic()
        while not self.is_ending.is_set():
            try:
                if self._save(uuid.uuid4().hex):
                    self.longest_pause = max(self.longest_pause, time.monotonic() - last)
                    last = time.monotonic()
            except (OSError, HTTPException, LookupError):
                self._forget()  # not acknowledged; a person would sign in again and go on with the next one
                self.is_ending.wait(0.2)
            self.is_ending.wait(PAUSE)

    def _save(self, name: str) -> bool:
        if not self._form:
            self._sign_in()
            self._form = Fields(self._get("/admin/actors/actor/add/")).values
        about = {
            "name": name, "kind": "company", "services-TOTAL_FORMS": "1", "services-0-title_de": f"Dienst {name}",
            "services-0-position": "0", "csrfmiddlewaretoken": self._token(),
        }  # fmt: skip
        self.tried += 1
        status, target = self._post("/admin/actors/actor/add/", self._form | about)
        if status == 302 and target.rstrip("/").endswith("/admin/actors/actor"):
            self.acknowledged.append(name)
            return True
        raise LookupError(f"{status} {target}")

    def _sign_in(self) -> None:
        self._get("/de/konto/login/")
        given = {"username": "admin", "password": self.password, "csrfmiddlewaretoken": self._token()}
        status, target = self._post("/admin/login/?next=/admin/", given)
        if status != 302 or "login" in target:
            raise LookupError(f"not signed in: {status} {target}")

    def _forget(self) -> None:
        self._form: dict = {}
        self._cookies = CookieJar()
        self._open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._cookies), _StayHere
        ).open

    def _token(self) -> str:
        return next(cookie.value for cookie in self._cookies if cookie.name == "csrftoken")

    def _get(self, path: str) -> str:
        try:
            with self._open(self.address + path, timeout=20) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as answer:
            self._note(answer.code, path)
            raise

    def _post(self, path: str, fields: dict) -> tuple[int, str]:
        data = urllib.parse.urlencode(fields).encode()
        try:
            with self._open(self.address + path, data, timeout=20) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as answer:  # a redirect that was not followed is one, too
            self._note(answer.code, path)
            return answer.code, answer.headers.get("Location", "")

    def _note(self, status: int, path: str) -> None:
        if status == 500:
            self.broken.append(path)


class Visitor(threading.Thread):
    """Reads pages and asks the API, also for what nobody asked before; counts the answers by their status."""

    def __init__(self, address: str):
        super().__init__(daemon=True)
        self.address, self.answers, self.broken = address, Counter(), []
        self.slowest = 0.0  # seconds until an answer of 200
        self.is_ending = threading.Event()

    def run(self) -> None:
        while not self.is_ending.wait(10 * PAUSE):
            word = uuid.uuid4().hex[:6]
            for path in ("/de/", f"/de/akteure/?q={word}", f"/api/v1/actors/?q={word}", "/de/aktuelles/"):
                self._read(path)

    def _read(self, path: str) -> None:
        begun = time.monotonic()
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as answer:
                answer.read()
                self.answers[answer.status] += 1
                self.slowest = max(self.slowest, time.monotonic() - begun)
        except urllib.error.HTTPError as answer:
            self.answers[answer.code] += 1
            if answer.code == 500:
                self.broken.append(path)
        except (OSError, HTTPException):
            self.answers["none"] += 1
            self.is_ending.wait(0.5)


class Post:
    """A mail server that takes its time, so that kills meet mails in hand; counts what it accepted by Message-ID."""

    def __init__(self, port: int, *, seconds: float = 0.3):
        self.accepted: dict[str, int] = {}
        self.port, self.seconds = port, seconds
        self.refusal = ""  # what it says instead of taking a mail
        self.is_holding, self.in_hand = False, 0  # keeps everybody waiting for its answer; how many wait
        self.start()

    async def handle_DATA(self, server, session, envelope):
        key = message_from_bytes(envelope.content)["Message-ID"].strip("<>").partition("@")[0]
        self.in_hand += 1
        try:
            await asyncio.sleep(self.seconds)
            while self.is_holding:
                await asyncio.sleep(0.05)
        finally:
            self.in_hand -= 1
        if self.refusal:
            return self.refusal
        self.accepted[key] = self.accepted.get(key, 0) + 1
        return "250 OK"

    def start(self) -> None:
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)
        self._server.start()

    def stop(self) -> None:
        self._server.stop()


class Writer(threading.Thread):
    """Has mails sent, each in a transaction of its own; `acknowledged` are the keys of those that were committed."""

    def __init__(self, conninfo: str):
        super().__init__(daemon=True)
        self.conninfo, self.acknowledged = conninfo, []
        self.is_ending = threading.Event()

    def run(self) -> None:
        while not self.is_ending.wait(0.7):
            key = str(uuid.uuid4())
            letter = {"subject": "Probe", "body": "Guten Tag", "to": "me@example.org", "key": key}
            try:
                with psycopg.connect(self.conninfo, connect_timeout=5) as session:
                    written = session.execute(_SEND, [json.dumps(letter)]).fetchall()
            except psycopg.Error:
                continue
            if written:
                self.acknowledged.append(key)
