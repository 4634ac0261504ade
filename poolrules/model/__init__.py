"""What the parties mean: the agreement as frozen records, made once from the written tree."""
