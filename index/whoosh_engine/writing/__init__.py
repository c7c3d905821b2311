"""How an index changes: batches become segments, segments are merged, generations take each other's place."""
