"""Typed errors: what happened, where, the exit code, and what to do next.

Messages are message ids (English); ``messages.py`` renders them in the user's language.
"""

from __future__ import annotations

import errno
import traceback
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path

from pipeline.messages import N_


class ExitCode(IntEnum):
    """The exit codes of the command, as in the interface contract."""

    RELEASED = 0
    DOUBTS = 1
    USAGE = 2
    UNREADABLE = 3
    ENCRYPTED = 4
    NO_INDICATORS = 5
    LIMIT = 6
    SETTINGS = 7
    WORKER = 8
    INTERNAL = 9
    ENVIRONMENT = 10
    SOME_FAILED = 11
    ALL_FAILED = 12
    INTERRUPTED = 130


class ShihyoError(Exception):
    """Base of all expected errors.

    ``message`` and ``advice`` are message ids with ``{placeholders}``; ``parameters`` fills them.
    ``file`` with ``page`` or ``line`` say where.
    """

    exit_code = ExitCode.UNREADABLE
    message = N_("The document could not be processed.")
    advice = N_("Check the file and run again.")

    def __init__(
        self,
        message: str | None = None,
        *,
        advice: str | None = None,
        file: str | None = None,
        page: int | None = None,
        line: int | str | None = None,
        **parameters: str,
    ) -> None:
        if line is not None:
            parameters["line"] = str(line)
        self.message = message or type(self).message
        self.advice = advice or type(self).advice
        self.file = file
        self.page = page
        self.parameters = parameters
        super().__init__(self.message.format_map({**parameters, "file": file, "page": page}))


class UsageError(ShihyoError):
    """The command was called in a way that cannot be carried out."""

    exit_code = ExitCode.USAGE
    message = N_("The command cannot be carried out as given.")
    advice = N_("See: shihyo --help")


class UnreadableError(ShihyoError):
    """Not a PDF, or one too damaged to read."""

    exit_code = ExitCode.UNREADABLE
    message = N_("The file is not a readable PDF.")
    advice = N_("Open it in a PDF viewer; if it does not open there, obtain the file again.")


class EncryptedError(ShihyoError):
    """The PDF needs a password, or the one given is wrong."""

    exit_code = ExitCode.ENCRYPTED
    message = N_("The PDF is encrypted and needs a password.")
    advice = N_("Give it with --password, or obtain an unprotected copy.")


class NoIndicatorsError(ShihyoError):
    """No indicator table was found in the document."""

    exit_code = ExitCode.NO_INDICATORS
    message = N_("No indicator table was found.")
    advice = N_("See what was read with: shihyo inspect {file}")


class LimitError(ShihyoError):
    """A limit on pages, objects, time or memory was exceeded."""

    exit_code = ExitCode.LIMIT
    message = N_("A limit was exceeded: {limit}.")
    advice = N_("Split the document, or raise the limit in the profile ([extract]).")


class RunLimitError(LimitError):
    """All the work on one document together took longer than it may."""

    message = N_("The whole run of the document took longer than it may: {limit}.")
    advice = N_(
        "Run again on a quiet machine (earlier editions that were read are kept); else raise "
        "seconds_run in the profile ([extract]), split the document, or leave scanned pages out "
        "with --no-ocr."
    )


class ReviewError(ShihyoError):
    """What is written beside a release is not whole.  It ends no run: the release is."""

    exit_code = ExitCode.RELEASED
    message = N_(
        "The release is whole, but the review page lacks the pictures of {count} pages: a limit "
        "was exceeded ({limit})."
    )
    advice = N_(
        "Look at the PDF itself beside the review page, or raise seconds_second or megabytes in "
        "the profile ([extract]) and run again."
    )


class SettingsError(ShihyoError):
    """A profile, registry, vocabulary or correction file is invalid."""

    exit_code = ExitCode.SETTINGS
    message = N_("A settings file is invalid: {problem}")
    advice = N_("Correct the file named above and run again.")


