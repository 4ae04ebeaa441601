/** @file Rates, changed while it trains. */
import { useState } from 'preact/hooks';
import { messageOf } from '../../components/message.js';
import { Notice } from '../../components/notice.js';
import type { Opened } from '../../training/events.js';
import type { Run } from '../../training/run.js';
import type { RunState } from '../../training/state.js';

export interface RatesProps {
  readonly run: Run;
  readonly state: RunState;
  readonly opened: Opened;
}

export function Rates({ run, state, opened }: RatesProps) {
  const [problem, setProblem] = useState<string>();
  const changeable = [...opened.arms.keys()].filter((arm) => opened.arms[arm]?.canChange);
  if (changeable.length === 0) return null;
  const set = (arm: number, rate: number) => {
    setProblem(undefined);
    run.setRate(arm, rate).catch((error) => setProblem(messageOf(error)));
  };
  return (
    <div class="rates">
      <h2>Rates, from the next step on</h2>
      <div class="fields">
        {changeable.map((arm) => (
          <RateSlider
            key={arm}
            arm={arm}
            label={opened.arms[arm]?.label ?? ''}
            rate={rateNow(state, arm)}
            onChange={(rate) => set(arm, rate)}
          />
        ))}
      </div>
      {problem === undefined ? null : <Notice kind="error">{problem}</Notice>}
      <p class="note">Each change goes into the address with its step, so that a link repeats it.</p>
    </div>
  );
}

/** The latest change that has a step of its own, else the rate that it began with. */
function rateNow({ settings: { arms, changes }, arms: states }: RunState, arm: number): number {
  const step = states[arm]?.step ?? 0;
  return (
    changes.findLast((change) => change.arm === arm && change.step <= step)?.rate ?? arms[arm]?.rate ?? 0
  );
}

interface RateSliderProps {
  readonly arm: number;
  readonly label: string;
  readonly rate: number;
  readonly onChange: (rate: number) => void;
}

function RateSlider({ arm, label, rate, onChange }: RateSliderProps) {
  const [draft, setDraft] = useState<number>();
  const id = `live-rate-${arm}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="slider">
        <input
          id={id}
          type="range"
          name={id}
          min={0}
          max={0.95}
          step={0.05}
          value={draft ?? rate}
          onInput={(event) => setDraft(event.currentTarget.valueAsNumber)}
          onChange={(event) => {
            setDraft(undefined);
            onChange(event.currentTarget.valueAsNumber);
          }}
        />
        <output for={id}>{(draft ?? rate).toFixed(2)}</output>
      </span>
    </div>
  );
}
