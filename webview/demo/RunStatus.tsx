import { useEffect, useState } from 'preact/hooks';
import { ProgressBar } from '../ui/Progress';
import type { Run } from './state';
import { strings } from './strings';

/** How the run goes, or went. */
export function RunStatus({ run }: { readonly run: Run }) {
  return (
    <div class="run-status">
      {run.phase === 'running' && <ProgressBar label={strings.running} />}
      <p>
        <span role="status">{statusText(run)}</span>
        {run.phase === 'running' && <Elapsed since={run.started} />}
      </p>
    </div>
  );
}

function statusText(run: Run): string {
  if (run.phase === 'none') return '';
  if (run.phase === 'running') return run.stopping ? strings.stopping : run.status || strings.running;
  const seconds = formatSeconds(run.result.seconds);
  if (run.result.stopped) return strings.stopped(seconds);
  return run.result.failure ? strings.failed(seconds) : strings.finished(seconds);
}

/** Ticks for the eye only: a screen reader would read each tenth of a second. */
function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const ticking = setInterval(() => setNow(performance.now()), 100);
    return () => clearInterval(ticking);
  }, [since]);
  return (
    <span class="elapsed" aria-hidden="true">
      {strings.elapsed((Math.max(0, now - since) / 1000).toFixed(1))}
    </span>
  );
}

function formatSeconds(seconds: number): string {
  return seconds < 1 ? seconds.toFixed(2) : seconds.toFixed(1);
}
