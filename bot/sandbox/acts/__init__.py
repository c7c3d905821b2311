"""What a person does in Slack, and what they then see; `Sandbox` is made of these."""
