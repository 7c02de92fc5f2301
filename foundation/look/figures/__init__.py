"""Figures drawn on the server: plain values in, SVG out, every state also as shape or text.

Pure functions without Django's models or requests; colours come from static/css/components.css.
"""
