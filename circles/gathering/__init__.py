"""A circle at work: its meetings, tasks, files, announcements, and finding a date."""
