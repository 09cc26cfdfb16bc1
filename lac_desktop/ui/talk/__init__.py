# SPDX-License-Identifier: AGPL-3.0-or-later
"""Talking and writing it down: conversations, quick notes, the Level 1 tally."""
