"""The sourcebook command, thin over the services."""
