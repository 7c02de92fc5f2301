"""Brings Stadtbrücke up on a bare machine and keeps its processes together.

Standard library only: it runs before anything is installed.
"""
