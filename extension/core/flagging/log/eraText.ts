import type { LogLayoutName } from './types';

const texts: Readonly<Record<LogLayoutName, string>> = {
  guide: 'Flag & Review',
  A: 'Gradio up to 2.8.10',
  B1: 'Gradio 2.8.11–2.9',
  B2: 'Gradio 3.0–3.1',
  C1: 'Gradio 3.2–3.34',
  C2: 'Gradio 3.35–3.50',
  D: 'Gradio 4.0–4.21',
  E: 'Gradio 4.22–4.44',
  F1: 'Gradio 5.0–6.0',
  F2: 'Gradio 6.1 and later',
  simple: 'SimpleCSVLogger of Gradio',
  chat: 'ChatInterface of Gradio',
  hub: 'HuggingFaceDatasetSaver of Gradio',
  unknown: 'No flag log',
};

/** Who writes logs of this layout, in words for people. */
export function describeEra(era: LogLayoutName): string {
  return texts[era];
}
