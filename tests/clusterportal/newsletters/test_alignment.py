"""What is said of a newsletter that arrived: its domains, and what the signature covers. No question to any DNS."""

import base64
import io
import os
import threading

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import call_command

from clusterportal.newsletters.domain.alignment import examine_mail, examine_settings, point_to_the_mail

MAIL = (
    b"From: Portal <newsletter@portal.example>\r\nTo: a@leser.example\r\nSubject: Zwei\r\n"
    b"List-Id: <it.portal.example>\r\nList-Unsubscribe: <https://portal.example/x/>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nText\r\n"
)
BOTH = [b"from", b"subject", b"list-unsubscribe", b"list-unsubscribe-post"]


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def signed(
    key, *, domain: bytes = b"mail.portal.example", covers=BOTH, returns: bytes = b"portal.example"
) -> bytes:
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    signature = dkim.sign(MAIL, b"s", domain, pem, include_headers=covers)
    return b"Return-Path: <newsletter+b1.2@" + returns + b">\r\n" + signature + MAIL


def wrong(raw: bytes, **options) -> list[str]:
    return [line.sentence for line in examine_mail(raw, **options) if not line.is_well]


def test_a_mail_of_one_domain_with_both_headers_signed_is_well(key):
    assert wrong(signed(key)) == []


def test_what_is_not_aligned_is_named(key):
    assert wrong(signed(key, returns=b"versand.example")) == ["Return-Path: versand.example"]
    assert wrong(signed(key, domain=b"versand.example")) == [
        "No DKIM signature of the domain of From (found: versand.example)."
    ]
    assert wrong(signed(key, domain=b"nichtportal.example"))  # ends alike, and is another one
    assert wrong(signed(key, domain=b"example"))  # which nobody owns
    assert wrong(signed(key, covers=[b"from", b"list-unsubscribe"])) == [
        "The signature leaves out list-unsubscribe-post."
    ]
    assert len(wrong(b"From: a@b.example\n\nx")) == 5
    assert wrong(b"") != []


def test_the_key_is_asked_for_only_when_wanted(key):
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    asked = []

    def ask(name, timeout=5):
        asked.append(name)
        return record

    raw = signed(key)
    assert wrong(raw, ask_dns=ask) == [] and asked == [b"s._domainkey.mail.portal.example."]
    assert wrong(raw.replace(b"Text", b"Anderes"), ask_dns=ask) == ["The signature fits the key in the DNS."]


def test_the_command_and_what_settings_say(key, tmp_path, settings, capsys):
    (tmp_path / "mail.eml").write_bytes(signed(key))
    call_command("check_newsletter_mail", str(tmp_path / "mail.eml"))
    assert "wrong" not in capsys.readouterr().out
    assert [*examine_settings(), *point_to_the_mail()] == []  # nobody but this machine sees the portal
    settings.IS_PUBLIC = True
    settings.SITE_URL, settings.NEWSLETTER_FROM = "http://127.0.0.1:8000", "newsletter@127.0.0.1"
    assert [line.is_well for line in examine_settings()] == [False, True, False]
    [how] = point_to_the_mail()
    assert how.is_well and "manage.py check_newsletter_mail FILE" in how.sentence
    with pytest.raises(SystemExit):
        call_command("check_newsletter_mail", str(tmp_path / "mail.eml"))


def test_the_command_takes_a_mail_from_standard_input_and_from_a_pipe(key, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(signed(key))))
    call_command("check_newsletter_mail", "-")
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=[signed(key)], daemon=True)
    writer.start()
    call_command("check_newsletter_mail", str(tmp_path / "pipe"))
    writer.join()
    assert "wrong" not in (said := capsys.readouterr().out) and said.count("Return-Path") == 2
