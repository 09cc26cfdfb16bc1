# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command ``lac-desktop``: the window without a sub-command, the services with one."""

from pathlib import Path

import click

from lac_desktop import __version__
from lac_desktop.cli import assets, hours, ladder, packs, people, vaults
from lac_desktop.cli.output import ANY_PATH, told


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="LAC Desktop")
@click.option("--demo", is_flag=True, help="Open the invented demo neighbourhood.")
@click.option(
    "--vault",
    "vault_dir",
    type=ANY_PATH,
    help="Open the notebook in this folder.",
)
@click.pass_context
@told
def main(context: click.Context, demo: bool, vault_dir: Path | None) -> None:
    """The notebook and map of a Local Area Coordinator; without a command, its window."""
    if context.invoked_subcommand is not None:
        return
    from lac_desktop.app import run

    context.exit(run(demo=demo, vault=vault_dir))


@main.command("self-test")
@told
def self_test() -> None:
    """Make a notebook, build the demo, search, draw and export; exit 0 when all of it works."""
    from lac_desktop.selftest import self_test as run

    run()


main.add_command(vaults.vault)
main.add_command(packs.pack)
main.add_command(assets.import_files)
main.add_command(assets.find)
main.add_command(assets.export)
main.add_command(hours.hours)
main.add_command(people.people)
main.add_command(people.note)
main.add_command(ladder.ladder)
