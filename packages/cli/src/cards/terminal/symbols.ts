/** @file What TeX's names are as characters. */

/** Signs between two terms, which get a space on both sides. */
export const relations: Readonly<Record<string, string>> = {
  sim: '~',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  equiv: '≡',
  propto: '∝',
  in: '∈',
  to: '→',
  rightarrow: '→',
  longrightarrow: '→',
  Rightarrow: '⇒',
  Longrightarrow: '⇒',
  iff: '⇔',
  mapsto: '↦',
  ll: '≪',
  gg: '≫',
  pm: '±',
  times: '×',
  odot: '⊙',
  circ: '∘',
  mid: '|',
};

/** Signs that stand as they are. */
export const signs: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  Gamma: 'Γ',
  delta: 'δ',
  Delta: 'Δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  Sigma: 'Σ',
  tau: 'τ',
  phi: 'φ',
  varphi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Omega: 'Ω',
  ell: 'ℓ',
  infty: '∞',
  partial: '∂',
  nabla: '∇',
  sum: ' Σ',
  prod: ' Π',
  int: ' ∫',
  cdot: '·',
  cdots: '⋯',
  ldots: '…',
  dots: '…',
  prime: '′',
  top: 'ᵀ',
  ast: '*',
  star: '*',
  langle: '⟨',
  rangle: '⟩',
  lvert: '|',
  rvert: '|',
  vert: '|',
  lVert: '‖',
  rVert: '‖',
  Vert: '‖',
  '|': '‖',
  lfloor: '⌊',
  rfloor: '⌋',
  '{': '{',
  '}': '}',
  '%': '%',
  _: '_',
  '#': '#',
  '&': '&',
  quad: '\u2003',
  qquad: '\u2003\u2003',
  ',': ' ',
  ';': ' ',
  ':': ' ',
  ' ': ' ',
  '!': '',
  // Sizes, which a line of text does not have.
  left: '',
  right: '',
  bigl: '',
  bigr: '',
  Bigl: '',
  Bigr: '',
  big: '',
  Big: '',
  displaystyle: '',
  textstyle: '',
  limits: '',
  nolimits: '',
};

/** Functions that are called by their names. */
export const functions: readonly string[] =
  'arg cos cov det dim exp inf lim ln log max min Pr sin sup tanh var'.split(' ');

/** A sign over a letter: the character that combines with it. */
export const accents: Readonly<Record<string, string>> = {
  hat: '\u0302',
  widehat: '\u0302',
  tilde: '\u0303',
  widetilde: '\u0303',
  bar: '\u0304',
  overline: '\u0304',
  vec: '\u20d7',
  dot: '\u0307',
};

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀ';
const lowered = '₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢ';
const table = (from: string, to: string): ReadonlyMap<string, string> =>
  new Map([...from].map((character, i) => [character, [...to][i] as string]));

export const superscripts = table('0123456789+−()niᵀ', raised);
export const subscripts = new Map([
  ...table('0123456789+−()ni', lowered),
  ...table('jkmaeoxhlpst', 'ⱼₖₘₐₑₒₓₕₗₚₛₜ'),
]);
