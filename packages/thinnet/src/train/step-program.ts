/** @file The training step as one ONNX graph: thinned forward, loss, backward, update, repeated inside a Loop. */
import { ThinnetError } from '../error.js';
import { gradientOf } from '../grad/gradients.js';
import { GraphBuilder } from '../graph/builder.js';
import { accumulateGemm } from '../graph/passes/accumulate-gemm.js';
import { accumulateRows } from '../graph/passes/accumulate-rows.js';
import { cleanUp } from '../graph/passes/clean-up.js';
import type { Value } from '../graph/value.js';
import type { Network, Parameter } from '../nn/network.js';
import { graph as graphAttribute, int } from '../onnx/attribute.js';
import type { DataType, Graph, Shape } from '../onnx/model.js';
import { boundNorm, clipByNorm } from './constraints.js';
import { lossRule } from './losses/table.js';
import { optimizerRule } from './optimizers/table.js';
import type { TrainingPlan } from './plan.js';
import { trainingNetwork } from './training-network.js';

/** One tensor that the program reads anew at each step, stacked over the steps of a run. */
export interface Stacked {
  /** The program's input, of shape ['K', …shape]. */
  readonly input: string;
  readonly type: DataType;
  /** Shape within one step, such as ['N', 784]. */
  readonly shape: Shape;
}

/** One tensor carried from step to step. */
export interface StateTensor {
  /** Its name in a state: a parameter's own name, or `<parameter>/<slot>`. */
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly shape: readonly number[];
  /** Whether the steps of a run hand it on transposed. */
  readonly turned: boolean;
}

/**
 * The compiled form of a plan. The program takes the number of steps K, the state, and per step: features, targets, one noise
 * tensor per site and a few scalars; it gives the state after K steps and each step's loss.
 */
export interface StepProgram {
  readonly graph: Graph;
  /** Input: int64 scalar K. */
  readonly steps: string;
  readonly features: Stacked;
  readonly targets: Stacked;
  /** In the order of the network's sites. */
  readonly noise: readonly Stacked[];
  /** By the optimizer's name for it; each ['K']. */
  readonly scalars: readonly { readonly name: string; readonly input: string }[];
  readonly state: readonly StateTensor[];
  /** Output: float32 [K], of the data alone: the network's penalties are part of what the gradient follows, not of this. */
  readonly loss: string;
}

/** Writes a plan's training program; fails where the network cannot be trained, before any data is read. */
export function stepProgram(given: TrainingPlan): StepProgram {
  const { network, turned } = trainingNetwork(given.network, given.batchSize);
  const plan = { ...given, network };
  const outer = new GraphBuilder('training');
  outer.input('steps', 'int64', []);
  const optimizer = optimizerRule(plan.optimizer);
  const [info] = network.graph.inputs;
  if (info?.shape === undefined)
    throw new ThinnetError(`network "${network.graph.name}" has no input with a known shape`);
  if (network.parameters.length === 0)
    throw new ThinnetError(`network "${network.graph.name}" has no parameters to train`);

  const stack = (input: string, type: DataType, shape: Shape): Stacked => {
    outer.input(input, type, ['K', ...shape]);
    return { input, type, shape };
  };
  const features = stack('batch/features', info.type, info.shape);
  const target = lossRule(plan.loss).targets(outputOf(network));
  const targets = stack('batch/targets', target.type, ['N', ...target.shape]);
  const noise = network.sites.map((site) => stack(`noise/${site.name}`, 'float32', site.shape));
  const scalars = Object.keys(optimizer.scalars(plan.optimizer, 1, 0)).map((name) => {
    outer.input(`scalar/${name}`, 'float32', ['K']);
    return { name, input: `scalar/${name}` };
  });
  const state = given.network.parameters.flatMap((parameter) =>
    [parameter.name, ...optimizer.slots(plan.optimizer).map((slot) => slotName(parameter, slot))].map(
      (name) => {
        outer.input(`state/${name}`, 'float32', parameter.shape);
        const [input, output] = [`state/${name}`, `next/${name}`];
        return { name, input, output, shape: parameter.shape, turned: turned.has(parameter.name) };
      },
    ),
  );
  const carried = state.map((tensor) =>
    tensor.turned ? { ...tensor, shape: tensor.shape.toReversed() } : tensor,
  );
  const turn = (value: Value, name?: string) =>
    outer.op('Transpose', [value], {}, name === undefined ? {} : { name });

  const ports = { features, targets, noise, scalars, state: carried };
  const body = accumulateRows(accumulateGemm(cleanUp(writeStep(plan, outer, ports))));
  const results = outer.add(
    {
      name: 'loop',
      op: 'Loop',
      domain: '',
      inputs: [
        'steps',
        '',
        ...state.map(({ input, turned }) => (turned ? turn(outer.value(input)).name : input)),
      ],
      outputs: [...state.map(({ output, turned }) => (turned ? `${output}/turned` : output)), 'loss'],
      attributes: { body: graphAttribute(body) },
    },
    [...carried.map(({ shape }) => shape), ['K']],
  );
  for (const [i, result] of results.entries())
    outer.output(state[i]?.turned ? turn(result, state[i].output) : result);
  return { graph: outer.build(), steps: 'steps', features, targets, noise, scalars, state, loss: 'loss' };
}

