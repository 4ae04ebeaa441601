/** @file The settings of a run, as a form. */
import { useRef } from 'preact/hooks';
import { SelectField, ValueField } from '../../components/field.js';
import { Notice } from '../../components/notice.js';
import { written } from '../../settings/codec.js';
import type { ModelName } from '../../settings/kinds.js';
import {
  activationTitles,
  armLabels,
  optimizerTitles,
  type Settings,
  usualLr,
} from '../../settings/settings.js';
import { type OfModel, ofModel, withModel } from '../../settings/with-model.js';
import { ArmsField } from './arms-field.js';
import { BackendField } from './backend-field.js';
import { DataField } from './data-field.js';

export interface SettingsFormProps {
  readonly settings: Settings;
  /** A run is under way: its settings stand. */
  readonly isBusy: boolean;
  /** The run that is shown has ended, and has just these settings. */
  readonly isAgain: boolean;
  readonly onChange: (settings: Settings) => void;
  readonly onStart: (options: { readonly paused: boolean }) => void;
}

export function SettingsForm({ settings, isBusy, isAgain, onChange, onStart }: SettingsFormProps) {
  const set = (change: Partial<Settings>) => onChange({ ...settings, ...change });
  /** A field of one setting, by the form in which it is written in the address. */
  const field = <K extends keyof Settings>(key: K, label: string, more: { hint?: string } = {}) => (
    <ValueField
      {...more}
      label={label}
      name={key}
      value={settings[key] as never}
      show={written[key].show as never}
      read={written[key].read as never}
      onChange={(value: never) => set({ [key]: value })}
    />
  );
  const chosen = useRef<Partial<Record<ModelName, OfModel>>>({});
  const chooseModel = (model: ModelName) => {
    chosen.current[settings.model] = ofModel(settings);
    onChange(withModel(settings, model, chosen.current[model]));
  };
  /** Starts, unless a field cannot be read: that one gets the focus, and is read out with what is wrong. */
  const start = (form: HTMLFormElement | null, paused: boolean) => {
    const bad = form?.querySelector<HTMLInputElement>('input[aria-invalid="true"]');
    if (bad) bad.focus();
    else onStart({ paused });
  };
  return (
    <form
      class="panel settings"
      aria-label="Settings"
      onSubmit={(event) => {
        event.preventDefault();
        start(event.currentTarget, false);
      }}
    >
      <fieldset disabled={isBusy}>
        <legend class="visually-hidden">Settings of the run</legend>
        <h2>Data</h2>
        <DataField settings={settings} onChange={onChange} />
        <div class="fields">
          {field('images', 'training examples', { hint: 'as many of each class; “all” for all' })}
          {field('seed', 'seed', { hint: 'of weights, masks and order' })}
        </div>
        <h2>Network</h2>
        <SelectField
          label="layers"
          name="model"
          value={settings.model}
          options={{ mlp: 'dense', allconv: 'convolutional' }}
          onChange={chooseModel}
        />
        <div class="fields">
          {settings.model === 'mlp' ? (
            <>
              {field('hidden', 'hidden widths')}
              <SelectField
                label="activation"
                name="activation"
                value={settings.activation}
                options={activationTitles}
                onChange={(activation) => set({ activation })}
              />
            </>
          ) : (
            field('filters', 'filters', { hint: 'of the first stage; twice and four times as many follow' })
          )}
        </div>
        {settings.model === 'allconv' && settings.data === 'csv' ? (
          <Notice kind="warning">
            A table of numbers has no planes to convolve over; choose dense layers.
          </Notice>
        ) : null}
        <h2>Arms</h2>
        <ArmsField settings={settings} onChange={set} />
        {settings.model === 'mlp' ? (
          <div class="fields">
            {field('inputRate', 'rate on the input', { hint: 'for all arms with dropout' })}
          </div>
        ) : null}
        <h2>Training</h2>
        <SelectField
          label="optimizer"
          name="optimizer"
          value={settings.optimizer}
          options={{
            sgd: `${optimizerTitles.sgd}, momentum 0.9`,
            adam: optimizerTitles.adam,
            adamw: `${optimizerTitles.adamw}, decay 0.01`,
          }}
          onChange={(optimizer) => set({ optimizer, lr: usualLr[optimizer] })}
        />
        <div class="fields">
          {field('lr', 'learning rate')}
          {field('batch', 'batch')}
          {field('epochs', 'epochs')}
        </div>
        <BackendField settings={settings} onChange={set} />
        <RateChanges settings={settings} onChange={set} />
        <div class="buttons start">
          <button type="submit" class="button primary">
            {isAgain ? 'Train again' : 'Train'}
          </button>
          <button type="button" class="button" onClick={(event) => start(event.currentTarget.form, true)}>
            Step by step
          </button>
        </div>
      </fieldset>
    </form>
  );
}

interface PartProps {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** Rates that were set while a run trained: the next run sets them at the same steps. */
function RateChanges({ settings: { changes, arms }, onChange }: PartProps) {
  if (changes.length === 0) return null;
  const labels = armLabels({ arms, changes: [] });
  return (
    <div class="changes" data-changes={changes.length}>
      <h3>Rates that change</h3>
      <ul>
        {changes.map(({ arm, step, rate }) => (
          <li key={`${arm}@${step}`}>
            {labels[arm] ?? `arm ${arm}`}: {rate} from step {step} on
          </li>
        ))}
      </ul>
      <button type="button" class="link" onClick={() => onChange({ changes: [] })}>
        Remove the rate changes
      </button>
    </div>
  );
}
