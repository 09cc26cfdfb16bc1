# SPDX-License-Identifier: AGPL-3.0-or-later
"""The only folder that imports PySide6."""
