"""How the portal looks: glyphs, form fields, moments and figures for the templates.

Knows no domain: everything comes in as plain values and goes out as markup.
"""
