/** The page's own door to VS Code. It may be asked for only once in the life of a page. */
export interface VsCodeApi<State> {
  readonly post: (message: unknown) => void;
  /** What `setState` kept, also over a reload of the window; its shape is that of an older page perhaps. */
  readonly getState: () => unknown;
  readonly setState: (state: State) => void;
}

export function openVsCodeApi<State>(): VsCodeApi<State> {
  const api = acquireVsCodeApi<State>();
  return {
    post: (message) => api.postMessage(message),
    getState: () => api.getState(),
    setState: (state) => {
      api.setState(state);
    },
  };
}
