/** @file Formulas as lines of text: what a terminal can show of TeX. */
import { accents, functions, relations, signs, subscripts, superscripts } from './symbols.js';

/** A command with its name, or a single character. */
const token = /\\([a-zA-Z]+\*?|[\s\S])|[\s\S]/gy;

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tex: string) {
    this.#tokens = tex.match(token) ?? [];
  }

  get next(): string | undefined {
    return this.#tokens[this.#at];
  }

  take(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  /** Everything until an end that is not within braces. */
  until(...ends: readonly string[]): string {
    let text = '';
    while (this.next !== undefined && !ends.includes(this.next)) text += this.#piece();
    this.take();
    return text;
  }

  /** What a command or a script applies to: a group in braces, or one token. */
  argument(): string {
    while (this.next === ' ') this.take();
    return this.#piece();
  }

  /** The text of a group as it is written: the name of an environment. */
  #name(): string {
    let name = '';
    if (this.next === '{') this.take();
    while (this.next !== undefined && this.next !== '}') name += this.take();
    this.take();
    return name;
  }

  #piece(): string {
    const word = this.take();
    if (word === '{') return this.until('}');
    if (word === '^') return script(this.argument(), superscripts, '^');
    if (word === '_') return script(this.argument(), subscripts, '_');
    if (word === '&') return '';
    if (word === '~') return ' ';
    if (word === '-') return '−';
    if (word === "'") return '′';
    if (word === '=' || word === '<' || word === '>') return ` ${word} `;
    if (/^\s$/.test(word)) return ' ';
    if (!word.startsWith('\\')) return word;
    return this.#command(word.slice(1));
  }

  #command(name: string): string {
    if (name === '\\') return '\n';
    const relation = relations[name];
    if (relation !== undefined) return ` ${relation} `;
    const sign = signs[name];
    if (sign !== undefined) {
      // The space only ends the command's name.
      if ('∂∇Δ'.includes(sign) && this.next === ' ') this.take();
      return sign;
    }
    const accent = accents[name];
    if (accent !== undefined) return this.argument() + accent;
    if (/^[dt]?frac$/.test(name)) return `${grouped(this.argument())}/${grouped(this.argument())}`;
    if (name === 'sqrt') return `√${grouped(this.argument())}`;
    if (name === 'begin' || name === 'end') {
      this.#name();
      return '';
    }
    if (/^(math|text|operatorname|boldsymbol|mathop)/.test(name)) return this.argument();
    if (/^(under|over)brace$/.test(name)) {
      const inner = this.argument();
      if (this.next !== '_' && this.next !== '^') return inner;
      this.take();
      return `${inner} [${this.argument()}]`;
    }
    // One that is not known stays as it is written.
    return functions.includes(name) ? name : `\\${name}`;
  }
}

/** In parentheses where it is more than one letter or number. */
const grouped = (text: string): string =>
  /^[\p{L}\p{N}\p{M}\p{No}.∂∇√]+$|^\(.*\)$/u.test(text.trim()) ? text.trim() : `(${text.trim()})`;

function script(text: string, characters: ReadonlyMap<string, string>, mark: string): string {
  const trimmed = text.trim().replace(/ ([=<>≤≥∈≠]) /g, '$1');
  // Words are easier to read at their full size.
  if (/^\p{L}{3,}$/u.test(trimmed)) return mark + trimmed;
  const written = [...trimmed].map((character) => characters.get(character));
  if (written.every((character) => character !== undefined)) return written.join('');
  return mark + ([...trimmed].length === 1 || /^\([^()]*\)$/.test(trimmed) ? trimmed : `(${trimmed})`);
}

/** One space between words, none where punctuation stands beside, and the wide ones as they are. */
const spaced = (line: string): string =>
  line
    .replace(/ {2,}/g, ' ')
    .replace(/ +([,.;)])/g, '$1')
    .replace(/\( +/g, '(')
    .replace(/ *\u2003 */g, '  ')
    .trim();

/** A formula as text, a line for each of its lines. */
export const texInText = (tex: string): string =>
  new Reader(tex)
    .until()
    .split('\n')
    .map(spaced)
    .filter((line) => line !== '')
    .join('\n');
