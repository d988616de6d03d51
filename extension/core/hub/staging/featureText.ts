import type { Feature } from './types';

/** Names of classes that are told one by one. */
const mostNames = 10;

/** The words of `datasets`: `string`, `ClassLabel(ham, spam)`, `List(int64)`. */
export function featureText(feature: Feature): string {
  switch (feature.kind) {
    case 'value':
      return feature.dtype;
    case 'classLabel': {
      const more = feature.names.length > mostNames ? ', …' : '';
      return `ClassLabel(${feature.names.slice(0, mostNames).join(', ')}${more})`;
    }
    case 'list':
      return `List(${featureText(feature.of)})`;
    case 'struct':
      return `{${feature.fields.map(([name, of]) => `${name}: ${featureText(of)}`).join(', ')}}`;
    case 'json':
      return 'Json';
    case 'image':
      return 'Image';
    case 'audio':
      return 'Audio';
    case 'video':
      return 'Video';
  }
}
