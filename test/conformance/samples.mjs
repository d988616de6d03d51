// Random demos and what is flagged in them, the same for every run of one seed.

/** A small random generator (mulberry32). */
export function randomness(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  const pick = (items) => items[below(items.length)];
  const list = (limit, make) => Array.from({ length: below(limit + 1) }, make);
  return { next, below, pick, list, chance: (share) => next() < share };
}

const pieces = [
  ...[
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\n',
    '\r',
    '\r\n',
    ',',
    ',=',
    ',-',
    ',\t',
    ', =',
    ';=',
    '"',
    '""',
    "'",
    ' ',
    '\\',
    '/',
  ],
  ...['{', '}', '[', ']', ':', '1', '0', '.5', 'e5', '-0', '1e400', 'true', 'null', 'NaN', '-Infinity', '1_000', '"a"'],
  ...[
    'a',
    'well',
    'é',
    '漢',
    '😀',
    '\u0000',
    '\u0001',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
    'שלום',
    '<b>',
  ],
  ...[
    '\\u00e9',
    '\\n',
    '\\/',
    '=cmd|x',
    '12345678901234567890',
    '{"a": ",=1"}',
    '["é"]',
    '[1, 2.50]',
    '{"10":1,"9":2}',
  ],
  '{"path":"/x/y.png","meta":{"_type":"gradio.FileData"}}',
];

const labels = [
  ...[
    'x',
    'output',
    'output 0',
    'Upload Image',
    'a.b',
    'c(1)',
    'naïve café',
    '画像',
    '😀 mood',
    'say "hi"',
    "it's",
    'a,b',
  ],
  ...[
    'what?!',
    'a/b',
    '{"k": 1}',
    '_',
    '-',
    'tab\there',
    'line\nbreak',
    'x'.repeat(250),
    'y'.repeat(250) + '.png',
    undefined,
  ],
];
/** Labels for which Gradio 5+ opens a new file at each start; never ones it continues a log under. */
const sanitisedTwice = ['a,=b', 'a,\tb'];
const kinds = {
  text: ['textbox', 'code', 'markdown', 'html', 'colorpicker', 'datetime'],
  numeric: ['number', 'slider'],
  media: ['image', 'audio', 'video'],
  other: ['checkbox', 'checkboxgroup', 'radio', 'dropdown', 'file', 'dataframe', 'json', 'label', 'highlightedtext'],
  rare: ['gallery', 'plot', 'annotatedimage', 'state'],
};
const allKinds = Object.values(kinds).flat();

/** One demo: its components, and what several sessions of one logger flag in it. Payloads are JSON texts. */
export function randomCase(random, { version, logger, files, sessions, relabelled }) {
  const strict = ['SimpleCSVLogger', 'HuggingFaceDatasetSaver'].includes(logger);
  const components = Array.from({ length: 1 + random.below(4) }, () => {
    const kind = random.pick(allKinds);
    const label = relabelled && random.chance(0.1) ? random.pick(sanitisedTwice) : random.pick(labels);
    // Without a label these loggers drop the files among the logs, which ours never does.
    const named = strict && stores(kind) ? (label ?? 'x') : label;
    return { kind, multiple: kind === 'file' && random.chance(0.5), label: named };
  });
  const hasOption = random.chance(0.5);
  const hasUsername = random.chance(0.4);
  const flag = () => ({
    data: components.map((component) =>
      JSON.stringify(payload(random, component, { version, files, strict })).replaceAll(/"<raw ([^"]*)>"/g, '$1'),
    ),
    option: hasOption ? random.pick(['', 'wrong sign', 'off by one', text(random)]) : null,
    username: hasUsername ? random.pick(['bob', '=bob', 'é', '']) : null,
    timestamp: `2024-0${1 + random.below(9)}-02 03:04:05.${String(random.below(1e6)).padStart(6, '0')}`,
  });
  return {
    logger,
    components,
    dir: random.pick(['flagged', './flagged/', '.gradio/flagged', 'a/../flagged']),
    sessions: Array.from({ length: sessions }, () => Array.from({ length: 1 + random.below(3) }, flag)),
  };
}

