import { render } from 'preact';
import type { ReplayHost, ReplayPage } from '../../extension/protocol/replay';
import type { Rpc } from '../../extension/protocol/rpc';
import { connectHost } from '../ui/rpcClient';
import { registerToolkit } from '../ui/toolkit';
import { openVsCodeApi } from '../ui/vscodeApi';
import { Page } from './Page';
import { pageHandlers, Replay } from './replay';
import './replay.css';

registerToolkit();
const api = openVsCodeApi<{ readonly restore: unknown }>();
const rpc: Rpc<ReplayPage, ReplayHost> = connectHost<ReplayPage, ReplayHost>(
  pageHandlers(() => replay),
  api.post,
);
const replay: Replay = new Replay(rpc.remote, (restore) => api.setState({ restore }));
const root = document.getElementById('root');
if (root) render(<Page replay={replay} />, root);
void replay.load();
