import type { ReviewView } from '../../extension/protocol/review';
import { Button } from '../ui/Button';
import { ComboBox } from '../ui/ComboBox';
import { Dialog } from '../ui/Dialog';
import { chooseLabel } from './actions';
import type { Review } from './review';
import { strings } from './strings';

interface ChooseLabelProps {
  readonly review: Review;
  readonly view: ReviewView;
}

/** Any label by typing a part of its name. */
export function ChooseLabel({ review, view }: ChooseLabelProps) {
  const close = (): void => review.store.update({ dialog: null });
  return (
    <Dialog title={strings.chooseLabel} onClose={close}>
      <div class="choose-label">
        <span class="visually-hidden" id="choose-label-label">
          {strings.chooseLabel}
        </span>
        <ComboBox
          id="choose-label"
          labelId="choose-label-label"
          describedBy={undefined}
          invalid={false}
          disabled={false}
          label={strings.chooseLabel}
          choices={view.classes.map((name) => [name, name])}
          multiple={false}
          allowCustom={false}
          filterable
          opened
          value={[]}
          onChange={([label]) => {
            if (label === undefined) return;
            close();
            chooseLabel(review, String(label));
          }}
        />
      </div>
      <div class="buttons">
        <Button caption={strings.cancel} onClick={close} />
      </div>
    </Dialog>
  );
}
