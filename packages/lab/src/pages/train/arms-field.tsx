/** @file The arms: which kinds of dropout are compared, at which rates. */
import { colourVariable } from 'thinnet-runs';
import { SelectField, ValueField } from '../../components/field.js';
import { Swatch } from '../../components/line-chart.js';
import { type ArmKind, kinds, kindsOf } from '../../settings/kinds.js';
import { type Arm, kindTitle, maxArms, type Settings } from '../../settings/settings.js';
import { rateOf } from '../../settings/values.js';

export interface ArmsFieldProps {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

export function ArmsField({ settings, onChange }: ArmsFieldProps) {
  const { arms, model } = settings;
  const options = Object.fromEntries(kindsOf(model).map((kind) => [kind, kindTitle(kind)])) as Record<
    ArmKind,
    string
  >;
  // Changes name arms by their places.
  const become = (next: readonly Arm[]) => onChange({ arms: next, changes: [] });
  const replace = (number: number, arm: Arm) => become(arms.map((other, i) => (i === number ? arm : other)));
  const remove = (number: number) => (
    <button
      type="button"
      class="button icon"
      aria-label={`Remove arm ${number + 1}`}
      disabled={arms.length === 1}
      onClick={() => become(arms.filter((_, i) => i !== number))}
    >
      ×
    </button>
  );
  return (
    <div class="arms">
      <ol>
        {arms.map((arm, number) => (
          <li key={number} class={arm.kind === 'none' ? undefined : 'drops'}>
            <Swatch colour={colourVariable(number)} />
            <SelectField
              label={`arm ${number + 1}`}
              name={`arm-${number}`}
              value={arm.kind}
              options={options}
              onChange={(kind) => replace(number, { kind, rate: kind === 'none' ? 0 : kinds[kind].usual })}
            />
            {arm.kind === 'none' ? (
              remove(number)
            ) : (
              <div class="arm-rate">
                <ValueField
                  label="rate"
                  name={`rate-${number}`}
                  value={arm.rate}
                  inputMode="decimal"
                  {...rateOf(arm.kind)}
                  onChange={(rate) => replace(number, { ...arm, rate })}
                />
                <span class="field-hint">{kinds[arm.kind].help}</span>
                {remove(number)}
              </div>
            )}
          </li>
        ))}
      </ol>
      <button
        type="button"
        class="button"
        disabled={arms.length >= maxArms}
        onClick={() => become([...arms, nextArm(settings)])}
      >
        Add an arm
      </button>
    </div>
  );
}

/** The first kind that is not there yet, else dropout. */
function nextArm({ arms, model }: Settings): Arm {
  const there = new Set(arms.map(({ kind }) => kind));
  const kind = kindsOf(model).find((other) => other !== 'none' && !there.has(other)) ?? 'dropout';
  return kind === 'none' ? { kind, rate: 0 } : { kind, rate: kinds[kind].usual };
}
