import { render } from 'preact';
import type { ReviewHost, ReviewPage } from '../../extension/protocol/review';
import type { Rpc } from '../../extension/protocol/rpc';
import { connectHost } from '../ui/rpcClient';
import { registerToolkit } from '../ui/toolkit';
import { openVsCodeApi } from '../ui/vscodeApi';
import { pageHandlers } from './actions';
import { Page } from './Page';
import { Review } from './review';
import './review.css';
import { keptOf, type Kept } from './state';
import { Store } from './store';

registerToolkit();
const api = openVsCodeApi<{ readonly restore: unknown; readonly kept: Kept }>();
const rpc: Rpc<ReviewPage, ReviewHost> = connectHost<ReviewPage, ReviewHost>(
  pageHandlers(() => review),
  api.post,
);
const kept = keptOf(api.getState());
const review: Review = new Review(
  rpc.remote,
  new Store((keep, restore) => api.setState({ restore, kept: keep }), kept),
);
const root = document.getElementById('root');
if (root) render(<Page review={review} />, root);
void review.load();
