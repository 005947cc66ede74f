"""What a person sees: the terminal report, the tables as read, pictures of pages."""
