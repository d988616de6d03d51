/** What the outputs need of the page around them. */
export interface OutputContext {
  /** Opens a link of Markdown or HTML; the host asks the person first. */
  readonly openLink: (url: string) => void;
  /** Saves an output file where the person chooses; `path` is that of its FileData. */
  readonly saveFile: (path: string) => void;
}
