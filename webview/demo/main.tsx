import { render } from 'preact';
import type { DemoHost, DemoPage } from '../../extension/protocol/demo';
import type { Rpc } from '../../extension/protocol/rpc';
import { connectHost } from '../ui/rpcClient';
import { registerToolkit } from '../ui/toolkit';
import { openVsCodeApi } from '../ui/vscodeApi';
import { Demo, pageHandlers, type Memory } from './demo';
import './demo.css';
import { Page } from './Page';

registerToolkit();
const api = openVsCodeApi<Memory>();
const rpc: Rpc<DemoPage, DemoHost> = connectHost<DemoPage, DemoHost>(
  pageHandlers(() => demo),
  api.post,
);
const demo: Demo = new Demo(rpc.remote, { read: api.getState, write: api.setState });
document.addEventListener('visibilitychange', () => demo.leave());
window.addEventListener('pagehide', () => demo.leave());
const root = document.getElementById('root');
if (root) render(<Page demo={demo} />, root);
void demo.load();