/** One step, as the Loop's body: (iteration, condition, state…) → (condition, state…, loss). */
function writeStep(
  plan: TrainingPlan,
  outer: GraphBuilder,
  ports: Omit<StepProgram, 'graph' | 'steps' | 'loss'>,
): Graph {
  const { network } = plan;
  const b = new GraphBuilder('step', outer);
  const iteration = b.input('iteration', 'int64', []);
  const condition = b.input('condition', 'bool', []);
  const before = Object.fromEntries(
    ports.state.map(({ name, shape }) => [name, b.input(name, 'float32', shape)]),
  );
  const now = (input: string) =>
    b.op('Gather', [outer.value(input), iteration], { axis: int(0) }, { name: `now/${input}` });

  const bindings: Record<string, Value> = {
    [(network.graph.inputs[0] as { name: string }).name]: now(ports.features.input),
  };
  for (const [i, site] of network.sites.entries())
    bindings[site.input] = now((ports.noise[i] as Stacked).input);
  for (const { name } of network.parameters) bindings[name] = before[name] as Value;
  const [outputs, ...rest] = b.inline(network.graph, bindings);
  const penalties = rest.filter((_, i) =>
    network.penalties.includes(network.graph.outputs[i + 1]?.name ?? ''),
  );
  const loss = lossRule(plan.loss).write(b, plan.loss, outputs as Value, now(ports.targets.input));

  const weights = network.parameters.map(({ name }) => before[name] as Value);
  const objective =
    penalties.length === 0 ? loss : b.op('Sum', [loss, ...penalties], {}, { name: 'objective' });
  const raw = gradientOf(b, objective, weights);
  const gradients = plan.clipNorm === undefined ? raw : clipByNorm(b, raw, plan.clipNorm);
  const scalars = Object.fromEntries(ports.scalars.map(({ name, input }) => [name, now(input)]));
  const after = new Map<string, Value>();
  for (const [i, parameter] of network.parameters.entries()) {
    const updated = update(b, plan, parameter, before, gradients[i] as Value, scalars);
    after.set(parameter.name, updated.weight);
    for (const [slot, value] of Object.entries(updated.slots)) after.set(slotName(parameter, slot), value);
  }
  b.output(condition, 'continue');
  for (const { name, output } of ports.state) b.output(after.get(name) as Value, `${output}/step`);
  b.output(loss, 'loss/step');
  return b.build();
}

function update(
  b: GraphBuilder,
  plan: TrainingPlan,
  parameter: Parameter,
  before: Readonly<Record<string, Value>>,
  gradient: Value,
  scalars: Readonly<Record<string, Value>>,
) {
  const rule = optimizerRule(plan.optimizer);
  const slots = Object.fromEntries(
    rule.slots(plan.optimizer).map((slot) => [slot, before[slotName(parameter, slot)] as Value]),
  );
  const decays = parameter.role === 'weight';
  const updated = rule.update(b, plan.optimizer, {
    weight: before[parameter.name] as Value,
    gradient,
    slots,
    scalars,
    decays,
  });
  if (plan.maxNorm === undefined || parameter.role !== 'weight') return updated;
  return { ...updated, weight: boundNorm(b, updated.weight, parameter.incomingAxes, plan.maxNorm) };
}

const slotName = (parameter: Parameter, slot: string): string => `${parameter.name}/${slot}`;

function outputOf({ graph }: Network): Value {
  const [output] = graph.outputs;
  if (output?.shape === undefined)
    throw new ThinnetError(`network "${graph.name}" has no output with a known shape`);
  return { name: output.name, type: output.type, shape: output.shape };
}
