"""Text outside tables: characters to lines, lines to paragraphs and sections, paragraphs to sentences."""
