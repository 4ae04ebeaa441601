/** @file Where a digit is drawn, by mouse, pen or finger. */
import { useLayoutEffect, useRef } from 'preact/hooks';

const size = 280;
const pen = 22;

interface DrawPadProps {
  /** Gets the ink, [280, 280], 0 to 255, after every stroke; undefined once it is cleared. */
  readonly onChange: (ink: Uint8Array | undefined, size: number) => void;
}

export function DrawPad({ onChange }: DrawPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | undefined>(undefined);
  const context = () => canvas.current?.getContext('2d', { willReadFrequently: true }) ?? undefined;

  const clear = () => {
    const drawn = context();
    if (!drawn) return;
    drawn.fillStyle = 'black';
    drawn.fillRect(0, 0, size, size);
  };
  useLayoutEffect(clear, []);

  const placeOf = (event: PointerEvent): readonly [number, number] => {
    const box = (event.currentTarget as HTMLCanvasElement).getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * size, ((event.clientY - box.top) / box.height) * size];
  };
  const lineTo = (to: readonly [number, number]) => {
    const drawn = context();
    if (!drawn) return;
    drawn.strokeStyle = 'white';
    drawn.lineWidth = pen;
    drawn.lineCap = 'round';
    drawn.lineJoin = 'round';
    drawn.beginPath();
    drawn.moveTo(...(last.current ?? to));
    drawn.lineTo(...to);
    drawn.stroke();
    last.current = to;
  };
  const end = () => {
    if (last.current === undefined) return;
    last.current = undefined;
    const rgba = context()?.getImageData(0, 0, size, size).data;
    if (rgba)
      onChange(
        Uint8Array.from({ length: size * size }, (_, i) => rgba[4 * i] as number),
        size,
      );
  };

  return (
    <div class="draw-pad">
      <canvas
        width={size}
        height={size}
        ref={canvas}
        role="img"
        aria-label="A place to draw a digit by mouse, pen or finger. Without them, choose a test image."
        onPointerDown={(event) => {
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          lineTo(placeOf(event));
        }}
        onPointerMove={(event) => {
          if (last.current !== undefined) lineTo(placeOf(event));
        }}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <button
        type="button"
        class="button"
        onClick={() => {
          clear();
          onChange(undefined, size);
        }}
      >
        Clear
      </button>
    </div>
  );
}
