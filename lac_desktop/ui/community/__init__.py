# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of places, groups and gifts, and keeping it true."""
