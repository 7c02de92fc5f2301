"""The words of an agreement: clauses, languages, versions, amendments, terms."""
