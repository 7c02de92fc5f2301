"""The names of the portal's own signature fields, and nothing that would take long to import."""

ISSUE_FIELD = "Siegel-Ausstellung"
CONCLUSION_FIELD = "Siegel-Abschluss"
OWN_FIELDS = frozenset({ISSUE_FIELD, CONCLUSION_FIELD})
