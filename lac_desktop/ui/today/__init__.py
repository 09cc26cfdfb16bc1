# SPDX-License-Identifier: AGPL-3.0-or-later
"""The section Today: what I said I would do, and who is due a word."""
