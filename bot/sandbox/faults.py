"""Making Slack fail on purpose."""

from dataclasses import dataclass

from bot.sandbox.errors import RateLimited, ServerFault, SlackRefusal


@dataclass(slots=True)
class Fault:
    """How the next `times` calls of `method` (a Web API method, `response_url`, or `*` for any) fail.

    A `status` of 500 or more makes Slack break; otherwise `error` is answered, `ratelimited` as 429 with Retry-After.
    With a `delay` they succeed, so many seconds late.
    """

    method: str
    error: str = "internal_error"
    retry_after: int = 1
    status: int | None = None
    times: int = 1
    delay: float = 0.0

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
            if fault.method in (method, "*") and fault.times > 0 and not fault.delay:
                fault.times -= 1
                raise fault.refusal()

    def delay(self, method: str) -> float:
        """Seconds for which this call of the method is held up."""
        for fault in self._faults:
            if fault.method in (method, "*") and fault.times > 0 and fault.delay:
                fault.times -= 1
                return fault.delay
        return 0.0

    @property
    def armed(self) -> list[Fault]:
        """Those still to strike, in the order in which they were armed."""
        return [fault for fault in self._faults if fault.times > 0]
