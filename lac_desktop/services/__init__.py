# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody can do: one function an intention, no Qt."""
