# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wall: the only road from an asset to something that may leave the laptop."""
