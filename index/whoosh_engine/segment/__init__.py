"""What lies on disk and is mapped: the arrays of a segment, its dictionaries, words, days and facts."""
