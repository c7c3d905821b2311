"""The asking room: from a person's words to proved cards with their links."""
