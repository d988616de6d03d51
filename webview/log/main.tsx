import { render } from 'preact';
import type { LogHost, LogPage } from '../../extension/protocol/log';
import type { Rpc } from '../../extension/protocol/rpc';
import { connectHost } from '../ui/rpcClient';
import { registerToolkit } from '../ui/toolkit';
import { openVsCodeApi } from '../ui/vscodeApi';
import { keptOf } from './kept';
import { Log, pageHandlers } from './log';
import './log.css';
import { Page } from './Page';
import type { Kept } from './state';
import { Store } from './store';

registerToolkit();
const api = openVsCodeApi<{ readonly restore: unknown; readonly kept: Kept }>();
const rpc: Rpc<LogPage, LogHost> = connectHost<LogPage, LogHost>(
  pageHandlers(() => log),
  api.post,
);
const store = new Store((kept, restore) => api.setState({ restore, kept }), keptOf(api.getState()));
const log: Log = new Log(rpc.remote, store);
const root = document.getElementById('root');
if (root) render(<Page log={log} />, root);
void log.load();
