/** @file The network as each step's masks thin it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { kinds } from '../../settings/kinds.js';
import type { Settings } from '../../settings/settings.js';
import type { FrameEvent, Opened } from '../../training/events.js';
import type { Run } from '../../training/run.js';
import type { RunState } from '../../training/state.js';
import { drawNetwork } from './picture/draw-network.js';

export interface NetworkPictureProps {
  readonly run: Run;
  readonly state: RunState;
  readonly opened: Opened;
}

export function NetworkPicture({ run, state, opened }: NetworkPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [arm, setArm] = useState(() => Math.min(1, opened.arms.length - 1));
  const { frame, phase } = state;
  const isStill = useReducedMotion() && phase === 'running';
  const shown = useHeld(frame?.frame.arm === arm ? frame : undefined, isStill, arm);
  const columns = opened.arms[arm]?.columns ?? [];
  const draw = () => {
    if (canvas.current) drawNetwork(canvas.current, columns, shown, opened.classNames);
  };
  useLayoutEffect(draw, [shown, arm]);
  useLayoutEffect(() => {
    const size = new ResizeObserver(draw);
    if (canvas.current) size.observe(canvas.current);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      size.disconnect();
      scheme.removeEventListener('change', draw);
    };
  }, [shown, arm]);
  const choose = (next: number) => {
    setArm(next);
    run.draw(next);
  };
  return (
    <div class="network">
      <h2>The network, thinned</h2>
      <fieldset class="choice">
        <legend class="visually-hidden">Arm that is drawn</legend>
        {opened.arms.map(({ label }, i) => (
          <label key={i}>
            <input type="radio" name="drawn" checked={i === arm} onChange={() => choose(i)} /> {label}
          </label>
        ))}
      </fieldset>
      <canvas
        ref={canvas}
        class="network-canvas"
        role="img"
        aria-label={inWords(shown, opened, arm)}
        data-drawn-step={shown?.frame.step}
      />
      <p class="note">{captionOf(state.settings, opened, arm, shown?.frame.step, isStill)}</p>
    </div>
  );
}

/**
 * With reduced motion the picture stands still while it trains, and follows single steps: what is held is what is drawn, and
 * what is said of it.
 */
function useHeld(latest: FrameEvent | undefined, isStill: boolean, arm: number): FrameEvent | undefined {
  const held = useRef<FrameEvent | undefined>(undefined);
  if (!isStill || held.current?.frame.arm !== arm) held.current = latest;
  return held.current;
}

function useReducedMotion(): boolean {
  const query = matchMedia('(prefers-reduced-motion: reduce)');
  const [reduced, setReduced] = useState(query.matches);
  useLayoutEffect(() => {
    const update = () => setReduced(query.matches);
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, []);
  return reduced;
}

function captionOf(
  { arms: settings }: Settings,
  { arms }: Opened,
  arm: number,
  step: number | undefined,
  isStill: boolean,
): string {
  const kind = settings[arm]?.kind ?? 'none';
  if (kind === 'none') return 'Without dropout all units take part in every step.';
  if (!arms[arm]?.canDraw)
    return `${kinds[kind].title} decides by each unit’s own input, so its masks behind the hidden layers are not drawn; that on the input is.`;
  const begin = step === undefined ? '' : `Step ${step}. `;
  const still = isStill
    ? ' It stands still while it trains, as this device asks for less motion; pause and take single steps.'
    : '';
  return `${begin}Hollow units are dropped in this step, for the first example of its batch (left); the next step draws anew. A sample of the units is drawn.${still}`;
}

/** The masks as numbers, for those who do not see the picture. */
function inWords(shown: RunState['frame'], opened: Opened, arm: number): string {
  if (shown === undefined) return 'The network; no step has been taken yet.';
  const columns = opened.arms[arm]?.columns ?? [];
  const parts = shown.frame.masks.flatMap((mask, i) =>
    mask === undefined ? [] : [`${columns[i]?.name}: ${mask.dropped} of ${mask.kept.length} dropped`],
  );
  return `Step ${shown.frame.step}. ${parts.join(', ') || 'nothing is dropped'}.`;
}
