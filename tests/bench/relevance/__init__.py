"""How good the order of the answers is: known items, public gold, BEIR-style sets, and the search for weights."""
