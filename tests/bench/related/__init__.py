"""What finds passages that mean the same in other words, and how well: `python -m tests.bench.related`."""
