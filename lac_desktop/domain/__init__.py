# SPDX-License-Identifier: AGPL-3.0-or-later
"""What things are and what is allowed: standard library only."""
