# SPDX-License-Identifier: AGPL-3.0-or-later
"""How commands speak: JSON or plain lines on stdout, sentences on stderr, exit codes."""

import json
import os
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from lac_desktop.errors import CancelledError, LacError

F = TypeVar("F", bound=Callable[..., Any])


class _AnyPath(click.ParamType):
    """A path as it was typed; one without a name, such as ".", becomes absolute.

    Whether it is there and may be read is told by whoever opens it, with a way out: to click's own
    type a folder without rights is wrong use.
    """

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path; wrong use where nothing was typed."""
        if not os.fspath(value):
            self.fail("the name is empty.", param, ctx)
        path = Path(value)
        return path if path.name else path.absolute()


ANY_PATH = _AnyPath()


def say(text: str = "") -> None:
    """Write a line to stdout."""
    click.echo(text)


def say_json(value: Any) -> None:
    """Write a value to stdout as JSON, in UTF-8 whatever the console's own encoding."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    try:
        click.echo(text)
    except UnicodeEncodeError:
        click.echo(json.dumps(value, ensure_ascii=True, indent=1))


def progress_line(done: int, total: int | None, text: str) -> None:
    """Show progress on stderr where that is a terminal."""
    if sys.stderr.isatty():
        count = f"{done:,} of {total:,}" if total else f"{done:,}"
        click.echo(f"\r{text}: {count}\033[K", nl=False, err=True)


def end_progress() -> None:
    """Clear the line that :func:`progress_line` wrote."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


def fail(error: LacError) -> NoReturn:
    """Tell a known problem as a sentence on stderr and end with exit code 1."""
    end_progress()
    click.echo(error.message, err=True)
    if error.hint:
        click.echo(error.hint, err=True)
    raise SystemExit(1)


def told(command: F) -> F:
    """Wrap a command so that known problems become a sentence and exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            result = command(*args, **kwargs)
        except LacError as error:
            fail(error)
        except (KeyboardInterrupt, CancelledError, click.Abort):
            fail(LacError("Stopped. Everything is as it was before."))
        except BrokenPipeError:  # such as "| head", which has read enough
            _let_go_of_stdout()
            return None
        except click.exceptions.Exit:
            raise
        except click.ClickException:
            raise
        except Exception as error:
            if os.environ.get("LAC_DEBUG"):
                raise
            fail(_fault(error))
        end_progress()
        return result

    return run  # pyright: ignore[reportReturnType]  # wraps keeps the signature


def _let_go_of_stdout() -> None:
    """Nobody reads any more: what is still to be written at the end goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _fault(error: Exception) -> LacError:
    """Our own mistake: where it happened, without a word of what was being worked on."""
    spots = traceback.extract_tb(error.__traceback__)
    ours = [spot for spot in spots if "lac_desktop" in spot.filename] or list(spots)
    at = f"{Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else "an unknown place"
    return LacError(
        f"This is a fault in LAC Desktop: {type(error).__name__} in {at}.",
        "Nothing was changed by it. Tell support these two lines; LAC_DEBUG=1 shows more.",
    )


def passphrase_option(command: F) -> F:
    """Add ``--passphrase-file`` to a command that opens a notebook."""
    return click.option(
        "--passphrase-file",
        type=ANY_PATH,
        help="Read the passphrase from the first line of this file.",
    )(command)


def read_passphrase(file: Path | None, *, confirm: bool = False) -> str:
    """The passphrase: from the file, else LAC_PASSPHRASE, else asked for on the terminal."""
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise LacError(
                f"The passphrase file “{file}” cannot be read.", "Check its name and your rights."
            ) from error
        if not lines or not lines[0]:
            raise LacError(
                f"The passphrase file “{file}” is empty.", "Put the passphrase on its first line."
            )
        return lines[0]
    from_environment = os.environ.get("LAC_PASSPHRASE")
    if from_environment:
        return from_environment
    if not _is_terminal():
        raise LacError(
            "This notebook needs its passphrase.",
            "Set LAC_PASSPHRASE, use --passphrase-file, or run the command in a terminal.",
        )
    return click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True)


def _is_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty()
