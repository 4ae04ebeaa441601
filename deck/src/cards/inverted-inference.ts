/** @file Card: at inference a network with inverted dropout is a network without dropout. */
import { type Graph, readModel, standardModel, takeExamples, writeModel } from 'thinnet';
import { equalBits } from '../bits.js';
import type { Card, Result } from '../card.js';
import { all, none } from '../finding.js';
import { whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { noiseAsked } from '../masks.js';
import { trainedSmall } from '../measurements/small.js';
import { featuresOf, outputsOf } from '../predict.js';
import { result } from '../result.js';
import { srivastava } from '../sources.js';

/** The graph that an ONNX file holds. */
const written = (graph: Graph): { readonly graph: Graph; readonly bytes: number } => {
  const file = writeModel(standardModel(graph));
  return { graph: readModel(file).graph, bytes: file.length };
};

const operators = ({ nodes }: Graph): readonly string[] => nodes.map(({ op }) => op);

async function experiment(laboratory: Laboratory): Promise<Result> {
  const { meanProgram } = laboratory.dropout;
  const small = await trainedSmall(laboratory, 'inverted', (done, doing) =>
    laboratory.progress(0.8 * done, doing),
  );
  const withDropout = written(meanProgram(small.network));
  const without = written(meanProgram(small.plain));
  const exported = readModel(small.file).graph;
  const chosen = takeExamples(
    small.test,
    Array.from({ length: 500 }, (_, i) => 4 * i),
  );
  const run = async (graph: Graph) =>
    (
      await outputsOf(laboratory, graph, chosen, featuresOf(chosen), ['y'], (examples) =>
        noiseAsked(laboratory, small.network, graph, examples, { seed: 1, step: 0 }),
      )
    ).y as Float32Array;
  const foreign = withDropout.graph.inputs.length - without.graph.inputs.length;
  const outputs = await run(withDropout.graph);
  const expected = await run(without.graph);
  const fromTrainer = await run(exported);
  laboratory.progress(1);
  const [ours, theirs] = [operators(withDropout.graph), operators(without.graph)];
  const same = theirs.filter((op, i) => ours[i] === op).length;
  const longer = Math.max(ours.length, theirs.length);
  const equal = equalBits(outputs, expected);
  return result('inverted-inference', {
    summary: `Of ${longer} operators in the exported file of a network with inverted dropout ${same} are those of the same weights without dropout, and of ${whole(expected.length)} outputs ${whole(equal)} have the same bits.`,
    findings: [
      all('operators that are the same in both files', same, longer, `all of ${theirs.join(', ')}`),
      none('further inputs', foreign),
      all('outputs with the same bits as without dropout layers', equal, expected.length, 'all'),
      all(
        'outputs of the trainer’s own export with the same bits',
        equalBits(fromTrainer, expected),
        expected.length,
        'all',
      ),
    ],
    pictures: [
      {
        type: 'table',
        title: 'The operators of the two ONNX files',
        columns: ['', 'trained with inverted dropout', 'same weights, no dropout layers'],
        rows: [
          ...Array.from({ length: longer }, (_, i) => [i + 1, ours[i] ?? '', theirs[i] ?? '']),
          ['bytes', whole(withDropout.bytes), whole(without.bytes)],
        ],
      },
    ],
    numbers: {
      operators: theirs.length,
      outputs: expected.length,
      equal,
      bytes: [withDropout.bytes, without.bytes],
    },
  });
}

export const invertedInference: Card = {
  id: 'inverted-inference',
  section: 'scaling',
  question: 'What is left of inverted dropout at inference?',
  answer:
    'Nothing. The scale was applied in training, so at inference the layer is the identity: the network behaves as if it had no dropout layers, ' +
    'and needs no factor. An exported model contains no trace of it.',
  slip:
    'This is a property of the inverted form. The same weights under *standard* dropout need the factor $1 - p$ at inference; whoever moves weights from one ' +
    'form to the other must move the scale along. And “as if it were not there” speaks of the program, not of the weights: those were shaped by dropout.',
  formula: String.raw`\mathbb{E}[r_j] = (1 - p) \cdot \tfrac{1}{1 - p} + p \cdot 0 = 1 \quad \Rightarrow \quad \tilde{a} = a \text{ at inference}`,
  sources: [
    srivastava(
      'section 10: scaling the retained activations by 1/p (p there is the keep probability) in training, and leaving the weights alone at test time',
    ),
  ],
  claim: 'The exported ONNX file has the operators, and gives the bits, of the same weights without dropout.',
  method:
    'Trains a small network with inverted dropout, writes its inference program and that of a network without dropout layers with the same weights as ONNX files, reads both back, ' +
    'compares their operators, and their outputs for 500 images bit by bit.',
  cost: 2,
  experiment,
};
