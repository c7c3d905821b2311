"""`python -m bot`, also installed as `quotedesk`."""

import sys

INTERRUPTED = 130  # what a shell expects after Ctrl-C


def main() -> None:
    """Run the command line."""
    try:
        from bot.cli import app  # here, so that an impatient Ctrl-C while it loads ends as quietly as any other

        app(prog_name="quotedesk")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
