"""What people are told, whatever they look at: sentences, dates, speakers and places."""
