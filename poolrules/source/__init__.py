"""Text as it came: files read strictly, places in them, and what is said about them."""
