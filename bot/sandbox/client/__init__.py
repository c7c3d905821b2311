"""What the page in the browser talks to: what one person sees, what they do, and what went over the wire."""

from bot.sandbox.client.guard import guard
from bot.sandbox.client.routes import add_client

__all__ = ["add_client", "guard"]
