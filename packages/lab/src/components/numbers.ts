/** @file Numbers as the pages print them. */
import { fixed } from 'thinnet-runs';

/** So many decimals, with a true minus sign; exactly 0 is `0`. */
export function decimal(value: number, decimals: number): string {
  return value === 0 ? '0' : fixed(value, decimals);
}

/** A difference: the sign always, but where nothing but zeros is left. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}
