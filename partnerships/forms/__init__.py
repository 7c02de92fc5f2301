"""What people type in: fields and their sentences; rules stay in the domain."""
