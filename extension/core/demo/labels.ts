import type { Component } from './components';
import type { LogFormat } from './definition';

/**
 * Gives every component without a label Gradio's default (`Interface.__init__`, 3.0 and later): an input the name of
 * its parameter; a single output `output`, several `output 0`, `output 1`; a state output the label of the state input
 * it shares. The guides show a single output as `Output`, so the guide layout names it that. An input beyond the
 * parameters stays without a label and is logged as `component N`.
 */
export function withLabels(
  inputs: readonly Component[],
  outputs: readonly Component[],
  parameterNames: readonly string[],
  logFormat: LogFormat,
): { readonly inputs: readonly Component[]; readonly outputs: readonly Component[] } {
  const labelled = inputs.map((input, index) => withLabel(input, parameterNames[index]));
  const states = labelled.filter(({ kind }) => kind === 'state');
  const single = logFormat === 'guide' ? 'Output' : 'output';
  return {
    inputs: labelled,
    outputs: outputs.map((output, index) => {
      const shared = output.kind === 'state' ? states.shift()?.label : undefined;
      return withLabel(output, shared ?? (outputs.length === 1 ? single : `output ${index}`));
    }),
  };
}

function withLabel(component: Component, label: string | undefined): Component {
  return component.label !== undefined || label === undefined ? component : { ...component, label };
}
