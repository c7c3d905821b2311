"""What a query finds: Whoosh's query objects evaluated over the arrays, whole lists of rows at a time."""
