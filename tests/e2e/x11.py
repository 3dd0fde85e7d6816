"""The one word of X11 that the tests say: WM_DELETE_WINDOW, as a window manager does for its close button."""

from __future__ import annotations

import ctypes

_CLIENT_MESSAGE = 33
_LONGS = 24  # the size of an XEvent


class _Message(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
    )


class _Event(ctypes.Union):
    _fields_ = (("message", _Message), ("room", ctypes.c_long * _LONGS))


def ask_to_close(display: str, window: int) -> None:
    """Ask the program that owns `window` to close it."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = ctypes.c_ulong
    x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    x.XCloseDisplay.argtypes = [ctypes.c_void_p]
    line = x.XOpenDisplay(display.encode())
    assert line, f"no screen at {display}"
    event = _Event()
    event.message.type = _CLIENT_MESSAGE
    event.message.window = window
    event.message.message_type = x.XInternAtom(line, b"WM_PROTOCOLS", 0)
    event.message.format = 32
    event.message.data[0] = x.XInternAtom(line, b"WM_DELETE_WINDOW", 0)
    x.XSendEvent(line, window, 0, 0, ctypes.byref(event))
    x.XCloseDisplay(line)
