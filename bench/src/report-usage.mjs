/**
 * Loaded into measured processes with `--import`: answers what the process has used so far. The operating system counts
 * user and system time of all its threads; asking costs some microseconds.
 */
process.on('message', (message) => {
  if (message === 'usage') process.send?.(process.cpuUsage());
});
// A process that nobody asks any more ends as it would without us.
process.channel?.unref();
