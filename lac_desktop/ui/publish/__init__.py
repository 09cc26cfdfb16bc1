# SPDX-License-Identifier: AGPL-3.0-or-later
"""Handing out what is shown: see exactly what leaves and what stays, then save."""
