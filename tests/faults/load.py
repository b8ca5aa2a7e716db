"""What goes on meanwhile: a curator who saves actors in the admin, and mails that people are sent."""

import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from email import message_from_bytes
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar

import psycopg
from aiosmtpd.controller import Controller

PAUSE = 0.05  # seconds between two saves


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
        with self._open(self.address + path, timeout=20) as answer:
            return answer.read().decode()

    def _post(self, path: str, fields: dict) -> tuple[int, str]:
        data = urllib.parse.urlencode(fields).encode()
        try:
            with self._open(self.address + path, data, timeout=20) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as answer:  # a redirect that was not followed is one, too
            return answer.code, answer.headers.get("Location", "")


class Post:
    """A mail server that takes its time, so that kills meet mails in hand; counts what it accepted by Message-ID."""

    def __init__(self, port: int, *, seconds: float = 0.3):
        self.accepted: dict[str, int] = {}
        self.seconds, self.port = seconds, port
        self._server = Controller(self, hostname="127.0.0.1", port=port)
        self._server.start()

    async def handle_DATA(self, server, session, envelope):
        key = message_from_bytes(envelope.content)["Message-ID"].strip("<>").partition("@")[0]
        await _wait(self.seconds)
        self.accepted[key] = self.accepted.get(key, 0) + 1
        return "250 OK"

    def stop(self) -> None:
        self._server.stop()


async def _wait(seconds: float) -> None:
    from asyncio import sleep

    await sleep(seconds)


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
                    session.execute(
                        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
                        "VALUES ('mail', 'core.send_message', %s)",
                        [json.dumps(letter)],
                    )
            except psycopg.Error:
                continue
            self.acknowledged.append(key)
