/** @file Look inside a step: one example through a small network and back, number by number. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Choices } from '../../components/choices.js';
import { downloadProgress } from '../../components/download-progress.js';
import { Notice } from '../../components/notice.js';
import { Progress } from '../../components/progress.js';
import { useLatest } from '../../components/use-latest.js';
import type { Download } from '../../runtime/shared.js';
import type { PageProps } from '../../shell/page-props.js';
import { replaceQuery } from '../../shell/use-route.js';
import { type Connection, connect } from '../../worker/connect.js';
import type { Passes, Question } from './model/pass.js';
import { variants } from './model/pass.js';
import { Controls } from './view/controls.js';
import { explain } from './view/explain.js';
import { Explanation } from './view/explanation.js';
import { FlowLegend } from './view/flow-legend.js';
import { type UnitId, unitName } from './view/layers.js';
import { type InsideState, readQuery, writeQuery } from './view/query.js';
import { type StageName, stageNames, stages, stagesOf } from './view/stages.js';
import { PassTables, WeightTables } from './view/tables.js';
import { VariantView, variantTitles } from './view/variant-view.js';
import type { InsideServices } from './worker.js';
import './inside.css';

const stageTitles = Object.fromEntries(stageNames.map((name) => [name, stages[name].title])) as Readonly<
  Record<StageName, string>
>;

/** The worker lives as long as the page is open. */
function useWorker(onDownload: (download: Download) => void): (question: Question) => Promise<Passes> {
  const connection = useRef<Connection<InsideServices> | undefined>(undefined);
  useEffect(() => () => connection.current?.close(), []);
  return (question) => {
    connection.current ??= connect<InsideServices>(
      new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    );
    return connection.current.call('look', question, { onProgress: onDownload });
  };
}

export function Page({ query }: PageProps) {
  const first = useMemo(() => readQuery(query), []);
  const [state, setState] = useState<InsideState>(first.state);
  const [unread, setUnread] = useState(first.problems);
  const [chosenStage, setStage] = useState<StageName>('scaled');
  const [selected, select] = useState<UnitId>({ layer: 1, unit: 0 });
  const [download, setDownload] = useState<Download>();
  const { rate, seed, step, flower, mode } = state;
  const { answered, problem } = useLatest<Question, Passes>(
    { rate, seed, step, flower },
    useWorker(setDownload),
  );

  useLayoutEffect(() => replaceQuery('inside', writeQuery(state)), [state]);
  // An address that is typed or pasted while the page is open.
  useLayoutEffect(() => {
    if (query === '' || query === writeQuery(state)) return;
    const read = readQuery(query);
    setState(read.state);
    setUnread(read.problems);
  }, [query]);

  const open = stagesOf(mode);
  const stage = open.includes(chosenStage) ? chosenStage : 'scaled';
  return (
    <>
      <h1>Look inside a step</h1>
      <p class="lead">
        A flower goes through a small network and, in training, the gradient comes back. The numbers are those
        of the graph that Thinnet builds and ONNX Runtime runs, here in your browser.
      </p>
      {unread.length === 0 ? null : (
        <Notice kind="warning" title="Not all of the address could be read">
          {unread.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Notice>
      )}
      <Controls
        state={state}
        onChange={(change) => {
          setState({ ...state, ...change });
          setUnread([]);
        }}
      />
      <Choices
        label="What the units show"
        value={stage}
        options={stageTitles}
        disabled={stageNames.filter((name) => !open.includes(name))}
        onChange={setStage}
      />
      <p class="stage-note">{stages[stage].says}</p>
      <FlowLegend isBack={stages[stage].isBack} />
      {problem === undefined ? null : (
        <Notice kind="error" title="The network could not be run">
          {problem}
        </Notice>
      )}
      <div class="variants drawings" data-answered={JSON.stringify(answered?.question)}>
        {answered === undefined && problem === undefined ? <Loading download={download} /> : null}
        {variants.map((variant) => (
          <VariantView
            key={variant}
            variant={variant}
            mode={mode}
            rate={answered?.question.rate ?? rate}
            pass={answered?.answer[variant][mode]}
            stage={stage}
            selected={selected}
            onSelect={select}
          />
        ))}
      </div>
      {answered === undefined ? null : (
        <>
          <section class="panel" aria-labelledby="sums">
            <h2 id="sums">Written out: {unitName(selected)}</h2>
            <p class="note">
              Every number is rounded to three decimals, so that the last digit of a result may differ from
              what the printed terms give.
            </p>
            <div class="variants explanations">
              {variants.map((variant) => (
                <div key={variant}>
                  <h3>{variantTitles[variant]}</h3>
                  <Explanation
                    label={`${variantTitles[variant]}: ${unitName(selected)}`}
                    lines={explain(selected, {
                      pass: answered.answer[variant][mode],
                      variant,
                      mode,
                      question: answered.question,
                    })}
                  />
                </div>
              ))}
            </div>
          </section>
          <Tables passes={answered.answer} mode={mode} />
        </>
      )}
    </>
  );
}

const Loading = ({ download }: { readonly download: Download | undefined }) => (
  <Progress {...(download === undefined ? { label: 'Starting' } : downloadProgress(download))} />
);

const Tables = ({ passes, mode }: { readonly passes: Passes; readonly mode: InsideState['mode'] }) => (
  <>
    <details class="inside-tables">
      <summary>All activations{mode === 'training' ? ' and gradients' : ''} as tables</summary>
      <div class="variants">
        {variants.map((variant) => (
          <div key={variant} data-tables={variant}>
            <PassTables pass={passes[variant][mode]} label={variantTitles[variant]} />
          </div>
        ))}
      </div>
    </details>
    <details class="inside-tables">
      <summary>All weights{mode === 'training' ? ' and their gradients' : ''} as tables</summary>
      <div class="variants">
        {variants.map((variant) => (
          <div key={variant} data-tables={variant}>
            <WeightTables pass={passes[variant][mode]} label={variantTitles[variant]} />
          </div>
        ))}
      </div>
    </details>
  </>
);
