"""What comes of it: goals, actions, projects, labs, milestones, news, voices."""
