"""Making segments in bulk: words and facts into arrays, arrays into files, segments into one."""
