"""Handing on: a clean copy that never harms other files, and a portal on loopback."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cache.store import folder_digests
from pipeline.cli import cli
from pipeline.desk.deliver import deliver
from pipeline.desk.publish import Portal, package_of, publish, refuse_open_doubts
from pipeline.errors import EnvironmentTroubleError, UsageError


class Stub(ThreadingHTTPServer):
    """As much of a CKAN portal as publishing needs; ``broken``: actions that fail, and how."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.datasets: dict[str, dict[str, Any]] = {}
        self.uploads: dict[str, int] = {}
        self.asked: list[str] = []
        self.broken: dict[str, str] = {}
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Stub

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""

    def do_POST(self) -> None:
        action = self.path.rpartition("/")[2]
        self.server.asked.append(action)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        data, size = self._form(body)
        if self.server.broken.get(action) == "half":
            self._answer(200, b'{"success": tr')
            return
        if self.server.broken.get(action) == "refuse":
            self._fail(403, "Authorization Error")
            return
        if self.server.broken.get(action) == "gateway":
            self._answer(502, b"<html>Bad Gateway</html>")
            return
        if self.server.broken.get(action) == "silent":
            self.server.released.wait(30)
            return
        result = getattr(self, action)(data, size)
        if self.server.broken.get(action) == "lost":  # it is done, but the answer is cut
            self._answer(200, b'{"success": true, "result": {')
        elif result is None:
            self._fail(404, "Not Found Error")
        else:
            self._answer(200, json.dumps({"success": True, "result": result}).encode())

    def _form(self, body: bytes) -> tuple[dict[str, Any], int]:
        kind = self.headers["Content-Type"]
        if kind.startswith("application/json"):
            return json.loads(body), 0
        whole = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        data: dict[str, Any] = {}
        size = 0
        for part in whole.get_payload():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if name == "upload":
                size = len(content)
            else:
                data[name] = content.decode()
        return data, size

    def _fail(self, status: int, kind: str) -> None:
        error = {"success": False, "error": {"__type": kind, "message": "no"}}
        self._answer(status, json.dumps(error).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def package_show(self, data: dict[str, Any], _: int) -> dict[str, Any] | None:
        return self.server.datasets.get(data["id"])

    def package_create(self, data: dict[str, Any], _: int) -> dict[str, Any] | None:
        if not re.fullmatch(r"[a-z0-9_-]{2,100}", data.get("name", "")):
            return None
        made = {"id": data["name"], "resources": [], **data}
        self.server.datasets[data["name"]] = made
        return made

    def package_patch(self, data: dict[str, Any], _: int) -> dict[str, Any]:
        self.server.datasets[data["id"]].update(data)
        return self.server.datasets[data["id"]]

    def resource_create(self, data: dict[str, Any], size: int) -> dict[str, Any]:
        made = {**data, "id": f"r-{data['name']}"}
        self.server.datasets[data["package_id"]]["resources"].append(made)
        self.server.uploads[data["name"]] = size
        return made

    def resource_update(self, data: dict[str, Any], size: int) -> dict[str, Any]:
        for dataset in self.server.datasets.values():
            for one in dataset["resources"]:
                if one["id"] == data["id"]:
                    one.update(data)
                    self.server.uploads[data["name"]] = size
                    return one
        raise AssertionError(data)


@pytest.fixture
def portal() -> Iterator[Stub]:
    with Stub() as stub:
        threading.Thread(target=stub.serve_forever, daemon=True).start()
        yield stub
        stub.released.set()
        stub.shutdown()


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, three_editions: Path) -> Path:
    """The first document, as if no other had been run."""
    workspace = tmp_path_factory.mktemp("publish") / "workspace"
    shutil.copytree(three_editions, workspace)
    for year in (2026, 2027):
        (workspace / f"raw/35213-mine/{year}.pdf").unlink()
        shutil.rmtree(workspace / f"extracted/35213-mine/{year}")
    return workspace / "extracted/35213-mine/2025"


def sent(portal: Stub, release: Path) -> list[str]:
    package = package_of(release, organization="mine")
    return [step.action for step in publish(Portal(portal.url, "key"), package, release)]


def test_a_dataset_is_created_once_and_a_second_call_sends_nothing(portal, output) -> None:
    release = output / "release"
    package = package_of(release)
    assert sent(portal, release) == ["create"] * (1 + len(package["resources"]))
    dataset = portal.datasets["352136-kpi-2025"]
    assert dataset["owner_org"] == "mine"
    assert portal.uploads["全データ（JSON）"] == (release / "data.json").stat().st_size
    assert sent(portal, release) == []


def test_only_what_changed_is_sent(portal, output) -> None:
    sent(portal, output / "release")
    dataset = portal.datasets["352136-kpi-2025"]
    dataset["title"] = "old"
    dataset["resources"][0]["hash"] = "old"
    assert sent(portal, output / "release") == ["update", "update"]


