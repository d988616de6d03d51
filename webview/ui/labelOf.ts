import type { Component } from '../../extension/core/demo/components';
import { strings } from './strings';

/** The label of a component, or the name that a log gives to one without. */
export function labelOf({ label }: Component, index: number): string {
  return label || strings.component(index);
}
