"""A limit on the processor time of one piece of work, so that no input holds up a run.

The limits on size and nesting are exact and come first; this one is for what nobody thought of. Work that is over its
budget is given up as a whole: there is no such thing as half a result.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")
# What one document may take, where nobody says otherwise: the largest that is read takes no longer.
MOST_SECONDS = 600.0
# The longest that a message about an overrun comes late, and how often it is sent until it is heard.
_AGAIN_SECONDS = 0.05


class OverBudgetError(Exception):
    """The work took longer than it may; ``seconds`` is what it had."""

    def __init__(self, seconds: float) -> None:
        """Keep the budget for the message."""
        super().__init__(f"took over {seconds:g} seconds of processor time")
        self.seconds = seconds


class _Stop(BaseException):
    """Sent into the thread whose work is over its budget."""


def within(seconds: float | None, work: Callable[[], T]) -> T:
    """Do the work, and give up after so many seconds of processor time of this thread; None sets no limit.

    Where the system does not tell the time of a thread (macOS), elapsed time counts. A single call into a library is
    not broken off, so the work may take a little longer. Raises OverBudgetError.
    """
    if seconds is None:
        return work()
    watch = _Watch(seconds)
    try:
        try:
            watch.begin()
            return work()
        finally:
            watch.end()
    except _Stop:
        raise OverBudgetError(seconds) from None


class _Watch:
    """Waits in a thread of its own, and stops the thread that it was made in.

    Not a signal: those reach the main thread only, and work is done in others, too.
    """

    def __init__(self, seconds: float) -> None:
        import ctypes  # noqa: F401, PLC0415 - before anything is sent; a run in which nothing changed needs none

        self._seconds = seconds
        self._watched = threading.get_ident()
        # plain locks: one that Python code takes stays taken where what is sent arrives in that code
        self._going = threading.Lock()
        self._watching = threading.Lock()
        self._sent = False
        self._finished = False
        self._clock = _clock(self._watched)
        self._until = self._clock() + seconds
        self._thread = threading.Thread(target=self._watch, name="time budget", daemon=True)

    def begin(self) -> None:
        self._going.acquire()
        self._watching.acquire()
        self._thread.start()

    def end(self) -> None:
        """Stop watching; after this nothing is sent any more, and nothing that was sent arrives.

        What may be on its way is sent once more and awaited, not taken back: Python 3.11 goes on looking for what was
        taken back, and hangs where the next call is traced (by a debugger, or for coverage).
        """
        if self._thread.ident is None:
            return  # none could be started
        last = False
        while True:
            try:
                if not self._finished:
                    with suppress(RuntimeError):  # it has been let go
                        self._going.release()
                    self._watching.acquire()
                if last or not self._sent:
                    break
                last = True
                while True:
                    _send(self._watched, _Stop)
            except _Stop:  # whenever it comes, it ends here
                continue
        self._thread.join()

    def _watch(self) -> None:
        try:
            wait = self._seconds
            while not self._going.acquire(timeout=wait):
                wait = self._until - self._clock()
                if wait <= 0:
                    # sent again until it is heard: what is raised in a finalizer is lost
                    self._sent = True
                    _send(self._watched, _Stop)
                    wait = _AGAIN_SECONDS
        finally:
            self._finished = True
            self._watching.release()


def _clock(thread: int) -> Callable[[], float]:
    """Give the clock of a thread's processor time, or that of the wall where there is none."""
    if hasattr(time, "pthread_getcpuclockid"):
        clock = time.pthread_getcpuclockid(thread)
        return lambda: time.clock_gettime(clock)
    return time.monotonic


def _send(thread: int, exception: type[BaseException]) -> None:
    import ctypes  # noqa: PLC0415 - loaded by then

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(exception))
