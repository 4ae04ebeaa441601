/** @file The surroundings of the commands about cards in tests: output into strings, fake cards, a clock that stands. */
import type { Card, Laboratory } from 'thinnet-deck';
import type { CardsEnvironment } from '../cards/environment.js';
import { fakeDeck } from './fake-deck.js';
import { sink } from './sink.js';

export interface CardsOutput {
  readonly environment: CardsEnvironment;
  stdout(): string;
  stderr(): string;
}

export function cardsEnvironment(
  deck: readonly Card[] = fakeDeck,
  terminal: object = {},
  now: () => Date = () => new Date('2026-01-01T08:00:00.000Z'),
): CardsOutput {
  const [stdout, stderr] = [sink(terminal), sink()];
  return {
    environment: {
      stdout: stdout.stream,
      stderr: stderr.stream,
      deck: () => Promise.resolve(deck),
      laboratory: ({ onProgress, signal }) =>
        Promise.resolve({ progress: onProgress, signal } as unknown as Laboratory),
      now,
    },
    stdout: stdout.text,
    stderr: stderr.text,
  };
}
