"""What a page shows, made ready for its template: no HTML, no HTTP answers."""
