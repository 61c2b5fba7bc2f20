"""What all changes of the settings share: see that nobody changed them meanwhile, and what the trail keeps."""
