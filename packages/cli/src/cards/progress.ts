/** @file How far the verification of the deck is: a bar in a terminal, else plain lines. */
import type { SingleBar } from 'cli-progress';
import cliProgress from 'cli-progress';
import type { Card, Outcome } from 'thinnet-deck';
import { duration } from '../progress/position.js';
import { endingOf } from './outcome.js';

export interface CardsProgress {
  /** A card's experiment begins. */
  begin(card: Card): void;
  /** It is so far, 0 to 1, and does this. */
  advance(done: number, doing?: string): void;
  end(outcome: Outcome): void;
  /** Leaves the terminal as it should be. */
  stop(): void;
}

export const noCardsProgress: CardsProgress = { begin() {}, advance() {}, end() {}, stop() {} };

export interface Place {
  readonly card: string;
  /** From 1. */
  readonly number: number;
  readonly count: number;
  /** Of all the experiments, weighted by what they cost, 0 to 1. */
  readonly share: number;
  readonly doing: string | undefined;
  /** Seconds left, once they can be told. */
  readonly left: number | undefined;
}

/** Keeps count of the cards by their costs. `now` is in seconds. */
export class CardsPosition {
  readonly #cards: readonly Card[];
  readonly #now: () => number;
  readonly #began: number;
  #place = 0;
  #done = 0;
  #within = 0;
  #doing: string | undefined;

  constructor(cards: readonly Card[], now: () => number = () => performance.now() / 1000) {
    this.#cards = cards;
    this.#now = now;
    this.#began = now();
  }

  begin(card: Card): void {
    this.#place = this.#cards.indexOf(card);
    this.#within = 0;
    this.#doing = undefined;
  }

  advance(done: number, doing: string | undefined): void {
    // An experiment may look back; the bar does not.
    this.#within = Math.max(this.#within, Math.min(1, done));
    this.#doing = doing ?? this.#doing;
  }

  end({ card }: Outcome): void {
    this.#done += card.cost;
    this.#within = 0;
  }

  get place(): Place {
    const card = this.#cards[this.#place];
    const total = this.#cards.reduce((sum, { cost }) => sum + cost, 0);
    const share = total === 0 ? 0 : Math.min(1, (this.#done + this.#within * (card?.cost ?? 0)) / total);
    const seconds = this.#now() - this.#began;
    return {
      card: card?.id ?? '',
      number: this.#place + 1,
      count: this.#cards.length,
      share,
      doing: this.#doing,
      left: share < 0.02 || seconds < 1 ? undefined : (seconds / share) * (1 - share),
    };
  }
}

/** The bar's line, at most `columns` wide; what the experiment does goes first where there is little room. */
export function barLine({ card, number, count, share, doing, left }: Place, columns: number): string {
  const head = `${`${card}`.padEnd(18)}  `;
  const place = `  card ${String(number).padStart(String(count).length)}/${count}`;
  const time = left === undefined ? '' : `  ${duration(left)} left`;
  const room = columns - 1 - head.length - place.length - time.length;
  const width = Math.max(0, Math.min(32, room));
  const filled = Math.round(share * width);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
  const line = `${head}${bar}${place}${time}`;
  const rest = doing === undefined ? '' : `  ${doing}`;
  return `${line}${rest}`.slice(0, Math.max(1, columns - 1));
}

export function cardsBar(cards: readonly Card[], stream: NodeJS.WriteStream): CardsProgress {
  const position = new CardsPosition(cards);
  const multi = new cliProgress.MultiBar({
    stream,
    fps: 8,
    hideCursor: true,
    // Ctrl-C is handled by the command.
    gracefulExit: false,
    clearOnComplete: true,
    format: (_options, _params, place: Place) => barLine(place, stream.columns ?? 80),
  });
  const bar: SingleBar = multi.create(1, 0, position.place);
  // Not to the very end: a bar that is full stops redrawing.
  const show = () => bar.update(Math.min(0.999, position.place.share), position.place);
  return {
    begin(card) {
      position.begin(card);
      show();
    },
    advance(done, doing) {
      position.advance(done, doing);
      show();
    },
    end(outcome) {
      position.end(outcome);
      show();
    },
    stop: () => multi.stop(),
  };
}

export interface CardLineOptions {
  readonly write: (line: string) => void;
  /** Seconds of silence after which a card's advance is worth a line. */
  readonly interval?: number;
  /** The time in seconds. */
  readonly now?: () => number;
}

export function cardsLines(cards: readonly Card[], options: CardLineOptions): CardsProgress {
  const { write, interval = 15, now = () => performance.now() / 1000 } = options;
  const position = new CardsPosition(cards, now);
  let last = now();
  const say = (line: string) => {
    last = now();
    write(line);
  };
  const left = () => {
    const seconds = position.place.left;
    return seconds === undefined || seconds < 1 ? '' : `, about ${duration(seconds)} left`;
  };
  const where = () => `${position.place.card} (${position.place.number} of ${position.place.count})`;
  return {
    begin: (card) => position.begin(card),
    advance(done, doing) {
      position.advance(done, doing);
      if (now() - last < interval || done >= 1) return;
      const what = position.place.doing === undefined ? '' : `, ${position.place.doing}`;
      say(`${where()}: ${Math.floor(100 * done)} %${what}${left()}`);
    },
    end(outcome) {
      position.end(outcome);
      say(`${where()}: ${endingOf(outcome)}, ${duration(outcome.seconds)}${left()}`);
    },
    stop() {},
  };
}
