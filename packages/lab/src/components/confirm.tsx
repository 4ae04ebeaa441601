/** @file Asks before something is done that cannot be undone. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import './confirm.css';

export interface ConfirmProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What the two buttons say. */
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  /** Also for Escape. */
  readonly onNo: () => void;
  readonly children: ComponentChildren;
}

export function Confirm({ isOpen, title, yes, no, onYes, onNo, children }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const refusal = useRef<HTMLButtonElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    if (isOpen) {
      dialog.current?.showModal();
      // Who presses Enter without reading loses nothing.
      refusal.current?.focus();
    } else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog class="confirm" ref={dialog} aria-labelledby={id} onCancel={onNo}>
      <h2 id={id}>{title}</h2>
      {children}
      <div class="buttons">
        <button type="button" class="button danger" onClick={onYes}>
          {yes}
        </button>
        <button type="button" class="button" ref={refusal} onClick={onNo}>
          {no}
        </button>
      </div>
    </dialog>
  );
}
