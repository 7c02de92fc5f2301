"""Bytes with proof: stored files, HTML turned into PDF, the seal and its verification.

Knows no domain: whatever a document is about is a generic key.
"""
