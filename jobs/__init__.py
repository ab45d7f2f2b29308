"""Jobs and nothing else, one file per job; the file name is the job name."""
