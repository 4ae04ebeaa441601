/** @file What can be turned: the example, the rate, the seed and the step, training or inference. */
import { Choices } from '../../../components/choices.js';
import { SelectField } from '../../../components/field.js';
import { Slider } from '../../../components/slider.js';
import { flowers } from '../model/flowers.js';
import { highestRate, highestSeed, highestStep, type InsideState } from './query.js';

const flowerNames = Object.fromEntries(flowers.map(({ name }, i) => [String(i), name]));

interface ControlsProps {
  readonly state: InsideState;
  readonly onChange: (change: Partial<InsideState>) => void;
}

export function Controls({ state: { rate, seed, step, flower, mode }, onChange }: ControlsProps) {
  const isTraining = mode === 'training';
  return (
    <div class="panel inside-controls">
      <Choices
        label="Mode"
        value={mode}
        options={{ training: 'Training step', inference: 'Inference' }}
        onChange={(chosen) => onChange({ mode: chosen })}
      />
      <SelectField
        label="Example"
        value={String(flower)}
        options={flowerNames}
        onChange={(chosen) => onChange({ flower: Number(chosen) })}
      />
      <button
        type="button"
        class="button primary"
        disabled={!isTraining}
        onClick={() => onChange({ step: step < highestStep ? step + 1 : 0 })}
      >
        Draw the next mask
      </button>
      <Slider
        label="Rate, the probability to drop"
        value={rate}
        min={0}
        max={highestRate}
        step={0.05}
        onInput={(value) => onChange({ rate: Number(value.toFixed(2)) })}
      />
      <Slider
        label="Seed"
        value={seed}
        min={0}
        max={highestSeed}
        step={1}
        disabled={!isTraining}
        onInput={(value) => onChange({ seed: value })}
      />
      <Slider
        label="Step"
        value={step}
        min={0}
        max={highestStep}
        step={1}
        disabled={!isTraining}
        onInput={(value) => onChange({ step: value })}
      />
    </div>
  );
}
