import type { Feature, Features } from '../staging/types';

/** A feature in the words of a dataset card. */
type YamlFeature = { readonly dtype: unknown } | { readonly list: unknown } | { readonly struct: readonly unknown[] };

/** Features as `datasets` writes them into a card (`Features._to_yaml_list`, datasets 5.0). */
export function featuresYaml(features: Features): readonly object[] {
  return features.map(([name, feature]) => ({ name, ...featureYaml(feature) }));
}

function featureYaml(feature: Feature): YamlFeature {
  switch (feature.kind) {
    case 'value':
      return { dtype: feature.dtype };
    case 'classLabel':
      return { dtype: { class_label: { names: numbered(feature.names) } } };
    case 'list':
      return { list: itemYaml(featureYaml(feature.of)) };
    case 'struct':
      return { struct: featuresYaml(feature.fields) };
    case 'image':
    case 'audio':
    case 'video':
    case 'json':
      return { dtype: feature.kind };
  }
}

/** What a list holds stands without the key that a column would have, except for a list of lists. */
function itemYaml(item: YamlFeature): unknown {
  if ('dtype' in item) return item.dtype;
  return 'struct' in item ? item.struct : item;
}

/** The Hub asks for the numbers of classes as texts. */
function numbered(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [String(index), name]));
}
