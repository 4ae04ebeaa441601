/** @file The text of cards: words, emphasis, code, and formulas, which are seen as they are written where KaTeX is absent. */
import { paragraphsOf, type Span } from 'thinnet-deck';
import { Scrolling } from '../../../components/scrolling.js';
import { type Katex, useKatex } from './use-katex.js';

const hasFormula = (spans: readonly Span[]): boolean => spans.some(({ kind }) => kind === 'formula');

/** Paragraphs. */
export function CardText({ text }: { readonly text: string }) {
  const paragraphs = paragraphsOf(text);
  const katex = useKatex(hasFormula(paragraphs.flat()));
  return (
    <>
      {paragraphs.map((spans, i) => (
        <p key={i}>
          <Spans spans={spans} katex={katex} />
        </p>
      ))}
    </>
  );
}

/** A text of one paragraph, without an element around it. */
export function CardLine({ text }: { readonly text: string }) {
  const spans = paragraphsOf(text).flat();
  return <Spans spans={spans} katex={useKatex(hasFormula(spans))} />;
}

const Spans = ({ spans, katex }: { readonly spans: readonly Span[]; readonly katex: Katex }) => (
  <>
    {spans.map(({ kind, text }, i) => {
      if (kind === 'emphasis') return <em key={i}>{text}</em>;
      if (kind === 'code') return <code key={i}>{text}</code>;
      return kind === 'formula' ? <Tex key={i} tex={text} katex={katex} /> : text;
    })}
  </>
);

/** A displayed formula. */
export const Formula = ({ tex }: { readonly tex: string }) => (
  <Scrolling also="formula" label="Formula">
    <Tex tex={tex} katex={useKatex()} isDisplayed />
  </Scrolling>
);

interface TexProps {
  readonly tex: string;
  readonly katex: Katex;
  readonly isDisplayed?: boolean;
}

function Tex({ tex, katex, isDisplayed = false }: TexProps) {
  if (typeof katex === 'string') return <code>{tex}</code>;
  // KaTeX escapes what it is given.
  return <span dangerouslySetInnerHTML={{ __html: katex(tex, isDisplayed) }} />;
}
