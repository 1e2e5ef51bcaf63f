"""From portals and folders to the content-addressed store."""
