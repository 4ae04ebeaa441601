/** @file Lets a worker hear its messages: a run of WebAssembly leaves only microtasks between runs. */

const channel = new MessageChannel();
let waiting: (() => void)[] = [];
channel.port1.onmessage = () => {
  const ready = waiting;
  waiting = [];
  for (const resume of ready) resume();
};

/** Resolves in a task of its own, without the delay of timers. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
