# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything about a place that is public: area packs, postcodes, walking."""
