"""The demo's post office: takes every mail, delivers none, shows them all.

Run as `python -m launch.mailbox SMTP_PORT WEB_PORT FOLDER`; listens on this machine only.
"""
