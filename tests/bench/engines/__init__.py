"""The engine beside others: same passages, same questions, asked in turn in one run."""
