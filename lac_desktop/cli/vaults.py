# SPDX-License-Identifier: AGPL-3.0-or-later
"""``lac-desktop vault``: make, check, copy and bring back notebooks."""

from pathlib import Path

import click

from lac_desktop.cli.output import (
    ANY_PATH,
    passphrase_option,
    progress_line,
    read_passphrase,
    say,
    say_json,
    told,
)
from lac_desktop.errors import LacError


@click.group()
def vault() -> None:
    """Make, check, back up and restore notebooks."""


@vault.command("new")
@click.argument("folder", type=ANY_PATH)
@click.option("--who", default="", help="Your name, for the history and “checked by”.")
@click.option("--nation", default="england", show_default=True, help="For bank holidays.")
@passphrase_option
@told
def new(folder: Path, who: str, nation: str, passphrase_file: Path | None) -> None:
    """Make an empty notebook in FOLDER and print its recovery code."""
    from lac_desktop.domain.passphrase import Strength, judge
    from lac_desktop.services import notebook
    from lac_desktop.services.settings import NATIONS, NotebookSettings

    if nation not in NATIONS:
        raise click.BadParameter(f"choose one of {', '.join(NATIONS)}", param_hint="--nation")
    passphrase = read_passphrase(passphrase_file, confirm=True)
    judged = judge(passphrase)
    if judged.strength < Strength.FAIR:
        changed = "It is used all the same; the window can change it: File, Change the passphrase."
        click.echo(f"{judged.sentence} {changed}", err=True)
    code = notebook.create(folder, passphrase, NotebookSettings(who=who, nation=nation))
    for warning in notebook.place_warnings(folder):
        click.echo(warning, err=True)
    say(f"The notebook is in {folder}.")
    say("Recovery code. Print it and keep it away from the laptop:")
    say(f"  {code}")


@vault.command("verify")
@click.argument("folder", type=ANY_PATH)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@passphrase_option
@told
def verify(folder: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """Check every page of a notebook, its indexes and the chain of its history."""
    from lac_desktop.services import notebook

    problems = notebook.verify(folder, read_passphrase(passphrase_file))
    if as_json:
        say_json({"good": not problems, "problems": problems})
    elif not problems:
        say("The notebook is sound.")
    if problems:
        raise LacError(
            "The notebook does not pass its checks: " + " ".join(problems),
            "Restore the last backup into a new folder with “vault restore”.",
        )


@vault.command("backup")
@click.argument("folder", type=ANY_PATH)
@click.argument("file", type=ANY_PATH)
@passphrase_option
@told
def backup(folder: Path, file: Path, passphrase_file: Path | None) -> None:
    """Write an encrypted copy of the notebook to FILE, checked before it counts."""
    from lac_desktop.services import notebook

    notebook.backup_folder(folder, read_passphrase(passphrase_file), file, progress_line)
    say(f"The backup is in {file}. It opens with the same passphrase.")


@vault.command("restore")
@click.argument("file", type=ANY_PATH)
@click.argument("folder", type=ANY_PATH)
@told
def restore(file: Path, folder: Path) -> None:
    """Bring a backup FILE back into FOLDER, which must not hold a notebook yet."""
    from lac_desktop.services import notebook

    notebook.restore(file, folder, progress_line)
    say(f"The notebook is back in {folder}. It opens with the passphrase it had at the backup.")
