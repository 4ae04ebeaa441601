/** @file Free names: each the first that is free, however many were asked for before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from './builder.js';
import { freshNames, Names } from './names.js';

const stems = fc.constantFrom('a', 'a_1', 'a_1_1', 'a_2', 'b', '');

/** What counting from 1 for every name gives. */
function counted(taken: Set<string>, stem: string): string {
  let name = stem;
  for (let i = 1; taken.has(name); i++) name = `${stem}_${i}`;
  taken.add(name);
  return name;
}

describe('names of a graph under construction', () => {
  it('are the first of stem, stem_1, stem_2, … that no value has, whatever else takes names in between', () => {
    const action = fc.record({ stem: stems, claims: fc.boolean() });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const names = new Names();
        const taken = new Set<string>();
        for (const { stem, claims } of actions)
          if (claims) {
            expect(names.claim(stem)).toBe(!taken.has(stem));
            taken.add(stem);
          } else {
            const name = names.unique(stem);
            expect(name).toBe(counted(taken, stem));
            expect(names.claim(name)).toBe(true);
          }
      }),
    );
  });

  it('come again in a subgraph where a name around it became one inside another subgraph', () => {
    const outer = new Names();
    const inner = new Names(outer);
    const reserved = outer.unique('x');
    expect(inner.unique('x')).toBe('x_1');
    expect(outer.claimInside(reserved)).toBe(true);
    expect(inner.unique('x')).toBe('x');
    expect(inner.unique('x')).toBe('x_2');
    expect(outer.unique('x')).toBe('x_3');
  });

  it('keep clear of those around a subgraph and inside one that is finished', () => {
    const outer = new Names();
    outer.claim('x');
    expect(new Names(outer).unique('x')).toBe('x_1');
    expect(outer.claimInside('x')).toBe(false);
    expect(outer.claimInside('y')).toBe(true);
    expect(outer.unique('y')).toBe('y_1');
    expect(new Names(outer).unique('y')).toBe('y');
  });
});

describe('names in a finished graph', () => {
  it('are the first of stem, stem_1, stem_2, … that no value has', () => {
    fc.assert(
      fc.property(fc.uniqueArray(stems), fc.array(stems, { maxLength: 30 }), (present, asked) => {
        const b = new GraphBuilder();
        const x = b.input('x', 'float32', ['N']);
        for (const name of present) if (name !== '') b.op('Identity', [x], {}, { name });
        const taken = new Set(['x', ...present.filter((name) => name !== '')]);
        const unique = freshNames(b.build());
        for (const stem of asked) expect(unique(stem)).toBe(counted(taken, stem));
      }),
    );
  });
});
