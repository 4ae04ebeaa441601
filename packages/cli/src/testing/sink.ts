/** @file An output stream that keeps what is written as text. */

export interface Sink {
  readonly stream: NodeJS.WriteStream;
  text(): string;
}

export function sink(terminal: object = {}): Sink {
  const parts: string[] = [];
  const write = (text: string) => parts.push(text) > 0;
  return {
    stream: { isTTY: false, write, ...terminal } as unknown as NodeJS.WriteStream,
    text: () => parts.join(''),
  };
}
