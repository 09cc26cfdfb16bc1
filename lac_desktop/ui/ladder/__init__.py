# SPDX-License-Identifier: AGPL-3.0-or-later
"""The helper: seven rungs from what is strong outwards, services last, urgent help at once."""
