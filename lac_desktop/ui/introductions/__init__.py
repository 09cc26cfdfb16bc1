# SPDX-License-Identifier: AGPL-3.0-or-later
"""Introducing people to people and places, and asking later how it went."""
