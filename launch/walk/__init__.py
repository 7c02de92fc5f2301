"""`portal demo --once`: people of the demo walk both roads through the web pages, and check them.

Run as `python -m launch.walk`; needs nothing but the standard library and a running portal.
"""
