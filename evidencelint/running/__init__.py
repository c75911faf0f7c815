"""The linters of a run: made once, remembered, and spread over processes."""
