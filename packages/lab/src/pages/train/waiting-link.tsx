/** @file A link that was opened while a run is under way: it waits, and is not lost. */
import { useState } from 'preact/hooks';
import { Notice } from '../../components/notice.js';
import { decode } from '../../settings/codec.js';
import { titleOf } from '../../settings/title.js';

export interface Waiting {
  readonly query: string;
  /** Whether it is to be opened as soon as the run has ended. */
  readonly isNext: boolean;
}

/** It waits while other pages of the lab are open. */
let kept: Waiting | undefined;

export function useWaiting(): [Waiting | undefined, (next: Waiting | undefined) => void] {
  const [waiting, setWaiting] = useState(kept);
  const become = (next: Waiting | undefined) => {
    kept = next;
    setWaiting(next);
  };
  return [waiting, become];
}

export interface WaitingLinkProps {
  readonly waiting: Waiting;
  readonly isBusy: boolean;
  /** Stops the run, if one is under way. */
  readonly onOpen: () => void;
  readonly onForget: () => void;
}

export function WaitingLink({ waiting: { query }, isBusy, onOpen, onForget }: WaitingLinkProps) {
  const title = titleOf(decode(query).settings);
  return (
    <div data-waiting={isBusy ? 'run' : 'visitor'}>
      <Notice kind="info" title={isBusy ? 'A run is under way' : 'A link waits to be opened'}>
        <p>
          {isBusy
            ? `The link that was opened can be opened when it is finished or stopped: ${title}.`
            : `It was opened while the run was under way: ${title}.`}
        </p>
        <div class="buttons">
          <button type="button" class="button" onClick={onOpen}>
            {isBusy ? 'Stop the run and open the link' : 'Open the link'}
          </button>
          <button type="button" class="button" onClick={onForget}>
            Forget the link
          </button>
        </div>
      </Notice>
    </div>
  );
}
