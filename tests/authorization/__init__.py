"""Who may do what: one world for all files of this folder."""
