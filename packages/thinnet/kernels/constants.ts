/** @file Constants in memory: engines take one operation to load one into all lanes, and several, at every use, to make it up. */
import { CONSTANTS } from './map';

/** 1, and 1 − 2^-24. */
export const ONE: usize = CONSTANTS;
export const BELOW_ONE: usize = CONSTANTS + 4;

export function prepareConstants(): void {
  store<f32>(ONE, 1);
  store<f32>(BELOW_ONE, 0.9999999403953552);
}

/** Four lanes of the constant at an address. */
export function constant(at: usize): v128 {
  return v128.load32_splat(at);
}
