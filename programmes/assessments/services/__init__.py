"""What changes answers, shared versions and needs: one module for each of these."""
