"""Pictures of what is published, in a browser on this computer: `make dashboard`."""
