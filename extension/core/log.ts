/** Where the core writes what a developer may want to read later. `vscode.LogOutputChannel` fits; a terminal has its own. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string | Error): void;
}

const nothing = (): void => undefined;

/** A log that keeps nothing. */
export const silentLog: Log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
