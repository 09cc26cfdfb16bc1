# SPDX-License-Identifier: AGPL-3.0-or-later
"""Community first, services second: the rungs and their reasons."""
