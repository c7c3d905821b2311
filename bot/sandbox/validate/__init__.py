"""Strict checks of blocks and views: pure, each rule with its page of docs.slack.dev or the word `assumed`."""

from bot.sandbox.validate.blocks import Surface
from bot.sandbox.validate.problem import Problem
from bot.sandbox.validate.surfaces import block_problems, characters, option_problems, view_problems

__all__ = ["Problem", "Surface", "block_problems", "characters", "option_problems", "view_problems"]
