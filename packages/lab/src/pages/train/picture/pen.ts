/** @file What everything in the picture is drawn with: the canvas and the colours of the page. */

export interface Pen {
  readonly context: CanvasRenderingContext2D;
  readonly ink: string;
  readonly muted: string;
  readonly accent: string;
  readonly panel: string;
}

/** The colours that the page has now. */
export function penFor(context: CanvasRenderingContext2D): Pen {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    context,
    ink: of('--ink'),
    muted: of('--muted'),
    accent: of('--accent'),
    panel: of('--panel'),
  };
}

/** Noise weakens or strengthens what it does not drop; twice as strong is as bright as it gets. */
export const brightness = (kept: number, whole: number, least: number): number =>
  kept === 1 ? whole : Math.min(1, Math.max(least, Math.abs(kept) / 2));
