"""What tells one deployment from another."""

import os

from clusterportal.core.deployment import deployment_fingerprint


def test_hosts_with_the_same_code_have_the_same_fingerprint(settings, tmp_path):
    """Whenever and wherever it was installed: what one host kept, the other may give."""

    def fingerprint(host: str, text: str, *, seconds: int = 0) -> str:
        (folder := tmp_path / host / "templates" / "pages").mkdir(parents=True, exist_ok=True)
        (folder / "a.html").write_text(text)
        os.utime(folder / "a.html", (seconds, seconds))
        settings.BASE_DIR = tmp_path / host
        return deployment_fingerprint.__wrapped__()

    assert fingerprint("a", "text") == fingerprint("b", "text", seconds=1_000_000_000)
    assert fingerprint("a", "text") != fingerprint("b", "other")
