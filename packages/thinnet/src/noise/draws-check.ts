/** @file Checks of what kernels are given, beyond the ranges of integers. */
import { ThinnetError } from '../error.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import type {
  BernoulliDraw,
  BitsDraw,
  BlocksDraw,
  Draw,
  DropoutDraw,
  GaussianDraw,
  IndicesDraw,
} from './draws.js';

/** The keys of all draws, which share their checks. */
const keys: KeysOf<BernoulliDraw & BitsDraw & IndicesDraw & DropoutDraw & GaussianDraw & BlocksDraw> = {
  seed: true,
  step: true,
  site: true,
  offset: true,
  rate: true,
  dropped: true,
  kept: true,
  length: true,
  scale: true,
  mean: true,
  std: true,
  gamma: true,
  height: true,
  width: true,
  size: true,
};

/** Errors: a key that no draw has. */
export const checkDraw = (draw: Draw): void => checkOptions('draw', draw, keys);

/** Errors: `room` is below `need`. */
export function checkRoom(what: string, room: number, need: number): void {
  if (!(room >= need))
    throw new ThinnetError(`${what}: room for ${room}, where ${need} are written; give a longer array`);
}

/** Errors: not a finite number. */
export function checkFinite(what: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new ThinnetError(`${what} is ${value}; it must be a finite number`);
}

/** Errors: not finite, or negative. */
export function checkStd(std: number): number {
  if (checkFinite('std', std) >= 0) return std;
  throw new ThinnetError(`std is ${std}; it must not be negative`);
}
