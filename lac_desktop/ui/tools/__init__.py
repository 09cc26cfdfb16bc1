# SPDX-License-Identifier: AGPL-3.0-or-later
"""Person-centred tools: filled in, looked back on, drawn and printed."""
