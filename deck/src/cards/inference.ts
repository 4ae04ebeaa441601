/** @file Card: at inference the layer is off. */
import { type Graph, standardModel, takeExamples, thinnedProgram, writeModel } from 'thinnet';
import { equalBits } from '../bits.js';
import type { Card, Finding, Result } from '../card.js';
import { all, atLeast, none } from '../finding.js';
import { percent, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { noiseAsked, noiseOf } from '../masks.js';
import { trainedSmall } from '../measurements/small.js';
import { featuresOf } from '../predict.js';
import { result } from '../result.js';
import { floats, numbersOf, withProgram } from '../run.js';
import { goodfellow, srivastava } from '../sources.js';

const examples = 200;
const seed = 71;

/** Operators of ONNX that drop, or that draw random numbers. */
const random: ReadonlySet<string> = new Set([
  'Dropout',
  'Bernoulli',
  'Multinomial',
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
]);

const randomNodes = ({ nodes }: Graph): number => nodes.filter(({ op }) => random.has(op)).length;

async function experiment(laboratory: Laboratory): Promise<Result> {
  const small = await trainedSmall(laboratory, 'inverted', (done, doing) =>
    laboratory.progress(0.7 * done, doing),
  );
  const mean = laboratory.dropout.meanProgram(small.network);
  const input = small.network.graph.inputs[0]?.name;
  const chosen = takeExamples(
    small.test,
    Array.from({ length: examples }, (_, i) => i * 10),
  );
  const features = floats([examples, ...chosen.shape], featuresOf(chosen));
  const further = mean.inputs.filter(({ name }) => name !== input);

  const calls = (graph: Graph, feeds: (call: number) => Record<string, ReturnType<typeof floats>>) =>
    withProgram(laboratory, graph, async (program) => {
      const one = async (call: number) => numbersOf(await program.run({ x: features, ...feeds(call) }), 'y');
      return [await one(0), await one(1)] as const;
    });
  const noise = (call: number) => noiseAsked(laboratory, small.network, mean, examples, { seed, step: call });
  const [first, second] = await calls(mean, noise);
  const [thinned, again] = await calls(thinnedProgram(small.network), (call) =>
    noiseOf(laboratory, small.network, examples, { seed, step: call }),
  );
  const [plain] = await calls(small.plain.graph, () => ({}));
  laboratory.progress(0.85, 'in another process');
  const elsewhere = further.length === 0 ? await away(laboratory, mean, features) : undefined;
  laboratory.progress(1);

  const n = first.length;
  const differing = (n - equalBits(thinned, again)) / n;
  const findings: Finding[] = [
    none('inputs of the inference program beside the features', further.length),
    none('nodes of it that drop or draw random numbers', randomNodes(mean)),
    all('outputs with the same bits in two calls', equalBits(first, second), n, 'all'),
    all('outputs with the bits of the same weights without any dropout', equalBits(first, plain), n, 'all'),
    ...(elsewhere
      ? [all('outputs with the same bits in another process', equalBits(first, elsewhere), n, 'all')]
      : []),
    atLeast('for contrast, outputs that differ between two passes with dropout on', differing, 0.99),
  ];
  const other = elsewhere
    ? `${whole(equalBits(first, elsewhere))} in another process`
    : 'no other process was at hand';
  return result('inference', {
    summary: `Of ${whole(n)} outputs at inference ${whole(equalBits(first, second))} had the same bits in a second call, and ${other}; with dropout on, ${percent(differing)} differed from pass to pass.`,
    findings,
    pictures: [
      {
        type: 'bars',
        title: 'Scores of the ten classes for one image: two calls at inference, two passes with dropout on',
        yLabel: 'logit',
        groups: Array.from({ length: 10 }, (_, digit) => String(digit)),
        bars: [
          { name: 'inference, first call', values: [...first.subarray(0, 10)] },
          { name: 'inference, second call', values: [...second.subarray(0, 10)] },
          { name: 'dropout on, first pass', values: [...thinned.subarray(0, 10)] },
          { name: 'dropout on, second pass', values: [...again.subarray(0, 10)] },
        ],
      },
    ],
    numbers: { outputs: n, furtherInputs: further.length, randomNodes: randomNodes(mean), differing },
  });
}

const away = (laboratory: Laboratory, graph: Graph, features: ReturnType<typeof floats>) =>
  laboratory.elsewhere?.(writeModel(standardModel(graph)), {
    dims: features.dims,
    data: features.data as Float32Array,
  });

export const inference: Card = {
  id: 'inference',
  section: 'overview',
  question: 'What does dropout do at inference?',
  answer:
    'It is off: nothing is drawn and nothing dropped, all neurons take part, and the same input gives the same output every time.',
  slip:
    'Off means that the *noise* is off. With standard dropout a constant factor, the keep probability, remains; with inverted dropout nothing does. ' +
    'Frameworks with a training flag leave dropout on when the flag is forgotten. Monte Carlo dropout leaves it on deliberately, to ' +
    'estimate uncertainty.',
  formula: String.raw`\hat{y} = f\bigl(x;\, \mathbb{E}[r]\bigr) \quad \text{instead of} \quad f(x;\, r),\; r \sim P(r)`,
  sources: [
    srivastava('section 4 and figure 2 (right): at test time a unit is always present'),
    goodfellow('section 7.12, the weight scaling inference rule'),
    {
      text: 'Gal, Ghahramani 2016, Dropout as a Bayesian approximation: representing model uncertainty in deep learning, ICML: section 3',
      url: 'https://arxiv.org/abs/1506.02142',
    },
  ],
  claim:
    'The inference program has no noise and no dropout node, and gives the same bits in every call and every process.',
  method:
    'Trains a small network with dropout; looks for noise inputs and random operators in its inference program; compares 2,000 outputs bit by bit between two calls, ' +
    'with the same weights in a network without dropout, and with plain ONNX Runtime in another process or worker.',
  cost: 3,
  experiment,
};
