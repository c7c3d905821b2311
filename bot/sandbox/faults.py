"""Making Slack fail on purpose."""

from dataclasses import dataclass

from bot.sandbox.errors import RateLimited, ServerFault, SlackRefusal


@dataclass(slots=True)
class Fault:
    """How the next `times` calls of `method` (a Web API method, `response_url`, or `*` for any) fail.

    A `status` of 500 or more makes Slack break; otherwise `error` is answered, `ratelimited` as 429 with Retry-After.
    """

    method: str
    error: str = "internal_error"
    retry_after: int = 1
    status: int | None = None
    times: int = 1

    def refusal(self) -> SlackRefusal:
        """What the call is answered with."""
        if self.status is not None:
            return ServerFault(self.status)
        return RateLimited(self.retry_after) if self.error == "ratelimited" else SlackRefusal(self.error)


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Arm one."""
        self._faults.append(fault)

    def strike(self, method: str) -> None:
        """Raise the fault that waits for this method, if any."""
        for fault in self._faults:
            if fault.method in (method, "*") and fault.times > 0:
                fault.times -= 1
                raise fault.refusal()
