// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import './lib/inert';
import { App } from './app';
import { onKey } from './lib/keys';
import 'uplot/dist/uPlot.min.css';
import './style/tokens.css';
import './style/base.css';
import './style/ui.css';
import './style/pages.css';

window.addEventListener('keydown', onKey);
const root = document.getElementById('app');
if (root) render(<App />, root);
