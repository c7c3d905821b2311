"""The Web API: one file a family of methods, each with its table; `call` is the one way in."""

from bot.sandbox.web_api.call import call

__all__ = ["call"]
