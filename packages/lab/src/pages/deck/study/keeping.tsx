/** @file What becomes of the progress: into a file, out of a file, or forgotten. */
import { useRef, useState } from 'preact/hooks';
import { deck, readStudyProgress } from 'thinnet-deck';
import { Confirm } from '../../../components/confirm.js';
import { download } from '../../../components/download.js';
import { messageOf } from '../../../components/message.js';
import { Notice } from '../../../components/notice.js';
import type { Study } from './use-study.js';

/** What is said after something was done. */
interface Said {
  readonly kind: 'info' | 'error';
  readonly text: string;
}

const counted = (n: number): string => (n === 1 ? '1 card' : `${n} cards`);

export function Keeping({ study }: { readonly study: Study }) {
  const [said, setSaid] = useState<Said>();
  const file = useRef<HTMLInputElement>(null);
  const [isAsking, setAsking] = useState(false);
  const known = study.progress?.cards ?? {};
  const count = Object.keys(known).length;

  const exportAll = () => {
    download('thinnet-study.json', `${JSON.stringify(study.progress, undefined, 2)}\n`, 'application/json');
    setSaid({ kind: 'info', text: `The progress of ${counted(count)} is in thinnet-study.json.` });
  };
  const importFrom = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    try {
      const progress = readStudyProgress(jsonOf(await chosen.text(), chosen.name), chosen.name);
      await study.merge(progress);
      const ids = Object.keys(progress.cards);
      const foreign = ids.filter((id) => !deck.some((card) => card.id === id)).length;
      const rest = foreign === 0 ? '' : ` ${counted(foreign)} of it are not in this deck; they are kept.`;
      const text = `${chosen.name}: the progress of ${counted(ids.length)} was read; of each card the last review counts.${rest}`;
      setSaid({ kind: 'info', text });
    } catch (error) {
      setSaid({ kind: 'error', text: messageOf(error) });
    }
  };
  const forget = async () => {
    setAsking(false);
    await study.forget();
    setSaid({ kind: 'info', text: 'All cards are new again.' });
  };

  return (
    <section class="keeping" aria-labelledby="keeping">
      <h2 id="keeping">Your progress</h2>
      <p class="note">
        It is kept in this browser alone. A file of it goes to another browser, or to the command{' '}
        <code>thinnet cards study</code> and back.
      </p>
      <div class="buttons">
        <button type="button" class="button" disabled={count === 0} onClick={exportAll}>
          Export
        </button>
        <button type="button" class="button" onClick={() => file.current?.click()}>
          Import
        </button>
        <button type="button" class="button" disabled={count === 0} onClick={() => setAsking(true)}>
          Start over
        </button>
      </div>
      <input
        type="file"
        accept=".json,application/json"
        class="visually-hidden"
        tabIndex={-1}
        aria-label="File of progress to import"
        ref={file}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          void importFrom(chosen);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
      {said === undefined ? null : <Notice kind={said.kind}>{said.text}</Notice>}
      <Confirm
        isOpen={isAsking}
        title="Start over?"
        yes="Delete it"
        no="Keep it"
        onYes={() => void forget()}
        onNo={() => setAsking(false)}
      >
        <p>The progress of {counted(count)} is deleted from this browser. Files that you exported stay.</p>
      </Confirm>
    </section>
  );
}

function jsonOf(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} is no JSON; choose a file that this page or thinnet cards study wrote`);
  }
}
