import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute } from './route.js';

describe('an address within the lab', () => {
  it('leads to the page and the query that it was made of', () => {
    const page = fc.stringMatching(/^[a-z]+$/);
    const query = fc.stringMatching(/^[a-z0-9=&?,;:]*$/);
    fc.assert(
      fc.property(page, query, (name, text) => {
        expect(parseRoute(hrefOf(name, text))).toEqual({ page: name, path: '', query: text });
      }),
    );
  });

  it.each(['', '#', '#/'])('is the first page where it is “%s”', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'train', path: '', query: '' });
  });

  it('may name a place within the page', () => {
    expect(parseRoute('#/deck/conv/?a=1')).toEqual({ page: 'deck', path: 'conv', query: 'a=1' });
    expect(parseRoute(hrefOf('deck/conv'))).toEqual({ page: 'deck', path: 'conv', query: '' });
  });
});
