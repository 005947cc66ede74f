"""``shihyo review``: the review page served on this machine, saving straight into the corrections.

Only this machine is served, on a port of chance, and only whoever knows the token of the opened
address.  A request from another site is refused by its Host and its Origin.  Nothing but the one
document is readable, nothing but its corrections is written, by one request at a time.
"""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.cache import store
from pipeline.desk import decide
from pipeline.desk.choices import chosen
from pipeline.desk.corrections import keep, take_back
from pipeline.desk.jobs import Options, Result, prepare, read_pdf, run_one
from pipeline.desk.waiting import Desk, desk_of, open_findings
from pipeline.errors import ShihyoError
from pipeline.messages import N_, translate
from pipeline.model import Record
from pipeline.review.matter import document_of, matter
from pipeline.review.page import review_page
from pipeline.review.pictures import Drawing
from pipeline.review.reading import LANGUAGES
from pipeline.review.write import ReviewFiles

_HOST = "127.0.0.1"
DRAFTS = "review-drafts.json"
"""Beside the artefacts: what was typed and not saved yet."""
_LONGEST = 1_000_000
"""Bytes of a request: more than all decisions on a document need."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Wanted(Record):
    """A decision as the page sends it."""

    finding: str
    code: str = ""
    value: str = ""
    reason: str = ""


class Decided(Record):
    """The body of ``/decisions``."""

    decisions: tuple[Wanted, ...]


class Draft(Record):
    """What a person typed of a finding so far; ``kept``: it is to be saved."""

    code: str = ""
    value: str = ""
    reason: str = ""
    kept: bool = False


class Drafted(Record):
    """The body of ``/drafts``: what was typed of findings, ``None`` for what was taken back."""

    drafts: dict[str, Draft | None]


class Taken(Record):
    """The body of ``/undo``."""

    finding: str


class Review:
    """One document under review: what it shows, what is saved, and the run after that."""

    def __init__(self, pdf: Path, options: Options, signed: dict[str, str]) -> None:
        self._pdf, self._options, self._signed = pdf, options, signed
        self._lock = threading.Lock()
        task = prepare(pdf, options)
        self._task = task
        drawing = Drawing(read_pdf(pdf), task.settings.extract, options.password)
        self._drawn = drawing.drawn(lambda: 0).pages

    def page(self, token: str) -> bytes:
        """The page as it stands, with what was typed and not saved yet."""
        shown = matter(document_of(self._task))
        drafts = msgspec.to_builtins(self._drafts())
        return review_page({**shown, "drafts": drafts}, self._drawn, token)

    def draft(self, wanted: Drafted) -> dict[str, str]:
        """Keep what was typed beside the artefacts, so that it outlives page and application."""
        with self._lock:
            self._put(wanted.drafts)
        return {}

    def _drafts(self) -> dict[str, Draft]:
        path = self._task.folder / DRAFTS
        try:
            return msgspec.json.decode(path.read_bytes(), type=dict[str, Draft])
        except (FileNotFoundError, msgspec.MsgspecError):
            return {}

    def _put(self, changed: Mapping[str, Draft | None]) -> None:
        drafts = {**self._drafts(), **changed}
        left = {key: one for key, one in drafts.items() if one is not None}
        path = self._task.folder / DRAFTS
        if left:
            store.write_atomically(path, msgspec.json.encode(left))
        else:
            path.unlink(missing_ok=True)

    def save(self, wanted: Decided) -> dict[str, str]:
        """Write decisions, run again, and tell what has changed.  Raises the typed errors."""
        with self._lock:
            desk = self._desk()
            made = []
            for one in wanted.decisions:
                found = desk.found(one.finding)
                take = f"{one.code}:{one.value}" if one.value else one.code
                choice = chosen(found, take)
                made.append(decide.decision(desk, found, choice, reason=one.reason, **self._signed))
            told = self._again(desk, lambda: keep(desk, made))
            self._put(dict.fromkeys(one.finding for one in wanted.decisions))
            return told

    def undo(self, wanted: Taken) -> dict[str, str]:
        """Take a decision back, run again, and tell what has changed."""
        with self._lock:
            desk = self._desk()
            return self._again(desk, lambda: take_back(desk, wanted.finding))

    def _desk(self) -> Desk:
        task = self._task
        return desk_of(task.area_code, task.edition, task.folder, task.decided or task.folder)

    def _again(self, before: Desk, change: Callable[[], object]) -> dict[str, str]:
        """Change the corrections and run; they are as before where the run cannot be."""
        path = Path(before.corrections)
        old = path.read_bytes() if path.is_file() else None
        change()
        result = run_one(self._pdf, self._options, beside=ReviewFiles)
        if result.failure is not None:
            failure = result.failure
            if old is None:
                path.unlink(missing_ok=True)
            else:
                store.write_atomically(path, old)
            raise ShihyoError(
                failure.message,
                advice=failure.advice,
                file=failure.file,
                page=failure.page,
                **{k: v for k, v in failure.parameters.items() if k not in ("file", "page")},
            )
        return changes(before, self._desk(), result)


def changes(before: Desk, after: Desk, result: Result) -> dict[str, str]:
    """What a further run has changed, in both languages."""
    old, new = (len(open_findings(one)) for one in (before, after))
    held = result.findings["blocker"]
    text = N_("Saved. To decide: {old} before, {new} now; held back: {held}.")
    return {
        language: translate(text, language, old=old, new=new, held=held) for language in LANGUAGES
    }


def application(review: Review, token: str, port: int) -> Starlette:
    """The web application for one document."""
    origins = {f"http://{name}:{port}" for name in (_HOST, "localhost")}
    hosts = {origin.removeprefix("http://") for origin in origins}

    def is_known(request: Request, given: str) -> bool:
        return request.headers.get("host") in hosts and secrets.compare_digest(
            given.encode(), token.encode()
        )

    async def show(request: Request) -> Response:
        if not is_known(request, request.query_params.get("token", "")):
            return _refused()
        page = await run_in_threadpool(review.page, token)
        return Response(page, media_type="text/html; charset=utf-8", headers=_HEADERS)

    def change(kind: type[Any], act: Callable[[Any], dict[str, str]]) -> Any:
        async def endpoint(request: Request) -> Response:
            same_site = request.headers.get("origin") in origins
            if not same_site or not is_known(request, request.headers.get("x-shihyo-token", "")):
                return _refused()
            return await _changed(request, kind, act)

        return endpoint

    return Starlette(
        routes=[
            Route("/", show),
            Route("/decisions", change(Decided, review.save), methods=["POST"]),
            Route("/undo", change(Taken, review.undo), methods=["POST"]),
            Route("/drafts", change(Drafted, review.draft), methods=["POST"]),
        ]
    )


async def _changed(
    request: Request, kind: type[Any], act: Callable[[Any], dict[str, str]]
) -> Response:
    """Carry a change out; what cannot be is told in both languages."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            return _told(413, N_("The request is too large."))
    try:
        wanted = msgspec.json.decode(body, type=kind)
        message = await run_in_threadpool(act, wanted)
    except msgspec.MsgspecError:
        return _told(400, N_("The request cannot be read."))
    except ShihyoError as error:
        return _told(400, error.message, **error.parameters)
    return JSONResponse({"message": message}, headers=_HEADERS)


def _told(code: int, message: str, **parameters: str) -> Response:
    texts = {language: translate(message, language, **parameters) for language in LANGUAGES}
    return JSONResponse({"message": texts}, status_code=code, headers=_HEADERS)


def _refused() -> Response:
    return _told(403, N_("Open the address that shihyo review shows."))


def serve(pdf: Path, options: Options, signed: dict[str, str], tell: Callable[[str], Any]) -> None:
    """Serve one document until interrupted; ``tell`` is given the address to open."""
    import uvicorn  # noqa: PLC0415  (an extra)

    token = secrets.token_urlsafe(24)
    listening = socket.create_server((_HOST, 0))
    port = listening.getsockname()[1]
    app = application(Review(pdf, options, signed), token, port)
    tell(f"http://{_HOST}:{port}/?token={token}")
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])
