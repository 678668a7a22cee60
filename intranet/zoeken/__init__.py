"""Search: one Dutch analysis, two engines behind one interface, one path from words to hits."""