TROUBLE = ["half", "refuse", "gateway", "silent", "lost"]


@pytest.mark.parametrize("action", ["package_show", "package_create", "resource_create"])
@pytest.mark.parametrize("how", TROUBLE)
def test_a_portal_in_trouble_is_told_and_a_second_call_completes(
    how, action, portal, output, monkeypatch
) -> None:
    if how == "silent":
        monkeypatch.setattr("pipeline.desk.publish._SECONDS", 0.3)
    names = [one["name"] for one in package_of(output / "release")["resources"]]
    portal.broken[action] = how
    with pytest.raises(EnvironmentTroubleError) as told:
        sent(portal, output / "release")
    assert told.value.file == portal.url
    portal.broken.clear()
    monkeypatch.undo()
    assert set(sent(portal, output / "release")) <= {"create"}
    standing = portal.datasets["352136-kpi-2025"]["resources"]
    assert [one["name"] for one in standing] == names
    assert sent(portal, output / "release") == []


@pytest.mark.parametrize("action", ["package_patch", "resource_update"])
@pytest.mark.parametrize("how", TROUBLE)
def test_an_update_that_was_disturbed_is_completed_too(
    how, action, portal, output, monkeypatch
) -> None:
    sent(portal, output / "release")
    dataset = portal.datasets["352136-kpi-2025"]
    dataset["title"] = "old"
    dataset["resources"][0]["hash"] = "old"
    portal.broken[action] = how
    if how == "silent":
        monkeypatch.setattr("pipeline.desk.publish._SECONDS", 0.3)
    with pytest.raises(EnvironmentTroubleError):
        sent(portal, output / "release")
    portal.broken.clear()
    monkeypatch.undo()
    sent(portal, output / "release")
    assert sent(portal, output / "release") == []
    assert (dataset["title"] == "old", dataset["resources"][0]["hash"] == "old") == (False, False)


def test_a_portal_that_is_not_there_is_told(output) -> None:
    with Stub() as stub:
        url = stub.url
    with pytest.raises(EnvironmentTroubleError):
        list(publish(Portal(url, "key"), package_of(output / "release"), output / "release"))


def test_the_dataset_of_another_edition_is_left_alone(portal, output) -> None:
    sent(portal, output / "release")
    extras = portal.datasets["352136-kpi-2025"]["extras"]
    next(one for one in extras if one["key"] == "edition")["value"] = "2024"
    asked = len(portal.asked)
    with pytest.raises(UsageError):
        sent(portal, output / "release")
    assert portal.asked[asked:] == ["package_show"]


def test_open_doubts_are_not_published_unless_told(output) -> None:
    package = package_of(output / "release")
    refuse_open_doubts(package)
    next(one for one in package["extras"] if one["key"] == "open_doubts")["value"] = "3"
    with pytest.raises(UsageError) as told:
        refuse_open_doubts(package)
    assert told.value.parameters["count"] == "3"


def test_the_commands_copy_show_and_publish(portal, output, tmp_path, monkeypatch) -> None:
    workspace = str(output.parents[2])
    done = CliRunner().invoke(
        cli, ["release", "--to", str(tmp_path / "a"), "--workspace", workspace]
    )
    assert done.exit_code == 0, done.output
    assert folder_digests(tmp_path / "a") == folder_digests(output / "release")
    asked = ["publish", "--ckan", portal.url, "--workspace", workspace]
    dry = CliRunner().invoke(cli, [*asked, "--dry-run"])
    assert (dry.exit_code, portal.asked) == (0, [])
    assert json.loads(dry.output)["dataset"]["name"] == "352136-kpi-2025"
    monkeypatch.delenv("SHIHYO_CKAN_KEY", raising=False)
    assert CliRunner().invoke(cli, asked).exit_code == 2
    monkeypatch.setenv("SHIHYO_CKAN_KEY", "key")
    portal.broken["resource_create"] = "refuse"
    refused = CliRunner().invoke(cli, asked)
    assert (refused.exit_code, "352136-kpi-2025" in portal.datasets) == (10, True)
    portal.broken.clear()
    assert CliRunner().invoke(cli, asked).exit_code == 0
    assert len(portal.datasets["352136-kpi-2025"]["resources"]) > 5


def test_a_copy_takes_the_place_of_an_earlier_copy_alone(output, tmp_path) -> None:
    target = tmp_path / "copy"
    deliver(output, target)
    (target / "data.json").write_text("old", encoding="utf-8")
    deliver(output, target)
    assert folder_digests(target) == folder_digests(output / "release")
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        deliver(output, other)
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_a_disk_that_fills_leaves_the_earlier_copy_whole(output, tmp_path, monkeypatch) -> None:
    target = tmp_path / "copy"
    deliver(output, target)
    before = folder_digests(target)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.desk.deliver.store.write_atomically", full)
    with pytest.raises(OSError, match="No space"):
        deliver(output, target)
    assert folder_digests(target) == before
