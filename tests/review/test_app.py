"""``shihyo review``: decided in the browser, saved and run again; closed to everybody else."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.testclient import TestClient

from pipeline.desk.choices import chosen
from pipeline.desk.corrections import fields_of, keep, save
from pipeline.desk.decide import decision
from pipeline.desk.waiting import open_findings
from pipeline.review.app import DRAFTS, Decided, Review, Wanted, application
from pipeline.settings.decisions import Decision, read
from pipeline.validate.catalogue import BY_ID
from tests.review.conftest import AREA, SIGNED, Town
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


@contextmanager
def serving(town: Town) -> Iterator[str]:
    """The application as it is started: on a port of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = application(Review(town.pdf, town.options, SIGNED), TOKEN, port)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}/?token={TOKEN}"
    server.should_exit = True
    thread.join(timeout=30)


@pytest.fixture
def served(town: Town) -> Iterator[str]:
    with serving(town) as address:
        yield address


def type_halfway(tab, town: Town) -> tuple[str, str]:
    """One decision kept, another begun; gives their keys."""
    begun, made = (one.key for one in open_findings(town.desk())[:2])
    tab.locator(f"[id='f-{begun}'] .reason").fill("まだ途中")
    card = tab.locator(f"[id='f-{made}']")
    card.locator("input[type=radio]").last.check()
    if card.locator(".value").count():
        card.locator(".value").fill("12")
    card.locator(".reason").fill("課に確認")
    card.locator(".keep").click()
    return begun, made


def test_unsaved_work_outlives_a_reload_and_a_restart(town, tab) -> None:
    with serving(town) as address:
        tab.goto(address)
        begun, made = type_halfway(tab, town)
        tab.reload()
        assert tab.locator(f"[id='f-{begun}'] .reason").input_value() == "まだ途中"
        tab.wait_for_load_state("networkidle")
    with serving(town) as address:
        tab.goto(address)
        assert tab.locator(f"[id='f-{begun}'] .reason").input_value() == "まだ途中"
        assert tab.locator(f"[id='f-{made}'] .reason").input_value() == "課に確認"
        assert "1件" in tab.text_content("#made")
        assert not town.corrections.exists()
        tab.locator(f"[id='f-{made}'] .back").click()
        assert tab.locator("#save").is_hidden()
        tab.locator(f"[id='f-{begun}'] .reason").fill("")
        tab.reload()
        assert tab.locator(f"[id='f-{begun}'] .reason").input_value() == ""
        assert tab.locator(f"[id='f-{made}'] .reason").input_value() == ""


def test_a_decision_whose_finding_is_gone_is_taken_back_in_the_list(town, tab) -> None:
    found = next(one for one in town.desk().validated.findings if one.printed == "14,20")
    town.settle([found])
    town.run()
    assert found.key not in [one.key for one in town.desk().validated.findings]
    with serving(town) as address:
        tab.goto(address)
        tab.click("#decisions summary")
        assert "14,20 → この値 1,420" in tab.text_content("#decisions li")
        with tab.expect_navigation(timeout=120_000):
            tab.click("#decisions .undo")
        assert tab.locator("#decisions").is_hidden()
    assert found.key in [one.key for one in open_findings(town.desk())]


def test_what_was_saved_is_no_draft_any_more(town, client) -> None:
    found = next(one for one in town.desk().validated.findings if one.printed == "14,20")
    other = open_findings(town.desk())[-1]
    draft = {"code": "value", "value": "1,420", "reason": "確認", "kept": True}
    drafts = {found.key: draft, other.key: {**draft, "kept": False}}
    assert client.post("/drafts", headers=OWN, json={"drafts": drafts}).status_code == 200
    assert other.key in (town.output / DRAFTS).read_text("utf-8")
    wanted = {"finding": found.key, "code": "value", "value": "1,420", "reason": "確認"}
    client.post("/decisions", headers=OWN, json={"decisions": [wanted]})
    assert list(json.loads((town.output / DRAFTS).read_bytes())) == [other.key]
    client.post("/drafts", headers=OWN, json={"drafts": {other.key: None}})
    assert not (town.output / DRAFTS).exists()


def test_a_damaged_draft_is_forgotten(town, client) -> None:
    (town.output / DRAFTS).write_bytes(b"{")
    assert client.get(f"/?token={TOKEN}").status_code == 200


def test_two_that_write_at_once_lose_nothing(town) -> None:
    """Two windows of two applications, and the command line between them."""
    reviews = [Review(town.pdf, town.options, SIGNED) for _ in range(2)]
    waiting = [one for one in open_findings(town.desk()) if "seen" in BY_ID[one.rule].settled_by]
    keys = [one.key for one in waiting[:6]]

    def act(at: int) -> None:
        if at % 3 < 2:
            wanted = Wanted(finding=keys[at], code="seen", reason="確認")
            reviews[at % 3].save(Decided(decisions=(wanted,)))
        else:
            desk = town.desk()
            found = desk.found(keys[at])
            keep(desk, [decision(desk, found, chosen(found, "seen"), reason="確認", **SIGNED)])

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(act, at) for at in range(6)]:
            done.result()
    written = read(town.corrections, AREA, town.edition)
    assert sorted(one.finding for one in written) == sorted(keys)


def test_a_decision_with_which_nothing_is_left_is_not_saved(town, client) -> None:
    rule = "vocabulary.unknown-header"
    found = next(one for one in town.desk().validated.findings if one.rule == rule)
    name = next(one for one in town.desk().assembled.layouts[0].columns if one.kind == "name")
    role = Decision(action="role", value="note", expect=name.header, reason="r")
    save(town.corrections, AREA, town.edition, [])
    before = town.corrections.read_bytes()
    wanted = {"finding": found.key, "code": "role", "value": "note", "reason": "確認"}
    town.corrections.write_text(before.decode() + toml_text(role), "utf-8")
    spoilt = town.corrections.read_bytes()
    answer = client.post("/decisions", headers=OWN, json={"decisions": [wanted]})
    assert answer.status_code == 400
    assert "指標が一つもなくなります" in answer.json()["message"]["ja"]
    assert town.corrections.read_bytes() == spoilt


def toml_text(one: Decision) -> str:
    fields = fields_of(one).items()
    return "\n[[decision]]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in fields)


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
@pytest.mark.parametrize("path", ["/decisions", "/undo", "/drafts"])
def test_no_request_of_another_site_gets_through(town, client, path, changed) -> None:
    answer = client.post(path, headers={**OWN, **changed}, json={"finding": "x"})
    assert answer.status_code == 403
    assert not town.corrections.exists()
    assert not (town.output / DRAFTS).exists()


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
