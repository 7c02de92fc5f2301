"""What a circle works out together: sections, versions, and the feedback of its networks."""
