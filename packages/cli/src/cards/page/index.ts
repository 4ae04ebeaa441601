/** @file The page of a verification. */
export { type CardsAssets, cardsAssets } from './assets.js';
export { cardsPage } from './page.js';
export { formulaHtml, lineHtml, paragraphsHtml } from './text.js';
