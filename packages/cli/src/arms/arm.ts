/** @file Arms: the networks that are compared, each written `kind=rate,kind=rate,option=value,…`. */

import type { Given, ModelName, TrainingSettings } from 'thinnet-runs';
import { didYouMean } from '../options/nearest.js';
import { modelOf, resolveTraining } from '../options/resolve.js';
import { trainingOptions } from '../options/table.js';
import { anyNumber } from '../options/values.js';
import { isRunFile } from '../run-folder/names.js';
import { UsageError } from '../usage-error.js';
import type { ArmKindName, DropKind, DropPlace, KindAt } from './kinds.js';
import { armKindNames, armKinds } from './kinds.js';
import { kindsOf, modelsWith } from './models.js';

/** One kind of dropout of an arm. */
export interface Drop<K extends DropKind = DropKind> {
  readonly kind: K;
  /** Probability to drop. */
  readonly rate: number;
}

export interface Arm {
  /** As written: `dropout=0.5,max-norm=2`. */
  readonly spec: string;
  /** For people: `dropout 0.5, max-norm 2`. */
  readonly label: string;
  /** Its folder within the run folder: `dropout-0.5-max-norm-2`. */
  readonly folder: string;
  /** At most one a place; empty for `none`. */
  readonly drops: readonly Drop[];
  /** What this arm has differently from the others. */
  readonly own: Partial<TrainingSettings>;
  readonly training: TrainingSettings;
}

/** What an arm drops at a place, if anything. */
export const dropAt = <P extends DropPlace>(
  { drops }: Pick<Arm, 'drops'>,
  place: P,
): Drop<KindAt<P>> | undefined =>
  drops.find(({ kind }) => armKinds[kind].place === place) as Drop<KindAt<P>> | undefined;

/** Reads all arms. Labels and folders are unique. */
export function parseArms(specs: readonly string[], given: Given, epochs: number): readonly Arm[] {
  const folders = new Set<string>();
  const labels = new Set<string>();
  return specs.map((spec) => {
    const arm = parseArm(spec, given, epochs);
    if (labels.has(arm.label)) {
      throw new UsageError(`two arms are called "${arm.label}"; give one of them another name with name=…`);
    }
    labels.add(arm.label);
    let folder = arm.folder;
    for (let n = 2; folders.has(folder); n++) folder = `${arm.folder}-${n}`;
    folders.add(folder);
    return { ...arm, folder };
  });
}

/** Reads one arm. */
export function parseArm(spec: string, given: Given, epochs: number): Arm {
  if (/\p{Cc}/u.test(spec))
    throw new UsageError(`--arm ${JSON.stringify(spec)} has a control character in it`);
  const place = `--arm ${spec}`;
  const model = modelOf(given);
  const parts = spec.split(',').map((part) => part.trim());
  const [head = '', ...rest] = parts;
  const [first] = splitOnce(head);
  if (!isKind(first)) {
    const known = ['none', ...kindsOf(model)];
    throw new UsageError(
      `${place}: "${first}" is no kind of arm; known are ${known.join(', ')}${didYouMean(first, armKindNames)}`,
    );
  }
  const isDrop = (part: string) => isKind(splitOnce(part)[0]);
  const drops = parseDrops([head, ...rest.filter(isDrop)], model, place);
  const { own, name } = parseOwn(
    rest.filter((part) => !isDrop(part)),
    place,
  );
  if (drops.length === 0 && own.inputRate !== undefined) {
    throw new UsageError(`${place}: input-rate needs an arm with dropout`);
  }
  const label = name ?? parts.map((part) => part.replace('=', ' ')).join(', ');
  const folder = slug(label);
  if (folder === '')
    throw new UsageError(`${place}: the name ${JSON.stringify(label)} has no letter or digit`);
  if (isRunFile(folder))
    throw new UsageError(
      `${place}: the name ${JSON.stringify(label)} is that of a file of the run; give another with name=…`,
    );
  return { spec, label, folder, drops, own, training: resolveTraining(given, own, epochs, place) };
}

const isKind = (name: string): name is ArmKindName => armKindNames.some((known) => known === name);

/** Parts that are kinds; `none` stands alone, and a place has room for one kind. */
function parseDrops(parts: readonly string[], model: ModelName, place: string): readonly Drop[] {
  const drops: Drop[] = [];
  for (const part of parts) {
    const [name, text] = splitOnce(part) as [ArmKindName, string?];
    if (name === 'none') {
      if (text !== undefined) throw new UsageError(`${place}: none takes no rate`);
      if (parts.length > 1) throw new UsageError(`${place}: none goes with no other kind`);
      return [];
    }
    if (text === undefined || text === '')
      throw new UsageError(`${place}: ${name} needs its rate, such as ${name}=0.5`);
    if (!kindsOf(model).includes(name)) {
      throw new UsageError(
        `${place}: ${name} has no place in the model ${model}, which takes ${kindsOf(model).join(', ')}; ` +
          `models with a place for ${name}: ${modelsWith(name).join(', ')} (--model)`,
      );
    }
    const other = dropAt({ drops }, armKinds[name].place);
    if (other !== undefined) {
      const twice =
        other.kind === name ? `${name} is given twice` : `${other.kind} and ${name} drop in the same places`;
      throw new UsageError(`${place}: ${twice}; an arm has one kind for each`);
    }
    drops.push({ kind: name, rate: anyNumber.parse(text, `${place}: ${name}`) });
  }
  return drops;
}

const keyByFlag = new Map(
  Object.entries(trainingOptions).map(([key, { flag }]) => [flag, key as keyof TrainingSettings]),
);

function parseOwn(
  parts: readonly string[],
  place: string,
): { own: Partial<TrainingSettings>; name?: string } {
  const own: Record<string, unknown> = {};
  let name: string | undefined;
  for (const part of parts) {
    const [flag, text] = splitOnce(part);
    const key = keyByFlag.get(flag);
    if (key === undefined && flag !== 'name') {
      const known = [...keyByFlag.keys(), 'name'];
      throw new UsageError(
        `${place}: "${flag}" is no option of an arm; known are ${known.join(', ')}${didYouMean(flag, known)}`,
      );
    }
    if (text === undefined || text === '')
      throw new UsageError(`${place}: ${flag} needs a value, as in ${flag}=…`);
    if (key === undefined ? name !== undefined : Object.hasOwn(own, key)) {
      throw new UsageError(`${place}: ${flag} is given twice`);
    }
    if (key === undefined) name = text;
    else own[key] = trainingOptions[key].kind.parse(text, `${place}: ${flag}`);
  }
  return { own: own as Partial<TrainingSettings>, ...(name === undefined ? {} : { name }) };
}

function splitOnce(text: string): [string, string?] {
  const at = text.indexOf('=');
  return at < 0 ? [text.trim()] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** Letters, digits, dots and dashes only, so that any file system takes it. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
}
