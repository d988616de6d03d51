import { LinkButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import type { Flag, PageState } from './state';
import { strings } from './strings';
import { useDemo } from './useDemo';

interface FlagRowProps {
  readonly flag: Flag;
  readonly state: PageState;
}

/** What became of one flag, in the words of the page, with what can be done now. */
export function FlagRow({ flag, state }: FlagRowProps) {
  const text = rowText(flag);
  const failed = flag.failure !== null;
  return (
    <li class={failed ? 'flag-row failed' : 'flag-row'}>
      {failed && <Icon name="error" />}
      {!failed && flag.phase === 'flagged' && <Icon name="check" />}
      <span class="flag-text">{text}</span>
      <FlagActions flag={flag} state={state} />
      {flag.failure && (
        <span class="flag-reason">{[flag.failure.what, flag.failure.next].filter(Boolean).join(' ')}</span>
      )}
    </li>
  );
}

function rowText({ phase, option, failure }: Flag): string {
  switch (phase) {
    case 'saving':
      return option ? strings.savingAs(option) : strings.saving;
    case 'flagged': {
      const flagged = option ? strings.flaggedAs(option) : strings.flagged;
      return failure ? `${flagged}. ${strings.notUndone}` : flagged;
    }
    case 'undoing':
      return strings.undoing;
    case 'undone':
      return strings.undone;
    case 'spooled':
      return `${strings.notFlagged} ${strings.kept}`;
    case 'failed':
      return strings.notFlagged;
  }
}

function FlagActions({ flag, state }: FlagRowProps) {
  const demo = useDemo();
  const { view } = flag;
  if (flag.phase === 'failed') {
    return <LinkButton caption={strings.retry} onClick={() => void demo.flagging.retry(flag)} />;
  }
  if (flag.phase === 'spooled') {
    return (
      <LinkButton
        caption={strings.retry}
        disabled={state.spool.retrying}
        onClick={() => void demo.flagging.retrySpooled()}
      />
    );
  }
  if (flag.phase !== 'flagged' || !view) return null;
  return (
    <>
      {view.canUndo && <LinkButton caption={strings.undo} onClick={() => void demo.flagging.undo(flag)} />}
      <LinkButton caption={strings.openLog} onClick={() => demo.aside(demo.host.openLog(view.id))} />
    </>
  );
}
