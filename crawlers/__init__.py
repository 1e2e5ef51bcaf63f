"""From portals and folders to the content-addressed store."""

Fetch, recognise by content, keep the bytes and where they were seen.
"""
