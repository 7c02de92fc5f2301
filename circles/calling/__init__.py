"""A call before it closes: texts, quotas, dates, trials, what follows or ends it."""
