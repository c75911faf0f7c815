"""Markdown text as passages of prose at their exact places."""
