/** @file Elements of a page, made in one expression. */

type Attributes = Readonly<Record<string, string | number>>;

/** An element with its attributes and what is in it; text is text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** The colour in which an element is drawn, resolved for the page's present colour scheme. */
export const colourOf = (element: Element): string => getComputedStyle(element).color;
