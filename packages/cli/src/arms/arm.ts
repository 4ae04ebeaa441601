/** @file Arms: the networks that are compared, each written `kind=rate,option=value,…`. */

import { didYouMean } from '../options/nearest.js';
import { resolveTraining } from '../options/resolve.js';
import type { Given, TrainingSettings } from '../options/settings.js';
import { trainingOptions } from '../options/table.js';
import { anyNumber } from '../options/values.js';
import { UsageError } from '../usage-error.js';
import type { ArmKindName } from './kinds.js';
import { armKindNames, armKinds } from './kinds.js';

export interface Arm {
  /** As written: `dropout=0.5,max-norm=2`. */
  readonly spec: string;
  /** For people: `dropout 0.5, max-norm 2`. */
  readonly label: string;
  /** Its folder within the run folder: `dropout-0.5-max-norm-2`. */
  readonly folder: string;
  readonly kind: ArmKindName;
  /** Probability to drop; 0 for `none`. */
  readonly rate: number;
  /** What this arm has differently from the others. */
  readonly own: Partial<TrainingSettings>;
  readonly training: TrainingSettings;
}

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
  const [head = '', ...rest] = spec.split(',').map((part) => part.trim());
  const { kind, rate } = parseHead(head, place);
  const { own, name } = parseOwn(rest, place);
  if (kind === 'none' && own.inputRate !== undefined) {
    throw new UsageError(`${place}: input-rate needs an arm with dropout`);
  }
  const label = name ?? [head, ...rest].map((part) => part.replace('=', ' ')).join(', ');
  const folder = slug(label);
  if (folder === '')
    throw new UsageError(`${place}: the name ${JSON.stringify(label)} has no letter or digit`);
  return { spec, label, folder, kind, rate, own, training: resolveTraining(given, own, epochs) };
}

function parseHead(head: string, place: string): { kind: ArmKindName; rate: number } {
  const [name = '', rateText] = splitOnce(head);
  const kind = armKindNames.find((known) => known === name);
  if (kind === undefined) {
    const known = armKindNames.join(', ');
    throw new UsageError(
      `${place}: "${name}" is no kind of arm; known are ${known}${didYouMean(name, armKindNames)}`,
    );
  }
  const { takesRate } = armKinds[kind];
  if (!takesRate && rateText !== undefined) throw new UsageError(`${place}: ${kind} takes no rate`);
  if (takesRate && (rateText === undefined || rateText === '')) {
    throw new UsageError(`${place}: ${kind} needs its rate, such as ${kind}=0.5`);
  }
  return { kind, rate: rateText === undefined ? 0 : anyNumber.parse(rateText, `${place}: ${kind}`) };
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
    const [flag = '', text] = splitOnce(part);
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
