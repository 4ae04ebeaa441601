/** @file The page “Train”: choose data, network and arms; train them side by side; see what dropout does. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Notice } from '../../components/notice.js';
import { decode, encode } from '../../settings/codec.js';
import type { Settings } from '../../settings/settings.js';
import type { PageProps } from '../../shell/pages.js';
import { replaceQuery } from '../../shell/use-route.js';
import { isUnderWay } from '../../training/state.js';
import { Interrupted } from './interrupted.js';
import { RunPanel } from './run-panel.js';
import { SettingsForm } from './settings-form.js';
import { useRun } from './use-run.js';
import './train.css';

export function Page({ query }: PageProps) {
  const { run, state, start, leave } = useRun();
  const busy = state !== undefined && isUnderWay(state);
  const first = useMemo(() => decode(query), []);
  // A run that went on while another page was open is what this page shows again.
  const [settings, setSettings] = useState(busy && query === '' ? state.settings : first.settings);
  const [problems, setProblems] = useState(first.problems);
  const panel = useRef<HTMLDivElement>(null);

  // Another link was opened within the page.
  const opened = useRef(query);
  useEffect(() => {
    if (opened.current === query) return;
    opened.current = query;
    const decoded = decode(query);
    setSettings(decoded.settings);
    setProblems(decoded.problems);
  }, [query]);

  const change = (next: Settings) => {
    setSettings(next);
    setProblems([]);
    replaceQuery('train', encode(next));
  };
  // Rates that are set while it trains become part of the settings, and of the address.
  const changes = state?.settings.changes;
  useEffect(() => {
    if (busy && changes !== undefined && changes !== settings.changes) change({ ...settings, changes });
  }, [changes]);

  const begin = (chosen: Settings, options: { readonly resume?: string; readonly paused?: boolean } = {}) => {
    change(chosen);
    start(chosen, { ...options, drawn: Math.min(1, chosen.arms.length - 1) });
    panel.current?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <>
      <h1>Train with and without dropout</h1>
      <p class="lead">
        The same network several times, side by side, in this page: with no dropout, with dropout, with
        another kind of it. Watch the gap between training and test loss, and the network itself as each
        step’s mask thins it.
      </p>
      {problems.length === 0 ? null : (
        <Notice kind="warning" title="Not all of the address could be read">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Notice>
      )}
      {busy ? null : <Interrupted onResume={(id, its) => begin(its, { resume: id })} />}
      <div class="train">
        <SettingsForm
          settings={settings}
          isBusy={busy}
          onChange={change}
          onStart={(options) => begin(settings, options)}
        />
        <div ref={panel} class="train-run">
          <RunPanel
            run={run}
            state={state}
            settings={settings}
            onRestart={(its) => begin(its)}
            onLeave={leave}
          />
        </div>
      </div>
    </>
  );
}
