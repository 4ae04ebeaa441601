/** @file The page “Train”: choose data, network and arms; train them side by side; see what dropout does. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Notice } from '../../components/notice.js';
import { encode } from '../../settings/codec.js';
import type { Settings } from '../../settings/settings.js';
import type { PageProps } from '../../shell/page-props.js';
import { isUnderWay } from '../../training/state.js';
import { Interrupted } from './interrupted.js';
import { RunPanel } from './run-panel.js';
import { SettingsForm } from './settings-form.js';
import { useRun } from './use-run.js';
import { useSettings } from './use-settings.js';
import { WaitingLink } from './waiting-link.js';
import './train.css';

export function Page({ query }: PageProps) {
  const { run, state, start, leave } = useRun();
  const busy = state !== undefined && isUnderWay(state);
  const { settings, problems, edition, change, show, waiting, setWaiting, openWaiting } = useSettings(
    query,
    state,
  );
  const isOfRun = state !== undefined && encode(state.settings) === encode(settings);

  const panel = useRef<HTMLDivElement>(null);
  const begun = useRef(false);
  const begin = (chosen: Settings, options: { readonly resume?: string; readonly paused?: boolean } = {}) => {
    begun.current = true;
    start(chosen, { ...options, drawn: Math.min(1, chosen.arms.length - 1) });
  };
  // What was pressed is out of reach while it trains: the keyboard goes on at the run's first button.
  useLayoutEffect(() => {
    if (!begun.current) return;
    begun.current = false;
    panel.current?.scrollIntoView({ block: 'nearest' });
    panel.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [run]);
  const clear = () => {
    leave();
    panel.current?.focus({ preventScroll: true });
  };
  const beginWith = (its: Settings, options: { readonly resume?: string } = {}) => {
    show(its);
    begin(its, options);
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
      {waiting === undefined ? null : (
        <WaitingLink
          waiting={waiting}
          isBusy={busy}
          onOpen={() => {
            openWaiting();
            if (busy) run?.stop();
          }}
          onForget={() => setWaiting(undefined)}
        />
      )}
      {busy ? null : <Interrupted onResume={(id, its) => beginWith(its, { resume: id })} />}
      <div class="train">
        <SettingsForm
          key={edition}
          settings={settings}
          isBusy={busy}
          isAgain={!busy && isOfRun}
          onChange={change}
          onStart={(options) => begin(settings, options)}
        />
        <div ref={panel} class="train-run" tabIndex={-1}>
          <RunPanel
            run={run}
            state={state}
            isOfForm={isOfRun}
            onShow={show}
            onStart={beginWith}
            onLeave={clear}
          />
        </div>
      </div>
    </>
  );
}
