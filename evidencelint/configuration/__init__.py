"""What a project sets, where it is found, and which documents and fact bases it leads to."""