/** JSON texts, most of them valid: floats of every size, characters that are written in an own way, bits of syntax. */
export function randomJsonText(random) {
  const float = () => `${(random.next() * 10).toPrecision(1 + random.below(17))}e${random.below(640) - 330}`;
  const small = () => `${random.pick(['', '-'])}${random.pick(['1', '1.5', '123456789'])}e${random.below(40) - 15}`;
  const characters = () =>
    JSON.stringify(random.list(4, () => String.fromCodePoint(random.below(0x250))).join('') + text(random));
  const syntax = () => random.list(7, () => random.pick(['[', ']', '{', '}', ',', ':', '"a"', ...pieces])).join('');
  return random.pick([float, small, characters, syntax, () => JSON.stringify(json(random))])();
}

function text(random) {
  return random.list(5, () => random.pick(pieces)).join('');
}

/** Stands for a JSON number whose text JavaScript would change. */
function raw(number) {
  return `<raw ${number}>`;
}

function number(random) {
  const fraction = (random.next() - 0.5) * 10 ** random.below(20);
  return random.pick([
    0,
    -1,
    5,
    -2.5,
    raw('3.0'),
    raw('-0.0'),
    raw('1e-7'),
    raw('9'.repeat(30)),
    1e21,
    raw('NaN'),
    fraction,
  ]);
}

function json(random, depth = 0) {
  const leaf = () => random.pick([null, true, number(random), text(random)]);
  if (depth > 2 || random.chance(0.4)) return leaf();
  if (random.chance(0.5)) return random.list(3, () => json(random, depth + 1));
  return Object.fromEntries(random.list(3, () => [text(random), json(random, depth + 1)]));
}

function file(random, files) {
  const path = random.pick(files);
  const known = random.chance(0.5) ? { url: 'http://x/y', size: 3, orig_name: 'é.png', mime_type: 'image/png' } : {};
  return { ...known, path, ...(random.chance(0.2) ? { extra: 1 } : {}), meta: { _type: 'gradio.FileData' } };
}

/** Whether the payloads of a component are files, or hold some. */
function stores(kind) {
  return kinds.media.includes(kind) || ['file', 'gallery', 'annotatedimage'].includes(kind);
}

function payload(random, { kind, multiple }, { version, files, strict }) {
  const structured = ['dataframe', 'label', 'highlightedtext', 'plot'].includes(kind);
  // Some loggers raise for an absent file or structure; ours leave the cell empty.
  if (random.chance(0.1) && !(strict && (stores(kind) || structured))) return null;
  if (kinds.text.includes(kind)) return text(random);
  if (kinds.numeric.includes(kind)) return number(random);
  const image = () => file(random, files);
  switch (kind) {
    case 'checkbox':
      return random.chance(0.5);
    case 'checkboxgroup':
      return random.list(3, () => text(random));
    case 'radio':
      return random.pick([text(random), 2]);
    case 'dropdown':
      return random.pick([text(random), [text(random), 3]]);
    case 'image':
    case 'audio':
    case 'video':
      return image();
    case 'file':
      return multiple ? random.list(3, image) : image();
    case 'dataframe':
      return {
        headers: [text(random), 'b'],
        data: random.list(3, () => [number(random), text(random)]),
        ...random.pick([{}, { metadata: null }, { metadata: { display_value: [['1', 'é']] } }]),
      };
    case 'label':
      return {
        label: text(random),
        ...random.pick([
          {},
          {
            confidences: random.list(3, () => ({
              label: text(random),
              confidence: random.pick([0, 1, 0.25, raw('1e-9')]),
            })),
          },
        ]),
      };
    case 'highlightedtext':
      return random.list(3, () => ({ token: text(random), class_or_confidence: random.pick([null, 'X', 1, -0.5]) }));
    case 'gallery':
      return random.list(3, () => ({
        [version === '4.44.1' ? 'image' : random.pick(['image', 'video'])]: image(),
        ...random.pick([{}, { caption: text(random) }]),
      }));
    case 'annotatedimage':
      return { image: image(), annotations: random.list(2, () => ({ label: text(random), image: image() })) };
    case 'plot':
      return { type: 'matplotlib', plot: 'data:image/png;base64,AA==' };
    default:
      return json(random);
  }
}
