"""What tells one deployment from another."""

import os

from clusterportal.core.deployment import deployment_stamp


def test_hosts_with_the_same_code_have_the_same_stamp(settings, tmp_path):
    """Whenever and wherever it was installed: what one host kept, the other may give."""

    def stamp(host: str, text: str, *, seconds: int = 0) -> str:
        (folder := tmp_path / host / "templates" / "pages").mkdir(parents=True, exist_ok=True)
        (folder / "a.html").write_text(text)
        os.utime(folder / "a.html", (seconds, seconds))
        settings.BASE_DIR = tmp_path / host
        return deployment_stamp.__wrapped__()

    assert stamp("a", "text") == stamp("b", "text", seconds=1_000_000_000)
    assert stamp("a", "text") != stamp("b", "other")
