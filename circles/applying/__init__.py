"""From the form to the confirmed application: drafts, codes, receipts, forgetting."""
