import { render } from 'preact';
import type { ReviewHost, ReviewPage } from '../../extension/protocol/review';
import type { Rpc } from '../../extension/protocol/rpc';
import { connectHost } from '../ui/rpcClient';
import { registerToolkit } from '../ui/toolkit';
import { openVsCodeApi } from '../ui/vscodeApi';
import './review.css';

registerToolkit();
const api = openVsCodeApi<{ readonly restore: unknown }>();
const ignored = { accepts: () => true, handle: () => undefined };
const rpc: Rpc<ReviewPage, ReviewHost> = connectHost<ReviewPage, ReviewHost>(
  { changed: ignored, perform: ignored, performLabel: ignored, reveal: ignored },
  api.post,
);
void rpc.remote.view().then((view) => {
  api.setState({ restore: view.restore });
  const root = document.getElementById('root');
  if (root) render(<h1>{view.dataset}</h1>, root);
});
