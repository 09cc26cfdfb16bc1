# SPDX-License-Identifier: AGPL-3.0-or-later
"""Work beside the window: what was asked to stop holds nothing up any more."""

from threading import Event

from lac_desktop.ui.frame import Frame


def test_work_that_was_asked_to_stop_does_not_hold_up_closing(frame: Frame) -> None:
    jobs, go = frame.desk.jobs, Event()
    jobs.run(lambda _progress: go.wait(5), lambda _result: None, title="Looking")
    assert jobs.busy
    go.set()
    jobs.cancel_all()  # its end is not told to the window yet
    assert not jobs.busy
    frame.close()  # asks nothing
    assert not frame.isVisible()
