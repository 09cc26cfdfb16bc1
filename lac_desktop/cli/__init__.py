# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line: the same services as the window, for checks and for support staff."""
