"""The desk of staff, officers, partners and members: one page out of what each app has for it."""
