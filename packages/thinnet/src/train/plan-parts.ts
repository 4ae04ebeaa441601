/** @file Whether the parts of a plan are what their makers make: a plan is plain data, which may come from anywhere. */
import { shown, ThinnetError } from '../error.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import { crossEntropy, type Loss } from './loss.js';
import { adam, type Optimizer, sgd } from './optimizer.js';
import type { TrainingPlan } from './plan.js';
import { constant, cosine, type Schedule, stepDecay, warmUp } from './schedule.js';

interface Kind<P> {
  /** A call that makes a part of the kind, for messages. */
  readonly call: string;
  readonly keys: KeysOf<P>;
  /** Makes it anew from its fields: the makers check what they are given. */
  make?(fields: Omit<P, 'kind'>): object;
}

type Kinds<P extends { readonly kind: string }> = {
  readonly [K in P['kind']]: Kind<Extract<P, { kind: K }>>;
};

const losses: Kinds<Loss> = {
  crossEntropy: {
    call: 'crossEntropy()',
    keys: { kind: true, labelSmoothing: true },
    make: crossEntropy,
  },
  binaryCrossEntropy: { call: 'binaryCrossEntropy()', keys: { kind: true } },
  meanSquaredError: { call: 'meanSquaredError()', keys: { kind: true } },
};

const optimizers: Kinds<Optimizer> = {
  sgd: {
    call: 'sgd()',
    keys: { kind: true, momentum: true, nesterov: true, weightDecay: true },
    make: sgd,
  },
  adam: {
    call: 'adam()',
    keys: { kind: true, beta1: true, beta2: true, epsilon: true, weightDecay: true },
    make: adam,
  },
};

const schedules: Kinds<Schedule> = {
  constant: { call: 'constant(0.05)', keys: { kind: true, lr: true }, make: ({ lr }) => constant(lr) },
  step: {
    call: 'stepDecay(0.1, 1000, 0.5)',
    keys: { kind: true, lr: true, every: true, factor: true },
    make: ({ lr, every, factor }) => stepDecay(lr, every, factor),
  },
  cosine: {
    call: 'cosine(0.1, 1000)',
    keys: { kind: true, lr: true, steps: true, floor: true },
    make: ({ lr, steps, floor }) => cosine(lr, steps, floor),
  },
  warmUp: {
    call: 'warmUp(100, constant(0.05))',
    // biome-ignore lint/suspicious/noThenProperty: the key of the schedule.
    keys: { kind: true, steps: true, then: true },
    make: ({ steps, then }) => {
      checkPart('what follows the warm-up of its schedule', then, schedules);
      return warmUp(steps, then);
    },
  },
};

/** Errors: a loss, an optimizer or a schedule that none of their makers makes. */
export function checkParts({ loss, optimizer, schedule }: TrainingPlan): void {
  checkPart('loss', loss, losses);
  checkPart('optimizer', optimizer, optimizers);
  checkPart('schedule', schedule, schedules);
}

function checkPart<P extends { readonly kind: string }>(name: string, part: P, kinds: Kinds<P>): void {
  const known = kinds as unknown as Readonly<Record<string, Kind<P>>>;
  const kind: unknown = (part as P | undefined | null)?.kind;
  if (typeof part !== 'object' || typeof kind !== 'string' || !Object.hasOwn(known, kind)) {
    const given = typeof kind === 'string' ? `of unknown kind "${kind}"` : shown(part);
    const calls = Object.values(known).map(({ call }) => call);
    throw new ThinnetError(
      `plan: ${name} is ${given}; it must be made by a call such as ${calls.join(', ')}`,
    );
  }
  const { call, keys, make } = known[kind] as Kind<P>;
  checkOptions(`plan: ${name}`, part, keys);
  const { kind: _, ...fields } = part;
  const made = make?.(fields) ?? {};
  for (const key of Object.keys(made))
    if ((part as Readonly<Record<string, unknown>>)[key] === undefined)
      throw new ThinnetError(
        `plan: ${name} of kind "${kind}" lacks ${key}; make it by a call such as ${call}`,
      );
}
