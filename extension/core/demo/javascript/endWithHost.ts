const intervalMs = 1000;

/**
 * Ends this process once its host is gone. Called from a thread of its own: a function that never gives its thread back
 * keeps the main thread from seeing that the wire was closed.
 *
 * @param host id of the host's process
 */
export function endWithHost(host: number): void {
  setInterval(() => {
    if (process.ppid !== host || !isAlive(host)) endWithChildren();
  }, intervalMs).unref();
}

/** Ends this process and what it started: nobody waits for an answer any more. */
export function endWithChildren(): void {
  if (process.platform !== 'win32') {
    try {
      process.kill(-process.pid, 'SIGKILL');
    } catch {
      // We lead no group of our own, so there is none to end.
    }
  }
  process.kill(process.pid, 'SIGKILL');
}

/** On Windows the id of a parent stays when it is gone. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
