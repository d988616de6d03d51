import { isRecord } from '../../json';
import type { Feature, Features } from '../staging/types';

/**
 * Features as `datasets` writes them in JSON (`Features.to_dict`): in `dataset_info.json`, and under `info` in the key
 * `huggingface` of a Parquet footer.
 */
export function featuresJson(features: Features): Readonly<Record<string, unknown>> {
  return Object.fromEntries(features.map(([column, feature]) => [column, featureJson(feature)]));
}

/** Features as they stand in the YAML of a dataset card (`Features._to_yaml_list`). */
export function featuresYaml(features: Features): readonly Readonly<Record<string, unknown>>[] {
  return features.map(([name, feature]) => ({ name, ...featureYaml(feature) }));
}

/**
 * Reads features from the JSON of `datasets`.
 *
 * @returns undefined where one of them is of a kind that we have no word for, such as an array of fixed shape
 */
export function readFeatures(json: unknown): Features | undefined {
  if (!isRecord(json)) return undefined;
  const features: (readonly [string, Feature])[] = [];
  for (const [name, value] of Object.entries(json)) {
    const feature = readFeature(value);
    if (!feature) return undefined;
    features.push([name, feature]);
  }
  return features;
}

function featureJson(feature: Feature): unknown {
  switch (feature.kind) {
    case 'value':
      return { dtype: feature.dtype, _type: 'Value' };
    case 'classLabel':
      return { names: feature.names, _type: 'ClassLabel' };
    case 'list':
      return { feature: featureJson(feature.of), _type: 'List' };
    case 'struct':
      return featuresJson(feature.fields);
    case 'image':
      return { _type: 'Image' };
    case 'audio':
      return { _type: 'Audio' };
    case 'video':
      return { _type: 'Video' };
    case 'json':
      return { _type: 'Json' };
  }
}

function featureYaml(feature: Feature): Readonly<Record<string, unknown>> {
  switch (feature.kind) {
    case 'value':
      return { dtype: feature.dtype };
    case 'classLabel':
      // The Hub wants the keys to be texts.
      return {
        dtype: { class_label: { names: Object.fromEntries(feature.names.map((name, id) => [`${id}`, name])) } },
      };
    case 'list': {
      const { dtype, struct, ...rest } = featureYaml(feature.of);
      return { list: dtype ?? struct ?? rest };
    }
    case 'struct':
      return { struct: featuresYaml(feature.fields) };
    case 'image':
    case 'audio':
    case 'video':
    case 'json':
      return { dtype: feature.kind };
  }
}

function readFeature(json: unknown): Feature | undefined {
  // Before `datasets` 4 a list was written as a list of one feature.
  if (Array.isArray(json)) return listOf(json[0]);
  if (!isRecord(json)) return undefined;
  const { _type: type, dtype, names, feature } = json;
  switch (type) {
    case undefined: {
      const fields = readFeatures(json);
      return fields && { kind: 'struct', fields };
    }
    case 'Value':
      return typeof dtype === 'string' ? { kind: 'value', dtype } : undefined;
    case 'ClassLabel':
      return Array.isArray(names) ? { kind: 'classLabel', names: names.map(String) } : undefined;
    case 'List':
    case 'LargeList':
      return listOf(feature);
    case 'Sequence':
      // One of objects is an object of lists.
      return isRecord(feature) && '_type' in feature ? listOf(feature) : undefined;
    case 'Image':
    case 'Audio':
    case 'Video':
    case 'Json':
      return { kind: mediaKinds[type] };
    default:
      return undefined;
  }
}

const mediaKinds = { Image: 'image', Audio: 'audio', Video: 'video', Json: 'json' } as const;

function listOf(json: unknown): Feature | undefined {
  const of = readFeature(json);
  return of && { kind: 'list', of };
}
