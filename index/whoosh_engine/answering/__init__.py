"""What is asked of an index as a whole: searches, counts, suggestions, places of a quotation, standing questions."""
