# SPDX-License-Identifier: AGPL-3.0-or-later
"""The encrypted notebook on disk: two SQLite files in a vault folder."""
