/** @file A picture of a result, drawn by the deck's own drawing. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Picture } from 'thinnet-deck';
import { messageOf } from '../../../components/message.js';

/** Draws it when the drawing has loaded; its place is kept free until then. */
export function PictureView({ picture }: { readonly picture: Picture }) {
  const box = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<string>();
  useLayoutEffect(() => {
    let end = () => {};
    let isHere = true;
    import('./draw.js').then(
      ({ draw }) => {
        if (isHere && box.current) end = draw(box.current, picture);
      },
      (error) => isHere && setProblem(messageOf(error)),
    );
    return () => {
      isHere = false;
      end();
    };
  }, [picture]);
  return (
    <>
      <div class={`result-picture ${picture.type}`} ref={box} />
      {problem === undefined ? null : <p class="field-error">The picture could not be drawn: {problem}</p>}
    </>
  );
}
