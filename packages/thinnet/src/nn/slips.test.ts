/** @file Slips in writing a network, and in which words they are refused. */
import { expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { leNet } from '../models/le-net.js';
import { relu } from './activations.js';
import { multiHeadAttention } from './attention/multi-head.js';
import { patchEmbedding } from './attention/patch-embedding.js';
import { network } from './build.js';
import { sequential } from './compose.js';
import { conv2d } from './conv.js';
import { dense } from './dense.js';
import { dropBlock } from './dropout/drop-block.js';
import { dropout } from './dropout.js';
import { lstm } from './recurrent/lstm.js';
import { reshape } from './reshape.js';
import type { Layer } from './scope.js';
import { standardize } from './standardize.js';

const net = (...layers: readonly unknown[]) =>
  network({ input: [4], seed: 1 }, ...(layers as readonly Layer[]));
const images = (...layers: readonly Layer[]) => network({ input: [1, 8, 8], seed: 1 }, ...layers);

it.each<[string, () => unknown, string]>([
  ['dense not called', () => net(dense), 'dense stands where a layer belongs; call it to make one: dense(…)'],
  ['relu not called', () => net(dense(3), relu), 'relu stands where a layer belongs; call it to make one'],
  ['dropout not called', () => net(dropout), 'dropout stands where a layer belongs'],
  ['leNet not called', () => net(leNet), 'leNet stands where a layer belongs'],
  ['sequential not called', () => net(sequential), 'layer 1 of 2 is an object; it must be a layer'],
  [
    'a layer of layers not called',
    () => net(dense(3), () => dense(3)),
    'layer 2 of 2 is a function, which makes a layer and is none itself',
  ],
  [
    'a layer without return',
    () => net(() => undefined),
    'layer 1 of 1 gives undefined; a layer gives a value',
  ],
  ['a number', () => net(dense(3), 5), 'layer 2 of 2 is 5; it must be a layer, such as dense(10)'],
  [
    'a list',
    () => net([dense(3)]),
    'layer 1 of 1 is an array; it must be a layer, such as dense(10) (spread',
  ],
  [
    'a number for the input',
    () => network({ input: 4 as never, seed: 1 }, dense(3)),
    'network: input is 4; it must be the shape of one example, such as [4]',
  ],
  [
    'no input',
    () => network({ seed: 1 } as never, dense(3)),
    'network: input is undefined; it must be the shape of one example, such as [784]',
  ],
  [
    'no options',
    () => network(dense(3) as never),
    'network: its options are a function; they must be an object with input, seed',
  ],
  [
    'units in words',
    () => net(dense('3' as never)),
    'dense "dense1": units is "3", a string; it must be a positive',
  ],
  [
    'no units',
    () => net(dense(undefined as never)),
    'dense "dense1": units is undefined; it must be a positive',
  ],
  ['cells in words', () => lstm('3' as never), 'lstm: units is "3", a string; it must be a positive integer'],
  ['no options of a convolution', () => conv2d(3, undefined as never), 'conv2d: its options are undefined'],
  [
    'no kernel',
    () => images(conv2d(3, {} as never)),
    'conv2d "conv2d1": kernel is undefined; it must be a whole',
  ],
  [
    'no patch',
    () => images(patchEmbedding(3, {} as never)),
    'patchEmbedding "patchEmbedding1": patch is undefined',
  ],
  ['no heads', () => multiHeadAttention({} as never), 'multiHeadAttention: heads is undefined; it must be'],
  ['no block size', () => dropBlock(0.1, {} as never), 'dropBlock: blockSize is undefined; it must be'],
  ['a number for a shape', () => reshape(4 as never), 'reshape: its shape is 4; it must be a list'],
  [
    'one argument for two',
    () => standardize({ mean: 0, std: 1 } as never, undefined as never),
    'standardize: mean is',
  ],
  [
    'a number for a noise shape',
    () => net(dropout(0.5, { noiseShape: 4 as never })),
    'dropout "dropout1": noiseShape is 4; it must be a list with one entry for each axis of [N, 4]',
  ],
])('%s', (_, make, message) => {
  expect(make).toThrow(ThinnetError);
  expect(make).toThrow(message);
});
