# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading other people's files and writing ours."""
