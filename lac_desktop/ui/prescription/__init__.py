# SPDX-License-Identifier: AGPL-3.0-or-later
"""One to three things to try, on one page in large print."""
