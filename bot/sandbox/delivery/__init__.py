"""Bringing commands, events and interactions to the app, over signed HTTP or Socket Mode."""

from bot.sandbox.delivery.port import Ack, Delivery, Kind, Parcel, Transport, Unreachable

__all__ = ["Ack", "Delivery", "Kind", "Parcel", "Transport", "Unreachable"]
