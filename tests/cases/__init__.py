"""Cases as a careful reader would judge them, one file each, and how they are held against us."""
