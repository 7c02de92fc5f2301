"""`/transparenz/`: draws, overdue answers, agreements and corrections, as a page and as tables."""
