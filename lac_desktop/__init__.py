# SPDX-License-Identifier: AGPL-3.0-or-later
"""LAC Desktop: the notebook and map of a Local Area Coordinator."""

__version__ = "0.1.0"
