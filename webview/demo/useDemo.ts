import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Demo } from './demo';

export const DemoContext = createContext<Demo | null>(null);

/** The demo of the page around. */
export function useDemo(): Demo {
  const demo = useContext(DemoContext);
  if (!demo) throw new Error('A part of the demo page was drawn outside of it.');
  return demo;
}
