/** @file The page's entry: mounts the shell. Everything heavy loads later, when a page asks for it. */
import { render } from 'preact';
import { App } from './shell/app.js';
import './style/index.css';

const root = document.getElementById('app') as HTMLElement;
root.replaceChildren();
render(<App />, root);
