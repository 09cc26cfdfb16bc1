# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the urgent numbers come from: machine policy first, else the file beside the notebook."""

from pathlib import Path

from lac_desktop import paths
from lac_desktop.domain.urgent import BUILT_IN, UrgentNumbers, from_values, to_values
from lac_desktop.errors import LacError
from lac_desktop.services import toml_file

FILE_NAME = "urgent.toml"


def file_for(notebook: Path | None) -> Path:
    """The plain file beside a notebook, or in the account's own folder before there is one."""
    return (notebook.parent if notebook else paths.home()) / FILE_NAME


def load(notebook: Path | None) -> UrgentNumbers:
    """Return the numbers to show; never raises, for 999 and 111 must always be there.

    A file that cannot be understood gives the built-in numbers and a sentence in ``problem``.
    """
    policy = paths.machine_policy() / FILE_NAME
    fixed = policy.is_file()
    file = policy if fixed else file_for(notebook)
    try:
        return from_values(toml_file.read(file), fixed=fixed)
    except LacError as error:
        return UrgentNumbers(BUILT_IN, problem=str(error), fixed=fixed)
    except ValueError as error:
        sentence = f"The council’s numbers in {file.name} are not shown: {error}. Correct the file."
        return UrgentNumbers(BUILT_IN, problem=sentence, fixed=fixed)


def save(notebook: Path | None, numbers: UrgentNumbers) -> None:
    """Write the council's numbers beside the notebook.

    Raises LacError where the machine's policy sets them, or where the file cannot be written.
    """
    if (paths.machine_policy() / FILE_NAME).is_file():
        raise LacError(
            "Your council’s IT sets these numbers for every account on this machine.",
            "Ask them to change the numbers.",
        )
    values = to_values(numbers)
    from_values(values)  # what we write we must be able to read
    toml_file.write(file_for(notebook), values, "Numbers shown under “Worried about someone?”")
