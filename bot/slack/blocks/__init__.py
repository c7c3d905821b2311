"""Values in, Slack blocks out. Pure, and the only place of the room where markup is made."""
