"""What the command line says, shows, writes and survives."""
