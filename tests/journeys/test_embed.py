"""A page of another origin, with a strict policy of its own, shows the registry."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.journeys.test_every_page import violations

QUESTION = "?cluster=it-cluster-kaiserslautern&layer=technology-development"
# What would spoil a component that shares its styles with the page.
RULES = """
body { font: 1.125rem/1.6 Georgia, serif; background: #f3f6f2; color: #16211d; }
ul { list-style: square; } input { background: gold; } h3, a { color: #9b1c3a; }
table td { border: 4px double crimson; }
"""


@pytest.fixture
def host(live_server):
    """A site on another port. `host.pages` has the HTML by path, `host.policy` what a page may do."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self):
            is_style = self.path == "/host.css"
            body = RULES if is_style else server.pages.get(self.path, "")
            self.send_response(200)  # the browser asks for an icon too
            self.send_header("Content-Type", "text/css" if is_style else "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", server.policy)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_args):
            """Keeps quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.url = f"http://127.0.0.1:{server.server_port}"
    server.pages = {}
    server.policy = (
        f"default-src 'self'; script-src 'self' {live_server.url}; connect-src 'self' {live_server.url}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def page_around(content: str) -> str:
    return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Eine andere Seite</title>
    <link rel="stylesheet" href="/host.css"></head>
    <body><main><h1>Wer Software entwickelt</h1><h2>Verzeichnis</h2>{content}</main></body></html>"""


def test_pages_of_another_origin_show_the_registry(browser, visit, host, live_server):
    """One visit for all: the registry is loaded once."""
    page = visit(f"/de/akteure/{QUESTION}")
    visit.allowed.append(host.url)
    lines = page.locator("#embed-script").input_value()
    a_strict_page_shows_the_directory(page, host, live_server, lines)
    what_cannot_be_shown_is_said_and_the_link_stays(browser, host, live_server, lines)
    a_frame_works_in_a_sealed_sandbox(browser, host, live_server)


def a_strict_page_shows_the_directory(page, host, live_server, lines):
    page.goto(f"{live_server.url}/de/schnittstelle/")
    fetching = page.locator("#ex-fetch").text_content()
    host.pages["/"] = page_around(
        lines.replace('lang="de"', 'lang="de" accent="#1f4e42"')
        + f"""<h2>Ein Akteur</h2><cluster-actor portal="{live_server.url}" slug="fraunhofer-itwm"></cluster-actor>
        <h2>Matrix</h2><cluster-matrix portal="{live_server.url}" accent="#f3f6f2"></cluster-matrix>"""
    )

    # Before the script has run, and where none runs, there is a link.
    plain = page.context.browser.new_context(java_script_enabled=False).new_page()
    plain.goto(host.url)
    assert plain.get_by_role("link", name="Akteure – Clusterregister").is_visible()
    plain.context.close()

    page.goto(host.url)
    directory, matrix = page.locator("cluster-directory").first, page.locator("cluster-matrix")
    directory.locator("b", has_text="17 Akteure").wait_for()
    assert directory.get_by_text(
        "Technologie- und Softwareentwicklung, IT-Cluster Kaiserslautern"
    ).is_visible()
    assert not page.get_by_role("link", name="Akteure – Clusterregister").is_visible()
    matrix.get_by_role("link", name="8 Akteure auf Ebene 4, Informationssysteme").wait_for()
    page.locator("cluster-actor").get_by_role("link", name="Fraunhofer ITWM").wait_for()
    # The host's type and colour come in, its rules do not; an accent that nobody would see does not either.
    look = "node => [getComputedStyle(node).fontFamily, getComputedStyle(node).backgroundColor]"
    assert directory.get_by_role("searchbox").evaluate(look) == ["Georgia, serif", "rgba(0, 0, 0, 0)"]
    assert directory.get_by_role("button", name="Suchen").evaluate(look)[1] == "rgb(31, 78, 66)"
    accent = "node => getComputedStyle(node).getPropertyValue('--accent')"
    assert matrix.evaluate(accent) == "rgb(22 33 29)"

    # By keyboard: to the field, through the list, to more of it.
    page.keyboard.press("Tab")
    page.keyboard.type("Fraunhofer")
    directory.get_by_role("status").filter(has_text=re.compile("^5 Akteure$")).wait_for(state="attached")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    directory.get_by_role("status").filter(has_text="17 Akteure").wait_for(state="attached")
    for _step in range(12):  # the button, ten actors, the button for more
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    directory.get_by_role("listitem").nth(16).wait_for()
    eleventh = directory.get_by_role("listitem").nth(10).get_by_role("link").inner_text()
    focused = "() => document.activeElement.shadowRoot.activeElement.textContent"
    assert page.evaluate(focused) == eleventh

    assert violations(page) == []
    assert page.context.cookies() == []
    page.evaluate(f"(async () => {{{fetching}}})()")
    assert page.locator("main ~ ul li a").count() == 11


def what_cannot_be_shown_is_said_and_the_link_stays(browser, host, live_server, lines):
    script = lines[: lines.index("<cluster-directory")]
    link = f'<a href="{live_server.url}/en/actors/">Actors</a>'
    elements = {"q": "zzzzqq", "layer": "nonsense", "portal": "http://127.0.0.1:9"}
    around = [
        f'<cluster-directory {name}="{value}">{link}</cluster-directory>' for name, value in elements.items()
    ]
    host.pages["/"] = page_around(script + "".join(around)).replace('lang="de"', 'lang="en"')
    page = browser.new_context(color_scheme="dark").new_page()  # its console names what was refused
    page.goto(host.url)
    empty, refused, unreachable = page.locator("cluster-directory").all()
    empty.locator(".void p", has_text="No actor matches this search.").wait_for()
    refused.locator(".void p", has_text="names filters that the registry does not know").wait_for()
    unreachable.locator(".void p", has_text="cannot be reached").wait_for()
    assert unreachable.get_by_role("button", name="Try again").is_visible()
    assert page.get_by_role("link", name="Actors", exact=True).count() == 3
    assert violations(page) == []
    empty.get_by_role("button", name="Clear the search").press("Enter")
    empty.get_by_role("listitem").first.wait_for()
    assert empty.get_by_role("searchbox").evaluate("node => node.getRootNode().activeElement === node")
    page.context.close()


def a_frame_works_in_a_sealed_sandbox(browser, host, live_server):
    page = browser.new_context().new_page()  # its console says that no window may open
    host.policy = f"default-src 'self'; frame-src {live_server.url}; script-src 'unsafe-inline'"
    host.pages["/"] = page_around(
        f"""<iframe sandbox="allow-scripts" title="Akteure" width="600" height="900"
        src="{live_server.url}/de/einbetten/akteure/{QUESTION}#?secret=abc123"></iframe>
        <script>window.told = [];
        addEventListener("message", ({{ data, origin }}) => told.push([origin, data]));</script>"""
    )
    page.goto(host.url)
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="17 Akteure").wait_for()
    frame.get_by_role("searchbox").fill("Fraunhofer")
    frame.get_by_role("searchbox").press("Enter")  # no form leaves the sandbox, the search does
    frame.get_by_role("heading", name="5 Akteure").wait_for()
    frame.get_by_role("link", name="Fraunhofer IESE").click()
    page.wait_for_function("told.some(([origin, data]) => data.message === 'link')")
    origin, data = page.evaluate("told.find(([origin, data]) => data.message === 'link')")
    assert (origin, data) == (
        "null",
        {"message": "link", "value": f"{live_server.url}/de/akteure/fraunhofer-iese/", "secret": "abc123"},
    )
    assert page.evaluate("told.some(([origin, data]) => data.message === 'height' && data.value > 300)")
    page.context.close()