class WorkerError(ShihyoError):
    """A worker process died."""

    exit_code = ExitCode.WORKER
    message = N_("A worker process died while reading the document.")
    advice = N_("This is usually a lack of memory or a damaged file; try again with --jobs 1.")


class InternalError(ShihyoError):
    """A fault of this program, not of the document: any exception that is not a typed error.

    Its parameters ``fault`` (what, and where in the code) and ``trace`` hold no text of the
    document: messages of exceptions may quote it, so they are left out.
    """

    exit_code = ExitCode.INTERNAL
    message = N_(
        "The program itself has a fault ({fault}). The document may be fine; nothing that was "
        "released before has changed."
    )
    advice = N_(
        "Send the file {report} to those who maintain the program; it holds no text of the "
        "document."
    )

    @classmethod
    def of(cls, error: BaseException, page: int | None = None) -> InternalError:
        """The error for an exception that nobody expected."""
        return cls(page=page, fault=fault_of(error), trace=trace_of(error))


class EnvironmentTroubleError(ShihyoError):
    """The machine does not let the program work: a full disk, no permission, a file held open."""

    exit_code = ExitCode.ENVIRONMENT
    message = N_("A file or folder cannot be read or written: {problem}")
    advice = N_("Check that it exists and may be read and written, then run again.")

    @classmethod
    def of(cls, error: OSError) -> EnvironmentTroubleError:
        """The error for trouble that the operating system reports."""
        message, advice = _TROUBLES.get(error.errno or 0, (cls.message, cls.advice))
        if getattr(error, "winerror", None) in _HELD_OPEN:
            message, advice = _HELD
        file = error.filename2 or error.filename
        if isinstance(file, bytes):
            file = file.decode(errors="replace")
        problem = error.strerror or type(error).__name__
        return cls(message, advice=advice, file=str(file) if file else None, problem=problem)


_FULL = (
    N_("The disk is full."),
    N_("Make room on it and run again; what was released before is whole."),
)
_FORBIDDEN = (
    N_("There is no permission to read or write here."),
    N_(
        "Choose another folder with --output, or get the permission; on Windows the file may be "
        "open in another program such as Excel."
    ),
)
_HELD = (
    N_("The file is open in another program."),
    N_("Close it there (Excel, a viewer) and run again."),
)
_HELD_OPEN = (32, 33)
"""Windows' codes for sharing and lock violations."""
_TROUBLES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EBUSY: _HELD,
    errno.ETXTBSY: _HELD,
    errno.EROFS: (
        N_("The folder can only be read, not written."),
        N_("Choose another folder with --output."),
    ),
    errno.ENAMETOOLONG: (
        N_("The path is too long for this system."),
        N_("Work in a folder with a shorter path."),
    ),
}


def typed(error: Exception) -> ShihyoError:
    """Any exception as a typed error: one of ours as it is, the system's trouble, or our fault."""
    if isinstance(error, ShihyoError):
        return error
    if isinstance(error, OSError):
        return EnvironmentTroubleError.of(error)
    if isinstance(error, MemoryError):
        return LimitError(N_("There is not enough memory for this document."))
    return InternalError.of(error)


def fault_of(error: BaseException) -> str:
    """An exception's type and the line of this program that it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _PACKAGE in Path(frame.filename).parents]
    place = (own or frames)[-1:]
    where = "".join(f", {_short(frame.filename)}:{frame.lineno}" for frame in place)
    return f"{type(error).__name__}{where}"


def trace_of(error: BaseException) -> str:
    """The way that an exception took, its causes first, without messages and without folders."""
    return "\n".join(_trace(error))


def _trace(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or error.__context__
    if before is not None:
        yield from _trace(before)
        yield ""
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
        yield f"    {frame.line}"
    yield type(error).__name__


_PACKAGE = Path(__file__).resolve().parent


def _short(file: str) -> str:
    """A source file without the folders of the machine that it stands on."""
    parts = Path(file).parts
    for root in ("site-packages", _PACKAGE.name):
        if root in parts:
            last = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[last + (root == "site-packages") :])
    return parts[-1] if parts else ""
