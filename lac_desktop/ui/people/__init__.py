# SPDX-License-Identifier: AGPL-3.0-or-later
"""The section People: the list, a person's page and its tabs."""
