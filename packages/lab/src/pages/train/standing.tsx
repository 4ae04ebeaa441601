/** @file Where a run stands, what computes it, and how fast. */
import { stepsDone } from '../../training/done.js';
import type { Opened } from '../../training/events.js';
import { type RunState, shareDone } from '../../training/state.js';

export interface StandingProps {
  readonly state: RunState;
  readonly opened: Opened;
}

const phases: Readonly<Record<RunState['phase'], string>> = {
  opening: 'opening',
  running: 'training',
  paused: 'paused',
  finished: 'done',
  stopped: 'stopped',
  failed: 'failed',
};

export function Standing({ state, opened }: StandingProps) {
  const { arms, settings, phase } = state;
  const step = stepsDone(arms);
  const epoch = Math.min(
    settings.epochs,
    Math.floor(step / opened.stepsPerEpoch) + (phase === 'finished' ? 0 : 1),
  );
  const share = shareDone(state);
  return (
    <div class="standing">
      <div class="standing-words">
        <span>
          <strong>{phases[phase]}</strong>, epoch {epoch} of {settings.epochs}, step {step}
        </span>
        <span class="note" data-where={opened.where}>
          {opened.where}
        </span>
      </div>
      <progress aria-label="Share of all steps" value={share} max={1} />
      <ul class="speeds note">
        {arms.map(({ label, milliseconds, loss }, i) => (
          <li key={i}>
            {label}: {milliseconds === undefined ? '–' : speed(milliseconds)}
            {loss === undefined ? '' : `, loss of the latest step ${loss.toFixed(3)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** `9.3 ms a step, 107 steps/s`. */
const speed = (milliseconds: number): string =>
  `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms a step, ${(1000 / milliseconds).toFixed(milliseconds < 100 ? 0 : 1)} steps/s`;
