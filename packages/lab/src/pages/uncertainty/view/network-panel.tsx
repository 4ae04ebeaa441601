/** @file Which network is asked, and its training. */
import { downloadProgress } from '../../../components/download-progress.js';
import { SelectField } from '../../../components/field.js';
import { Notice } from '../../../components/notice.js';
import { Progress, type ProgressProps } from '../../../components/progress.js';
import { ownId, ownInWords } from '../network/source.js';
import type { AskedNetworks } from '../network/use-network.js';
import type { OpenProgress } from '../worker.js';

export function NetworkPanel({ networks }: { readonly networks: AskedNetworks }) {
  const { sources, chosen, state, problem } = networks;
  const isOwn = chosen === undefined || chosen.id === ownId;
  return (
    <section class="panel network-panel" aria-labelledby="network">
      <h2 id="network">The network</h2>
      {sources.length < 2 ? null : (
        <SelectField
          label="Network that is asked"
          value={chosen?.id ?? ownId}
          options={Object.fromEntries(sources.map(({ id, title }) => [id, title]))}
          onChange={networks.choose}
        />
      )}
      <p class="note">
        {isOwn
          ? `${ownInWords}, trained in this browser.`
          : 'Trained on the page “Train”, with its own dropout.'}
      </p>
      <div class="network-state">
        {state.state === 'opening' ? (
          <>
            <Progress {...progressOf(state.progress)} />
            <button type="button" class="button" onClick={networks.stop}>
              Stop
            </button>
          </>
        ) : isOwn ? (
          <button
            type="button"
            class={state.state === 'ready' ? 'button' : 'button primary'}
            disabled={chosen === undefined}
            onClick={networks.train}
          >
            {state.state === 'ready' ? 'Train it anew' : 'Train it: some 10 to 20 seconds'}
          </button>
        ) : null}
      </div>
      {state.state === 'failed' ? (
        <Notice kind="error" title="The network cannot be asked">
          {state.message}
        </Notice>
      ) : null}
      {problem === undefined ? null : <Notice kind="warning">{problem}</Notice>}
    </section>
  );
}

function progressOf(progress: OpenProgress | undefined): ProgressProps {
  if (progress === undefined) return { label: 'Starting' };
  if ('download' in progress) return downloadProgress(progress.download);
  const { epoch, epochs, testError } = progress.training;
  const detail =
    testError === undefined
      ? 'the first epoch'
      : `epoch ${epoch} of ${epochs}, test error ${(100 * testError).toFixed(1)} %`;
  return { label: 'Training', done: epoch / epochs, detail };
}
