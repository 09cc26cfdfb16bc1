# SPDX-License-Identifier: AGPL-3.0-or-later
"""One place in full: its details, and the form that changes them."""
