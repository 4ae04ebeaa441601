/** @file Ask how sure it is: Monte Carlo dropout on a digit that is drawn, or chosen and turned. */
import { useMemo, useState } from 'preact/hooks';
import { Choices } from '../../components/choices.js';
import { Live } from '../../components/live.js';
import { Notice } from '../../components/notice.js';
import { Progress } from '../../components/progress.js';
import { Slider } from '../../components/slider.js';
import { useLatest } from '../../components/use-latest.js';
import type { PageProps } from '../../shell/page-props.js';
import { DrawPad } from './image/draw-pad.js';
import { fromDrawing } from './image/from-drawing.js';
import { PixelImage } from './image/pixel-image.js';
import { rotated, side } from './image/rotate.js';
import { type DigitChoice, TestImageField } from './image/test-images.js';
import type { Answer, Sweep } from './network/answers.js';
import { useNetwork } from './network/use-network.js';
import { AngleChart } from './view/angle-chart.js';
import { Distribution } from './view/distribution.js';
import { Measures } from './view/measures.js';
import { NetworkPanel } from './view/network-panel.js';
import { saysWhat } from './view/words.js';
import './uncertainty.css';

type From = 'test' | 'drawing';

/** An image, by a key that no other image has. */
interface Asked {
  readonly key: string;
  readonly image: Float32Array;
}

const keyOf = ({ key }: Asked): string => key;

export function Page(_props: PageProps) {
  const networks = useNetwork();
  const { images, state, call } = networks;
  const [from, setFrom] = useState<From>('test');
  const [index, setIndex] = useState(0);
  const [digit, setDigit] = useState<DigitChoice>('any');
  const [drawing, setDrawing] = useState<{ readonly image: Float32Array; readonly number: number }>();
  const [angle, setAngle] = useState(0);

  const chosen = useMemo(() => {
    if (from === 'drawing') return drawing && { key: `drawing ${drawing.number}`, image: drawing.image };
    const test = images?.images.subarray(index * side * side, (index + 1) * side * side);
    return test && { key: `test ${index}`, image: Float32Array.from(test) };
  }, [from, index, drawing, images]);
  const turned = useMemo(() => chosen && rotated(chosen.image, angle), [chosen, angle]);

  const asked = state.state === 'ready' ? chosen : undefined;
  const network = state.state === 'ready' ? state.key : '';
  const question = asked && turned && { key: `${network} ${asked.key} ${angle}`, image: turned };
  const answer = useLatest<Asked, Answer>(question, ({ image }) => call('ask', image), keyOf);
  const curve = asked && { key: `${network} ${asked.key}`, image: asked.image };
  const sweep = useLatest<Asked, Sweep>(curve, ({ image }) => call('sweep', image), keyOf);

  const name =
    from === 'drawing' ? 'your drawing' : `test image ${index + 1}, a ${images?.labels[index] ?? 'digit'}`;
  const shown = question === undefined ? undefined : answer.answered?.answer;
  const swept = curve === undefined ? undefined : sweep.answered?.answer;
  const problem = answer.problem ?? sweep.problem;
  const isAsked = state.state === 'opening' || state.state === 'ready';
  return (
    <>
      <h1>Ask how sure it is</h1>
      <p class="lead">
        A network that was trained with dropout is many thinned networks in one. Ask a hundred of them: where
        they disagree, the network does not know.
      </p>
      <NetworkPanel networks={networks} />
      <div class={isAsked ? 'question is-asked' : 'question'}>
        <div class="asking">
          <section aria-labelledby="image">
            <h2 id="image">The image</h2>
            <Choices
              label="Where it comes from"
              value={from}
              options={{ test: 'Test image', drawing: 'Draw a digit' }}
              onChange={setFrom}
            />
            <div class="image-source">
              {from === 'drawing' ? (
                <DrawPad
                  onChange={(ink, size) => {
                    const image = ink && fromDrawing(ink, size);
                    setDrawing(image && { image, number: performance.now() });
                  }}
                />
              ) : images === undefined ? (
                networks.problem === undefined ? (
                  <Progress label="Fetching the test images" done={networks.imagesDone} />
                ) : null
              ) : (
                <TestImageField
                  images={images}
                  index={index}
                  digit={digit}
                  onChange={(next, chosenDigit) => {
                    setIndex(next);
                    setDigit(chosenDigit);
                  }}
                />
              )}
            </div>
            <Slider
              label="Turned by"
              value={angle}
              min={0}
              max={180}
              step={5}
              show={(value) => `${value}°`}
              onInput={setAngle}
            />
            <figure class="seen">
              <PixelImage
                pixels={turned}
                label={`What the network sees: ${name}, turned by ${angle} degrees`}
              />
              <figcaption class="note">What the network sees: {name}</figcaption>
            </figure>
          </section>
          <section aria-labelledby="answers" class="answers" data-answered={answer.answered?.question.key}>
            <h2 id="answers">The answers</h2>
            {problem === undefined ? null : (
              <Notice kind="error" title="The network could not be asked">
                {problem}
              </Notice>
            )}
            {shown === undefined ? (
              <p class="note no-answer">{waitingFor(state.state, chosen !== undefined)}</p>
            ) : (
              <>
                <p>{saysWhat(shown)}</p>
                <Measures answer={shown} />
                <Distribution answer={shown} />
              </>
            )}
            <Live text={shown === undefined || answer.isBusy ? '' : saysWhat(shown)} />
          </section>
        </div>
        <div class="sweep" data-swept={sweep.answered?.question.key}>
          {swept === undefined ? null : <AngleChart sweep={swept} />}
        </div>
      </div>
    </>
  );
}

function waitingFor(state: ReturnType<typeof useNetwork>['state']['state'], hasImage: boolean): string {
  if (state === 'opening') return 'The network is being made ready.';
  if (state !== 'ready') return 'Train the network first.';
  return hasImage ? 'Asking a hundred thinned networks.' : 'Draw a digit.';
}
