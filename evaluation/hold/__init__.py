"""Does Dateline hold: any script and encoding, texts that no editor would print, memory and disks that run out, processes that are killed."""
