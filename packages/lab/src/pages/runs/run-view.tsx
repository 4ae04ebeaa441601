/** @file A run: what happened in words, its results, its curves, its settings and the command that repeats it. */
import { examplesOf, settingsInWords, titleOf, unbroken } from 'thinnet-runs';
import { Notice } from '../../components/notice.js';
import { Scrolling } from '../../components/scrolling.js';
import { Charts } from './charts.js';
import { Differences, Results } from './results.js';
import type { ShownRun } from './run.js';

export function RunView({
  run: { source, config, charts, summary, sentences, seeds, notes },
}: {
  readonly run: ShownRun;
}) {
  const examples = examplesOf(config.data);
  const labels = config.arms.map(({ label }) => label);
  return (
    <article class="shown-run" data-source={source}>
      <h2 class="run-title">{titleOf(labels, config.data.name)}</h2>
      {sentences.map((sentence) => (
        <p class="lead" key={sentence}>
          {unbroken(sentence)}
        </p>
      ))}
      {notes.map((note) => (
        <Notice kind="warning" key={note}>
          {note}
        </Notice>
      ))}
      {summary === undefined ? null : <Results summary={summary} examples={examples} />}
      {summary === undefined ? null : <Differences summary={summary} />}
      {charts.length === 0 ? null : (
        <section aria-labelledby="curves">
          <h2 id="curves">Curves</h2>
          <Charts charts={charts} seeds={seeds} />
        </section>
      )}
      <Settings rows={settingsOf(config, examples)} command={config.command} />
    </article>
  );
}

/** The settings in words; of a run of another version as much as can be said. */
function settingsOf(config: ShownRun['config'], examples: string): readonly (readonly [string, string])[] {
  try {
    return settingsInWords(config, examples);
  } catch {
    return Object.entries(config.settings ?? {}).map(([name, value]) => [name, JSON.stringify(value)]);
  }
}

interface SettingsProps {
  readonly rows: readonly (readonly [string, string])[];
  readonly command: string;
}

const Settings = ({ rows, command }: SettingsProps) => (
  <section aria-labelledby="run-settings">
    <h2 id="run-settings">Settings</h2>
    <dl class="run-settings">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    <p class="note">The same command gives the same numbers on the same kind of machine:</p>
    <Scrolling also="command" label="The command">
      <pre>{command}</pre>
    </Scrolling>
  </section>
);
