"""What lessons show: runs that ship, and what was measured for their texts."""
