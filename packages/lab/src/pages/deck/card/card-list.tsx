/** @file All cards by section, each with the verdict of its last experiment here. */
import { deck, sections } from 'thinnet-deck';
import { hrefOf } from '../../../shell/route.js';
import { useExperiments } from '../experiment/use-experiment.js';
import { Verdict } from '../experiment/verdict.js';
import { sectionTitles } from './sections.js';
import { CardLine } from './text.js';
import './card-list.css';

export function CardList() {
  const experiments = useExperiments();
  return (
    <>
      {sections.map((section) => {
        const cards = deck.filter((card) => card.section === section);
        if (cards.length === 0) return null;
        return (
          <section key={section} aria-labelledby={`section-${section}`}>
            <h2 id={`section-${section}`}>{sectionTitles[section]}</h2>
            <ul class="card-list">
              {cards.map(({ id, question, claim }) => {
                const state = experiments.stateOf(id)?.state;
                const verdict = experiments.recordOf(id)?.result.verdict;
                return (
                  <li key={id}>
                    <a href={hrefOf(`deck/${id}`)}>
                      <CardLine text={question} />
                    </a>
                    <span class="note">
                      <CardLine text={claim} />
                    </span>
                    <span class="card-state">
                      {state === 'running' || state === 'waiting' ? (
                        <span class="note">{state}</span>
                      ) : verdict === undefined ? null : (
                        <Verdict verdict={verdict} />
                      )}
                    </span>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </>
  );
}
