"""A person's seat at the sandbox's page: what they do and look at, in their words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page


@dataclass(frozen=True, slots=True)
class Seat:
    """One open page."""

    page: "Page"

    async def write(self, text: str, where: str = "#newsroom") -> None:
        """Type into the message box, and send."""
        box = self.page.get_by_role("textbox", name=f"Message {where}")
        await box.fill(text)
        await box.press("Enter")

    async def be(self, name: str) -> None:
        """Switch to another person."""
        await self.page.get_by_role("radio", name=name).check()

    async def go(self, name: str) -> None:
        """Open a channel, Home or Messages."""
        await self.page.get_by_role("navigation", name="People and channels").get_by_role("button", name=name).click()

    @property
    def messages(self) -> "Locator":
        """All messages of the place, oldest first."""
        return self.page.locator("#messages > .message")

    @property
    def newest(self) -> "Locator":
        """The last message."""
        return self.messages.last

    @property
    def modal(self) -> "Locator":
        """The view on top."""
        return self.page.get_by_role("dialog")

    async def press(self, name: str, inside: "Locator | None" = None) -> None:
        """Press the first button of that name."""
        await (inside or self.newest).get_by_role("button", name=name, exact=True).first.click()

    async def choose(self, name: str, inside: "Locator | None" = None) -> None:
        """Choose in the menu behind the three dots below the first card."""
        await (inside or self.newest).get_by_role("button", name="More actions").first.click()
        await self.page.get_by_role("menuitem", name=name).click()
