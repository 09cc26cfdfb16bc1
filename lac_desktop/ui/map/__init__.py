# SPDX-License-Identifier: AGPL-3.0-or-later
"""The native map: one renderer for the window, pictures and print; see :mod:`.widget`."""
