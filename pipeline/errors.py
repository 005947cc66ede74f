"""Typed errors: what happened, where, the exit code, and what to do next.

Messages are message ids (English); ``messages.py`` renders them in the user's language.
"""

from __future__ import annotations

from enum import IntEnum

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
    INTERRUPTED = 130


class ShihyoError(Exception):
    """Base of all expected errors.

    ``message`` and ``advice`` are message ids with ``{placeholders}``; ``parameters`` fills them.
    ``file`` and ``page`` say where.
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
        **parameters: str,
    ) -> None:
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
