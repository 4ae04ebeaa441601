/** @file One variant of dropout: its drawing. */
import type { Mode, Pass, Variant } from '../model/pass.js';
import { Diagram } from './diagram.js';
import type { UnitId } from './layers.js';
import type { StageName } from './stages.js';

export const variantTitles: Readonly<Record<Variant, string>> = {
  inverted: 'Inverted dropout',
  standard: 'Standard dropout',
};

/** What each does with what is kept. */
const does: Readonly<Record<Variant, Readonly<Record<Mode, (keep: string) => string>>>> = {
  inverted: {
    training: (keep) => `Survivors are divided by keep = ${keep}.`,
    inference: () => 'Every unit takes part, as it is.',
  },
  standard: {
    training: () => 'Survivors stay as they are.',
    inference: (keep) => `Every unit takes part, multiplied by keep = ${keep}.`,
  },
};

export interface VariantProps {
  readonly variant: Variant;
  readonly mode: Mode;
  readonly rate: number;
  readonly pass: Pass | undefined;
  readonly stage: StageName;
  readonly selected: UnitId;
  readonly onSelect: (unit: UnitId) => void;
}

export const VariantView = ({ variant, mode, rate, pass, stage, selected, onSelect }: VariantProps) => (
  <section class="variant" aria-labelledby={variant} data-variant={variant}>
    <h2 id={variant}>{variantTitles[variant]}</h2>
    <p class="note">{does[variant][mode](String(Number((1 - rate).toFixed(2))))}</p>
    {pass === undefined ? (
      <div class="diagram" aria-busy="true" />
    ) : (
      <Diagram
        pass={pass}
        stage={stage}
        label={`${variantTitles[variant]}, ${mode}: arrow keys go from unit to unit`}
        selected={selected}
        onSelect={onSelect}
      />
    )}
  </section>
);
