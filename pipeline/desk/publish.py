"""A release onto a CKAN portal: created or updated, each file once, a half-done call completed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import EnvironmentTroubleError, UsageError
from pipeline.messages import N_
from pipeline.model import Record

KEY = "SHIHYO_CKAN_KEY"
"""The variable of the environment that holds the key of the portal."""
_SECONDS = 60
_COMPARED = ("name", "description", "format", "mimetype", "hash")


class Step(Record):
    """One thing to be sent: ``create`` or ``update`` of the ``dataset`` or of a file."""

    action: str
    name: str


class Portal:
    """The few calls that publishing needs; every trouble is a typed error."""

    def __init__(self, url: str, key: str) -> None:
        try:
            import ckanapi  # noqa: PLC0415  (only where something is published)
            import requests  # noqa: PLC0415
        except ImportError as error:
            raise UsageError(
                N_("Publishing to CKAN needs the part “ckan” of the program."),
                advice=N_('Install it with: pip install "shihyo[ckan]"'),
            ) from error
        self._missing = ckanapi.NotFound
        self._refused = (ckanapi.NotAuthorized, ckanapi.ValidationError, ckanapi.CKANAPIError)
        self._broken = (requests.RequestException, ValueError)
        self._remote = ckanapi.RemoteCKAN(url, apikey=key, user_agent="shihyo")
        self._url = url

    def show(self, name: str) -> dict[str, Any] | None:
        """The dataset of a name as it stands there; ``None`` if there is none."""
        try:
            return self._checked(lambda: self._call("package_show", {"id": name}))
        except self._missing:
            return None

    def send(self, action: str, data: dict[str, Any], upload: Path | None = None) -> dict[str, Any]:
        """One change, with a file if there is one."""
        if upload is None:
            return self._checked(lambda: self._call(action, data))
        with upload.open("rb") as stream:
            return self._checked(lambda: self._call(action, data, {"upload": stream}))

    def _call(self, action: str, data: dict[str, Any], files: Any = None) -> Any:
        options = {"timeout": _SECONDS}
        return self._remote.call_action(action, data, files=files, requests_kwargs=options)

    def _checked(self, call: Callable[[], Any]) -> dict[str, Any]:
        try:
            answer = call()
        except self._missing:
            raise
        except self._refused as error:
            raise EnvironmentTroubleError(
                N_("The portal refused: {why}"),
                advice=N_("What was sent so far stays; mend it and call again to complete it."),
                file=self._url,
                why=str(error)[:300],
            ) from error
        except self._broken as error:
            raise EnvironmentTroubleError(
                N_("The portal did not answer as it should: {why}"),
                advice=N_("What was sent so far stays; call again to complete it."),
                file=self._url,
                why=type(error).__name__,
            ) from error
        if not isinstance(answer, dict):
            raise EnvironmentTroubleError(
                N_("The portal did not answer as it should: {why}"),
                advice=N_("What was sent so far stays; call again to complete it."),
                file=self._url,
                why=type(answer).__name__,
            )
        return answer


def package_of(release: Path, *, organization: str = "") -> dict[str, Any]:
    """The dataset of a release as ``ckan.jsonl`` describes it."""
    package: dict[str, Any] = json.loads((release / "ckan.jsonl").read_text(encoding="utf-8"))
    return package | ({"owner_org": organization} if organization else {})


def refuse_open_doubts(package: dict[str, Any]) -> None:
    """Raise :class:`UsageError` where values are withheld because our reading is in doubt."""
    doubts = _extra(package, "open_doubts")
    if doubts not in ("", "0"):
        raise UsageError(
            N_("{count} doubts about the reading are open, so the release is not published."),
            advice=N_("Settle them, or publish with --with-doubts; the metadata will say so."),
            count=doubts,
        )


def planned(package: dict[str, Any]) -> list[Step]:
    """What a first call would send, without asking the portal."""
    files = [Step(action="create", name=one["name"]) for one in package["resources"]]
    return [Step(action="create", name=package["name"]), *files]


def publish(portal: Portal, package: dict[str, Any], release: Path) -> Iterator[Step]:
    """Bring the portal up to date, step by step; what stands there already is not sent again.

    Raises :class:`UsageError` where the dataset's id belongs to another edition.
    """
    wanted = {key: value for key, value in package.items() if key != "resources"}
    standing = portal.show(package["name"])
    if standing is None:
        standing = portal.send("package_create", wanted)
        yield Step(action="create", name=package["name"])
    else:
        _refuse_other_edition(standing, package)
        if not _is_like(standing, wanted):
            portal.send("package_patch", {"id": standing["id"], **wanted})
            yield Step(action="update", name=package["name"])
    there = {one.get("name"): one for one in standing.get("resources", ())}
    for resource, path in zip(package["resources"], _paths(package, release), strict=True):
        known = there.get(resource["name"])
        if known is not None and all(known.get(key) == resource[key] for key in _COMPARED):
            continue
        action = "create" if known is None else "update"
        named = {"package_id": standing["id"]} if known is None else {"id": known["id"]}
        sent = {key: value for key, value in resource.items() if key != "url"}
        portal.send(f"resource_{action}", named | sent, path)
        yield Step(action=action, name=resource["name"])


def _paths(package: dict[str, Any], release: Path) -> list[Path]:
    return [release / one["url"].rpartition("/")[2] for one in package["resources"]]


def _extra(package: dict[str, Any], key: str) -> str:
    extras = package.get("extras", ())
    return next((str(one["value"]) for one in extras if one["key"] == key), "")


def _refuse_other_edition(standing: dict[str, Any], package: dict[str, Any]) -> None:
    there, own = _extra(standing, "edition"), _extra(package, "edition")
    if there != own:
        raise UsageError(
            N_("The dataset {id} on the portal is not that of the edition {edition}."),
            advice=N_('Put the edition into its id: dataset_id = "…-{{edition}}" in the profile.'),
            id=package["name"],
            edition=own,
        )


def _is_like(standing: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether all that we would say is said already; what a portal adds does not matter."""
    for key, value in wanted.items():
        if key == "tags":
            if {tag["name"] for tag in standing.get("tags", ())} != {t["name"] for t in value}:
                return False
        elif key == "extras":
            if any(_extra(standing, one["key"]) != one["value"] for one in value):
                return False
        elif key == "owner_org":
            if value not in (standing.get(key), (standing.get("organization") or {}).get("name")):
                return False
        elif standing.get(key) != value:
            return False
    return True
