"""What is kept: the ports in `port`, and one implementation of them in SQL."""

from bot.store.opening import Store, open_store

__all__ = ["Store", "open_store"]
