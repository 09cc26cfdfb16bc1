# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bringing places in: match columns, check rows, compare twins, then one undoable step."""
