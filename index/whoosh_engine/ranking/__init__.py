"""In which order it is shown: what a find is worth, why, and which finds are copies of one another."""
