/** @file A run: where it stands, what can be done with it, its curves, its network, its results. */
import { LineChart } from '../../components/line-chart.js';
import { Live } from '../../components/live.js';
import { Notice } from '../../components/notice.js';
import type { Settings } from '../../settings/settings.js';
import { titleOf } from '../../settings/title.js';
import { chartsOf, sentenceOf } from '../../training/curves.js';
import { epochsDone, stepsDone } from '../../training/done.js';
import type { Run } from '../../training/run.js';
import { isUnderWay, type RunState } from '../../training/state.js';
import { Controls } from './controls.js';
import { NetworkPicture } from './network-picture.js';
import { OpeningProgress } from './opening.js';
import { Rates } from './rates.js';
import { Reproduce } from './reproduce.js';
import { Results } from './results.js';
import { Standing } from './standing.js';

export interface RunPanelProps {
  readonly run: Run | undefined;
  readonly state: RunState | undefined;
  /** Whether the form has the settings of this run. */
  readonly isOfForm: boolean;
  /** Puts settings into the form. */
  readonly onShow: (settings: Settings) => void;
  readonly onStart: (settings: Settings) => void;
  readonly onLeave: () => void;
}

export function RunPanel({ run, state, isOfForm, onShow, onStart, onLeave }: RunPanelProps) {
  if (run === undefined || state === undefined) return <Before />;
  const { phase, opened, arms, error, settings } = state;
  const done = epochsDone(arms);
  const { loss, gap, testError } = chartsOf(arms, settings.epochs);
  return (
    <section class="run" aria-label="The run" data-run={phase} data-step={stepsDone(arms)} data-epochs={done}>
      <Controls
        run={run}
        state={state}
        onNextSeed={() => onStart({ ...settings, seed: settings.seed + 1 })}
        onLeave={onLeave}
      />
      {isOfForm || isUnderWay(state) ? null : (
        <p class="note" data-other>
          This run: {titleOf(settings)}. The form has other settings.{' '}
          <button type="button" class="link" onClick={() => onShow(settings)}>
            Show those of this run
          </button>
        </p>
      )}
      {error === undefined ? null : (
        <Notice
          kind="error"
          title={error.isDefect ? 'Something went wrong that is not your doing' : 'This cannot be trained'}
        >
          {error.words}
        </Notice>
      )}
      {arms.map(({ label, failed }) =>
        failed === undefined ? null : (
          <Notice kind="error" key={label} title={`${label} cannot go on`}>
            {failed}
          </Notice>
        ),
      )}
      {state.warnings.map((words) => (
        <Notice kind="warning" key={words}>
          {words}
        </Notice>
      ))}
      {opened === undefined ? (
        error === undefined && phase === 'opening' ? (
          <OpeningProgress opening={state.opening} />
        ) : null
      ) : (
        <>
          <Standing state={state} opened={opened} />
          <Live text={spoken(state, done)} />
          {isUnderWay(state) ? <Rates run={run} state={state} opened={opened} /> : null}
          <LineChart {...loss} level={2} />
          <NetworkPicture run={run} state={state} opened={opened} />
          <div class="charts">
            <LineChart {...gap} level={2} />
            <LineChart {...testError} level={2} />
          </div>
          <Results arms={arms} epochs={done} />
          <Reproduce run={run} state={state} opened={opened} />
        </>
      )}
    </section>
  );
}

/** What is said aloud: each epoch in a sentence. */
function spoken(state: RunState, done: number): string {
  const begin = {
    opening: '',
    running: '',
    paused: 'Paused. ',
    finished: 'Done. ',
    stopped: 'Stopped. ',
    failed: 'Failed. ',
  };
  return begin[state.phase] + sentenceOf(state.arms, done);
}

const Before = () => (
  <section class="run" aria-label="The run" data-run="none">
    <div class="before panel">
      <h2>What will be seen here</h2>
      <ul>
        <li>Training and test loss of all arms as they grow apart, and the gap between them.</li>
        <li>
          The network, its units going dark as the mask of each step drops them: real masks of real steps.
        </li>
        <li>A table of how the arms differ, and each network as an ONNX file.</li>
      </ul>
      <p class="note">
        All of it is computed in this browser; nothing is sent anywhere. The first run fetches ONNX Runtime,{' '}
        {(WASM_BYTES.wasm / 1e6).toFixed(1)} MB, which the browser keeps.
      </p>
    </div>
  </section>
);
