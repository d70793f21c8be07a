"""What a city asks its local support group, and the answers side by side."""
