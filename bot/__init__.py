"""The application: the quote desk in Slack, on the command line and on its pages."""
