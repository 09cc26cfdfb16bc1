# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entry point of ``lac-desktop`` and ``python -m lac_desktop``."""

from lac_desktop.cli.main import main

if __name__ == "__main__":
    main(prog_name="lac-desktop")
