/** @file What is taken away from a run: its networks, a link to it, the digest of its masks. */
import { useEffect, useState } from 'preact/hooks';
import { download } from '../../components/download.js';
import { messageOf } from '../../components/message.js';
import { Notice } from '../../components/notice.js';
import { encode } from '../../settings/codec.js';
import { hrefOf } from '../../shell/route.js';
import type { Opened } from '../../training/events.js';
import type { Run } from '../../training/run.js';
import type { RunState } from '../../training/state.js';

/** So long the button says that it was done. */
const copiedMilliseconds = 2500;

export interface ReproduceProps {
  readonly run: Run;
  readonly state: RunState;
  readonly opened: Opened;
}

export function Reproduce({ run, state, opened }: ReproduceProps) {
  const [problem, setProblem] = useState<string>();
  const [copied, setCopied] = useState(0);
  useEffect(() => {
    if (copied === 0) return;
    const timer = setTimeout(() => setCopied(0), copiedMilliseconds);
    return () => clearTimeout(timer);
  }, [copied]);
  const address = () => new URL(hrefOf('train', encode(state.settings)), location.href).href;
  const attempt = (work: Promise<void>) => {
    setProblem(undefined);
    work.catch((error) => setProblem(messageOf(error)));
  };
  const save = async (arm: number, label: string) =>
    download(fileName(label), await run.model(arm), 'application/octet-stream');
  const copy = async () => {
    await navigator.clipboard.writeText(address());
    setCopied((times) => times + 1);
  };
  return (
    <div class="reproduce">
      <h2>Take it along</h2>
      <div class="buttons">
        {opened.arms.map(({ label }, arm) => (
          <button type="button" class="button" key={arm} onClick={() => attempt(save(arm, label))}>
            {fileName(label)}
          </button>
        ))}
        <button type="button" class="button" onClick={() => attempt(copy())}>
          {copied > 0 ? 'Link copied' : 'Copy a link to this run'}
        </button>
      </div>
      {problem === undefined ? null : <Notice kind="error">{problem}</Notice>}
      <p class="note">
        The files are the networks as they are now, for inference: plain ONNX without a trace of dropout. They
        take the raw features as the data have them.
      </p>
      <details>
        <summary>What the seed draws</summary>
        <p class="note">
          SHA-256 over the masks of the first ten steps. Equal settings draw equal masks in every browser and
          in Node.
        </p>
        <dl class="digests">
          {opened.arms.map(({ label, digest, parameters }, arm) => (
            <div key={arm}>
              <dt>{label}</dt>
              <dd data-digest={digest ?? ''}>{digest ?? 'no masks'}</dd>
              <dd class="note">{parameters.toLocaleString('en')} trained numbers</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

/** `model-dropout-0.5.onnx`. */
const fileName = (label: string): string =>
  `model-${label.replace(/[^a-z0-9.]+/gi, '-').replace(/-$/, '')}.onnx`;
