# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window of the tests of ``ui`` serves the stories too."""

from tests.ui.conftest import frame, wait

__all__ = ["frame", "wait"]
