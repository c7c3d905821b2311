"""Many people ask a served desk at once: how long they wait, and what it costs."""
