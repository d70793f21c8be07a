"""What prepares and starts the program. Standard library only: it runs before anything is installed."""
