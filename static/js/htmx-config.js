// htmx would write a style sheet of its own into the page, which the content security policy rightly refuses.
htmx.config.includeIndicatorStyles = false;
