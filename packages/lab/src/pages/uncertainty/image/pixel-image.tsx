/** @file An image of 28 by 28 pixels, large enough to be seen. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { side } from './rotate.js';

interface PixelImageProps {
  /** 0 to 255, white on black as the network gets it. */
  readonly pixels: ArrayLike<number> | undefined;
  readonly label: string;
}

export function PixelImage({ pixels, label }: PixelImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(side, side);
    for (let i = 0; i < side * side; i++) {
      const value = pixels?.[i] ?? 0;
      image.data.set([value, value, value, 255], 4 * i);
    }
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return <canvas class="pixels" width={side} height={side} ref={canvas} role="img" aria-label={label} />;
}
