// Loaded before a program of ours: says at its end how much memory it had at most, KiB.
process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`));
