/** @file One card at its own address: question, answer, experiment, and the cards before and after it. */
import { useLayoutEffect } from 'preact/hooks';
import { type Card, deck } from 'thinnet-deck';
import { hrefOf } from '../../../shell/route.js';
import { ExperimentView } from '../experiment/experiment.js';
import { Answer } from './answer.js';
import { sectionTitles } from './sections.js';
import { CardLine } from './text.js';
import { useKatex } from './use-katex.js';

export function CardPage({ card }: { readonly card: Card }) {
  const katex = useKatex();
  useLayoutEffect(() => {
    document.title = `${card.question} · Thinnet lab`;
  }, [card]);
  // Nothing is shown that would move when the formulas are set.
  if (katex === 'waiting') return <div class="page-placeholder" aria-busy="true" />;
  return (
    <>
      <article class="card" data-card={card.id}>
        <p class="place">
          {sectionTitles[card.section]}{' '}
          <span>
            card <code>{card.id}</code>
          </span>
        </p>
        <h1 class="question">
          <CardLine text={card.question} />
        </h1>
        <Answer card={card} />
      </article>
      <ExperimentView key={card.id} card={card} />
      <Neighbours card={card} />
    </>
  );
}

function Neighbours({ card }: { readonly card: Card }) {
  const place = deck.indexOf(card);
  const neighbours = [
    ['Before', deck[place - 1]],
    ['Next', deck[place + 1]],
  ] as const;
  return (
    <nav class="neighbours" aria-label="Other cards">
      {neighbours.map(([name, other]) =>
        other === undefined ? null : (
          <a key={name} href={hrefOf(`deck/${other.id}`)} class={name.toLowerCase()}>
            <span class="note">{name}</span> <CardLine text={other.question} />
          </a>
        ),
      )}
    </nav>
  );
}
