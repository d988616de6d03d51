import { useRef, useState } from 'preact/hooks';
import type { HighlightedText } from '../../../extension/core/demo/components';
import { categoriesOf, colourOf, combineAdjacent, hasScores } from './highlight';
import { formatNumber } from './number';
import type { HighlightedToken } from './payload';
import { moveFocus } from './roving';
import { strings } from './strings';

interface HighlightedTextProps {
  readonly tokens: readonly HighlightedToken[];
  readonly component: HighlightedText;
}

/** Text with marked spans: categories by colour and name, or scores from −1 (blue) to 1 (red) by shade and number. */
export function HighlightedTextOutput({ tokens, component }: HighlightedTextProps) {
  const spans = component.combine_adjacent ? combineAdjacent(tokens) : tokens;
  return hasScores(spans) ? (
    <ScoredText tokens={spans} legend={component.show_legend !== false} />
  ) : (
    <CategorisedText tokens={spans} component={component} />
  );
}

function CategorisedText({ tokens, component }: HighlightedTextProps) {
  const categories = categoriesOf(tokens);
  const colour = (category: string) => ({ '--mark': colourOf(category, categories, component.color_map) });
  return (
    <div class="highlighted">
      {component.show_legend !== false && categories.length > 0 && (
        <ul class="legend" aria-label={strings.legend}>
          {categories.map((category) => (
            <li key={category} class="legend-item" style={colour(category)} dir="auto">
              {category}
            </li>
          ))}
        </ul>
      )}
      <p class="highlighted-text" dir="auto">
        {tokens.map(({ token, class_or_confidence: mark }, index) =>
          mark === null || mark === undefined ? (
            <span key={index}>{token}</span>
          ) : (
            <mark key={index} class="category" style={colour(String(mark))}>
              {token}
              <span class="category-name">{String(mark)}</span>
            </mark>
          ),
        )}
      </p>
    </div>
  );
}

/** One tab stop; the arrow keys go from score to score. */
function ScoredText({ tokens, legend }: { readonly tokens: readonly HighlightedToken[]; readonly legend: boolean }) {
  const text = useRef<HTMLParagraphElement>(null);
  const [current, setCurrent] = useState(tokens.findIndex(({ class_or_confidence: mark }) => typeof mark === 'number'));
  return (
    <div class="highlighted">
      {legend && (
        <p class="score-legend">
          <span>−1</span>
          <span class="score-scale" aria-hidden="true" />
          <span>+1</span>
        </p>
      )}
      <p class="highlighted-text" dir="auto" ref={text} onKeyDown={(event) => moveFocus(event, text.current)}>
        {tokens.map(({ token, class_or_confidence: score }, index) =>
          typeof score === 'number' ? (
            <mark
              key={index}
              class={`score ${score < 0 ? 'negative' : 'positive'}`}
              style={{ '--strength': `${strength(score)}%` }}
              tabIndex={index === current ? 0 : -1}
              onFocus={() => setCurrent(index)}
            >
              {token}
              <span class="score-value">{signed(score)}</span>
            </mark>
          ) : (
            <span key={index}>{token}</span>
          ),
        )}
      </p>
    </div>
  );
}

/** Share of full colour in percent; the text stays legible on the strongest. */
function strength(score: number): number {
  return Number.isNaN(score) ? 0 : Math.round(Math.min(1, Math.abs(score)) * 40);
}

function signed(score: number): string {
  const text = formatNumber(Number.isFinite(score) ? Number(score.toPrecision(3)) : score);
  return score > 0 ? `+${text}` : text;
}
