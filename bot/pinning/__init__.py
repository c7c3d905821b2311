"""Pins: the use cases, following the sources, and files of pins."""

from bot.pinning.desk import PinDesk
from bot.pinning.files import ExportForm, PinFiles
from bot.pinning.following import Follower
from bot.pinning.view import PinPage, PinView

__all__ = ["ExportForm", "Follower", "PinDesk", "PinFiles", "PinPage", "PinView"]
