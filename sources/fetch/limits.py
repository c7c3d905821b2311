"""How much of a stranger's answer is taken, and how gently it is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Times are in seconds, sizes in bytes.

    `seconds` is how long one answer may take as a whole and `silence` how long nothing may come; after `grace` it must
    have come at `least_rate` bytes a second. `attempts` are all tries of one request; no single wait between them is
    longer than `longest_wait`. `interval` lies between two requests to one host, unless its robots.txt asks for more.
    """

    seconds: float = 300.0
    silence: float = 20.0
    grace: float = 20.0
    least_rate: float = 1024.0
    redirects: int = 8
    attempts: int = 4
    first_wait: float = 1.0
    longest_wait: float = 60.0
    interval: float = 1.0
    longest_interval: float = 30.0


DEFAULT = Limits()
