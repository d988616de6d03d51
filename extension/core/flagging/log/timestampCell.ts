const timestamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?$/;
const gluedTimestamp = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6}|(?!\.\d{6})))/;

/** Whether a cell is a time as Gradio writes it. */
export function isTimestamp(cell: string | undefined): boolean {
  return cell !== undefined && timestamp.test(cell);
}

/** The time that a cell begins with, behind which another row was glued on. */
export function leadingTimestamp(cell: string | undefined): string | undefined {
  return gluedTimestamp.exec(cell ?? '')?.[1];
}
