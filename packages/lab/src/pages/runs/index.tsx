/** @file Runs: of the command `thinnet compare`, opened from their folders or reports, and of this browser. */
import { useRef, useState } from 'preact/hooks';
import { SelectField } from '../../components/field.js';
import { messageOf } from '../../components/message.js';
import { Notice } from '../../components/notice.js';
import type { PageProps } from '../../shell/page-props.js';
import { filesOfDrop, filesOfInput, type GivenFile } from './files.js';
import { KeptRuns } from './kept-runs.js';
import { type Found, readGiven } from './read-given.js';
import { RunView } from './run-view.js';
import './runs.css';

/** What was opened last, also after a visit to another page. */
let opened: Found = { runs: [], problems: [] };

export function Page(_props: PageProps) {
  const [found, setFound] = useState<Found>(opened);
  const [place, setPlace] = useState(0);
  const [isOver, setOver] = useState(false);
  const open = async (given: Promise<readonly GivenFile[]>) => {
    try {
      opened = await readGiven(await given);
    } catch (error) {
      opened = { runs: [], problems: [messageOf(error)] };
    }
    setPlace(0);
    setFound(opened);
  };
  const { runs, problems } = found;
  const run = runs[place];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way to open a folder; the buttons are another.
    <div
      class={isOver ? 'runs is-over' : 'runs'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer) void open(filesOfDrop(event.dataTransfer));
      }}
    >
      <h1>Runs</h1>
      <p class="lead">
        Open what <code>thinnet compare</code> wrote: a run folder, also of a run that is still under way, or
        a <code>report.html</code>. Nothing leaves this browser.
      </p>
      <Openers onFiles={(files) => void open(Promise.resolve(files))} />
      {problems.map((problem) => (
        <Notice kind="error" title="This is no run that can be shown" key={problem}>
          {problem}
        </Notice>
      ))}
      {runs.length < 2 ? null : (
        <div class="run-choice">
          <SelectField
            label="Run"
            value={String(place)}
            options={Object.fromEntries(runs.map(({ source }, i) => [String(i), source]))}
            onChange={(chosen) => setPlace(Number(chosen))}
          />
        </div>
      )}
      {run === undefined ? null : <RunView key={run.source} run={run} />}
      <KeptRuns />
    </div>
  );
}

function Openers({ onFiles }: { readonly onFiles: (files: readonly GivenFile[]) => void }) {
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    onFiles(filesOfInput(input.files));
    // The same folder may be chosen again, after its run has gone on.
    input.value = '';
  };
  return (
    <div class="panel run-drop">
      <p>Drop a folder or a report here, or choose it:</p>
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => folder.current?.click()}>
          Choose a folder
        </button>
        <button type="button" class="button" onClick={() => files.current?.click()}>
          Choose files
        </button>
      </div>
      <input
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-label="Run folder"
        ref={(input) => {
          folder.current = input;
          if (input) input.webkitdirectory = true;
        }}
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        type="file"
        multiple
        accept=".html,.htm,.json,.jsonl"
        class="visually-hidden"
        tabIndex={-1}
        aria-label="Report, or files of a run folder"
        ref={files}
        onChange={(event) => take(event.currentTarget)}
      />
    </div>
  );
}
