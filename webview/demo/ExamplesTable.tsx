import { useRef, useState } from 'preact/hooks';
import type { DemoView } from '../../extension/protocol/demo';
import { LinkButton } from '../ui/Button';
import { labelOf } from '../ui/labelOf';
import { moveFocus } from '../ui/outputs/roving';
import { ExampleCell } from './ExampleCell';
import { strings } from './strings';
import { useDemo } from './useDemo';

/** Rows that are shown at once. */
const page = 25;

/** Samples to begin with: a row fills the inputs. */
export function ExamplesTable({ view }: { readonly view: DemoView }) {
  const demo = useDemo();
  const body = useRef<HTMLTableSectionElement>(null);
  const [shown, setShown] = useState(page);
  const [stop, setStop] = useState(0);
  const columns = Math.max(...view.examples.map((example) => example.length));
  const inputs = view.inputs.slice(0, columns);
  return (
    <section class="examples" aria-labelledby="examples-heading">
      <h2 id="examples-heading">{strings.examples}</h2>
      <div class="examples-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">{strings.exampleColumn}</span>
              </th>
              {inputs.map((input, index) => (
                <th key={index} scope="col">
                  {labelOf(input, index)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={(event) => moveFocus(event, body.current)}>
            {view.examples.slice(0, shown).map((example, row) => (
              <tr key={row} onClick={() => demo.fill(example, row + 1)}>
                <th scope="row">
                  <button
                    type="button"
                    class="link-button"
                    tabIndex={row === stop ? 0 : -1}
                    aria-label={strings.example(row + 1)}
                    onFocus={() => setStop(row)}
                  >
                    {row + 1}
                  </button>
                </th>
                {inputs.map((input, index) => (
                  <td key={index}>
                    {index < example.length && <ExampleCell component={input} value={example[index]} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {view.examples.length > shown && (
        <LinkButton
          caption={strings.moreExamples(Math.min(page, view.examples.length - shown))}
          onClick={() => setShown(shown + page)}
        />
      )}
    </section>
  );
}
