"""Cities before they are partners: profiles, challenges, analyses of candidates."""
