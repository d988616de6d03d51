import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { strings } from './strings';

/** The keys, as they are set unless the person has changed them. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={strings.helpTitle} onClose={onClose}>
      <dl class="key-list">
        {strings.keys.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>{strings.helpNote}</p>
      <div class="buttons">
        <Button primary caption={strings.close} onClick={onClose} />
      </div>
    </Dialog>
  );
}
