/** @file Texts: what their words are, their vocabulary, and the word numbers that networks take. */
export type { CsvTextOptions, CsvTexts } from './csv.js';
export { readCsvTexts } from './csv.js';
export type { LabelledTexts, TextDataset } from './dataset.js';
export { isTextDataset, splitTexts, textDataset } from './dataset.js';
export type { TextCoverage } from './encode.js';
export { decodeText, encodeTexts, textCoverage } from './encode.js';
export { vocabularyFromJson, vocabularyToJson } from './json.js';
export type { Vocabulary, VocabularyOptions } from './vocabulary.js';
export { countVocabulary, knownWords } from './vocabulary.js';
export { splitWords } from './words.js';
