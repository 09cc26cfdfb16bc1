# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's rights in the window: requests, handing over, erasing, retention, backups."""
