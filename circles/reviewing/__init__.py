"""Two people look at each application: finding, asking, deciding, objecting."""
