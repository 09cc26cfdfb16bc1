# SPDX-License-Identifier: AGPL-3.0-or-later
"""Before a notebook is open: first run, unlocking, recovery and restoring."""
