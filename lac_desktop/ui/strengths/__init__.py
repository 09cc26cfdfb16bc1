# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is strong about a person, what was given and received, and the measures they choose."""
