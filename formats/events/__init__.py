"""Events and forums: from plan to fate, programme, places, what follows."""
