"""``shihyo review``: decided in the browser, saved and run again; closed to everybody else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.testclient import TestClient

from pipeline.desk.waiting import open_findings
from pipeline.review.app import Review, application
from tests.review.conftest import SIGNED, Town
from tests.review.test_page import decide_by_keyboard

TOKEN, PORT = "a-token-of-this-test", 8765
OWN = {
    "host": f"127.0.0.1:{PORT}",
    "origin": f"http://127.0.0.1:{PORT}",
    "x-shihyo-token": TOKEN,
}


@pytest.fixture
def client(town: Town) -> TestClient:
    review = Review(town.pdf, town.options, SIGNED)
    return TestClient(application(review, TOKEN, PORT), base_url=f"http://127.0.0.1:{PORT}")


@pytest.fixture
def served(town: Town) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = application(Review(town.pdf, town.options, SIGNED), TOKEN, port)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}/?token={TOKEN}"
    server.should_exit = True
    thread.join(timeout=30)


def test_the_page_is_walked_saved_and_run_again(town, tab, served) -> None:
    tab.goto(served)
    count = decide_by_keyboard(tab, town)
    with tab.expect_navigation(timeout=120_000):
        tab.click("#store")
    assert len(open_findings(town.desk())) < count
    assert "保存しました" in tab.text_content("#told")
    assert town.run().exit_code == 0
    assert town.run().cached
    decided = tab.evaluate("M.findings.find(one => one.decided).key")
    tab.select_option("#severity", "decided")
    with tab.expect_navigation(timeout=120_000):
        tab.click(f"[id='f-{decided}'] .undo")
    assert decided not in town.corrections.read_text("utf-8")


def test_who_knows_the_address_sees_the_page(client) -> None:
    assert TOKEN in client.get(f"/?token={TOKEN}").text
    answer = client.get(f"/?token={TOKEN}")
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/?token=wrong", {}),
        (f"/?token={TOKEN}", {"host": "evil.example"}),
        (f"/?token={TOKEN}", {"host": f"evil.example:{PORT}"}),
    ],
)
def test_nobody_else_sees_it(client, path, headers) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 403
    assert "体験農園" not in answer.text


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"host": "evil.example"},
        {"x-shihyo-token": "wrong"},
        {"x-shihyo-token": ""},
    ],
)
@pytest.mark.parametrize("path", ["/decisions", "/undo"])
def test_no_request_of_another_site_gets_through(town, client, path, changed) -> None:
    answer = client.post(path, headers={**OWN, **changed}, json={"finding": "x"})
    assert answer.status_code == 403
    assert not town.corrections.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"decisions": [{"finding": "../../etc/passwd", "code": "seen", "reason": "r"}]}',
        b'{"decisions": [], "path": "/etc/passwd"}',
        b"0" * 1_000_001,
    ],
)
def test_what_cannot_be_decided_is_told(town, client, body) -> None:
    answer = client.post("/decisions", headers=OWN, content=body)
    assert answer.status_code in (400, 413)
    assert set(answer.json()["message"]) == {"ja", "en"}
    assert not town.corrections.exists()


def test_there_is_nothing_else_to_read(client) -> None:
    for path in ("/raw", "/schemas/default/units.csv", "/../profile.toml", "/decisions"):
        assert client.get(path, headers=OWN).status_code in (404, 405)


def test_a_decision_is_saved_and_taken_back(town, client) -> None:
    found = next(one for one in town.desk().validated.findings if one.printed == "14,20")
    wanted = {"finding": found.key, "code": "value", "value": "1,420", "reason": "確認"}
    answer = client.post("/decisions", headers=OWN, json={"decisions": [wanted]})
    assert answer.status_code == 200
    assert "before" in answer.json()["message"]["en"]
    assert found.key in town.corrections.read_text("utf-8")
    assert client.post("/undo", headers=OWN, json={"finding": found.key}).status_code == 200
    assert found.key not in town.corrections.read_text("utf-8")
