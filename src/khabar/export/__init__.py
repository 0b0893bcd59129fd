"""Readings in the forms that people and programs take them: one file a format."""
