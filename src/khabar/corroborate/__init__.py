"""Across documents: copies, stories, origins, denials and conflicts."""
