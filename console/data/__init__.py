"""Files the package carries: calendars, seeds and demonstration material."""
