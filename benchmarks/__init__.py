"""What the program costs, as ratios to a floor taken in the same run; never part of the tests."""
