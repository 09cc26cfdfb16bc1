# SPDX-License-Identifier: AGPL-3.0-or-later
"""Building an area pack from downloaded files, in the window."""
